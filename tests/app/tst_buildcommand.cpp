// SPDX-License-Identifier: Apache-2.0
// The command line against a real engine, which test.sh starts: STAGELOOM_TEST_ENGINE is its address.
#include "programrun.h"
#include "support/fakeengine.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_BuildCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void buildShowsWhatEveryLayerCosts();
    void aSecondBuildIsAllCachedAndTakesLessThanASecond();
    void aFailingStepEndsWithOneAndNamesItsLine();
    void everyErrorNamesTheFileThatAPersonKnows_data();
    void everyErrorNamesTheFileThatAPersonKnows();
    void sizesAreThoseOfTheEngine();
    void aCacheThatIsNotThereIsTold();
    void ctrlCCancelsTheBuildWithinASecond();
    void theProgressLeavesTheEnginesOwnStepsOut();
    void anEngineThatIsSilentOrTalksRubbishIsNamed();
    void theLadderFallsFromHundredsOfMegabytesToOne();

private:
    [[nodiscard]] ProgramRun run(const QStringList &arguments) const
    {
        return runProgram(arguments, {}, m_engine);
    }

    QString m_engine;
    bool m_isPodman = false;
    QTemporaryDir m_sample;
};

void tst_BuildCommand::initTestCase()
{
    m_engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    m_isPodman = isPodman(m_engine);
    writeFile(m_sample, u"go.mod"_s, "module hello\n\ngo 1.21\n");
    writeFile(m_sample, u"hello.go"_s, "package main\n\nfunc main() {\n\tprintln(\"hello world!\")\n}\n");
    writeFile(m_sample, u"Dockerfile"_s,
              "FROM golang:alpine AS builder\nWORKDIR /build\nCOPY . .\nRUN go build -o hello hello.go\n\n"
              "FROM alpine\nCOPY --from=builder /build/hello /hello\nCMD [\"/hello\"]\n");
}

void tst_BuildCommand::buildShowsWhatEveryLayerCosts()
{
    const auto built =
        run({u"build"_s, m_sample.path(), u"-t"_s, u"stageloom-test:cli"_s, u"--format"_s, u"json"_s});
    QVERIFY2(built.exitCode == 0, built.err.constData());
    const auto report = QJsonDocument::fromJson(built.out).object();
    QVERIFY(report.value(u"succeeded"_s).toBool());
    const auto layers = report.value(u"sizes"_s).toObject().value(u"layers"_s).toArray();
    QVERIFY(layers.size() >= 3);
    const auto copied = layers.at(layers.size() - 2).toObject();
    QCOMPARE(copied.value(u"row"_s).toInt(), 7);

    const auto text = run({u"layers"_s, u"stageloom-test:cli"_s});
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("CMD"), text.out.constData());
    for (const auto *format : {"text", "json", "svg", "png", "html"}) {
        const auto compared = run({u"compare"_s, u"stageloom-test:cli"_s, u"golang:alpine"_s, u"--format"_s,
                                   QString::fromLatin1(format)});
        QVERIFY2(compared.exitCode == 0 && !compared.out.isEmpty(), format);
    }
}

void tst_BuildCommand::aSecondBuildIsAllCachedAndTakesLessThanASecond()
{
    QElapsedTimer clock;
    clock.start();
    const auto again =
        run({u"build"_s, m_sample.path(), u"-t"_s, u"stageloom-test:cli"_s, u"--format"_s, u"json"_s});
    const auto took = clock.elapsed();
    QVERIFY2(again.exitCode == 0, again.err.constData());
    const auto steps = QJsonDocument::fromJson(again.out).object().value(u"steps"_s).toArray();
    int executed = 0;
    for (const auto &step : steps) {
        const auto object = step.toObject();
        const bool instruction =
            object.value(u"row"_s).toInt() > 0 && !object.value(u"name"_s).toString().contains("FROM"_L1);
        executed += int(instruction && object.value(u"state"_s).toString() != "cached"_L1);
    }
    QCOMPARE(executed, 0);
    qInfo("second build: %lld ms", took); // a number to read; never asserted in CI
}

void tst_BuildCommand::aFailingStepEndsWithOneAndNamesItsLine()
{
    if (m_isPodman)
        QSKIP("Podman's steps bear other names");
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM alpine\n# why\nRUN echo about-to-fail && false\n");
    const auto failed = run({u"build"_s, folder.path()});
    QCOMPARE(failed.exitCode, 1);
    QVERIFY2(failed.err.contains("Dockerfile:3"), failed.err.constData());
    QVERIFY2(failed.err.contains("    3 | RUN echo about-to-fail"), failed.err.constData());
    const auto output = failed.err.indexOf("\n    | about-to-fail\n");
    QVERIFY2(output > 0, "the step's own output is shown");
    QVERIFY2(failed.err.indexOf("\nstageloom build: ") > output, "and the error comes last");
    QCOMPARE(failed.err.count("| about-to-fail\n"), 1);
    QCOMPARE(failed.err.count("[1/2] FROM"), 1); // though the engine ends that step twice
    QVERIFY(failed.out.isEmpty());

    const auto json = run({u"build"_s, folder.path(), u"--format"_s, u"json"_s});
    QCOMPARE(json.exitCode, 1);
    const auto error = QJsonDocument::fromJson(json.out).object().value(u"error"_s).toObject();
    QCOMPARE(error.value(u"row"_s).toInt(), 3);
    QVERIFY(json.err.contains("about-to-fail"));
}

void tst_BuildCommand::everyErrorNamesTheFileThatAPersonKnows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("a word that is no instruction")
        << QByteArray("FROM alpine\nRUNN x\n") << QByteArray(":2: ");
    QTest::newRow("a file that is not there")
        << QByteArray("FROM alpine\nCOPY none /\n") << QByteArray(":2: ");
    QTest::newRow("a step of a stage before")
        << QByteArray("FROM alpine AS a\nRUN exit 3\nFROM alpine\nCOPY --from=a /x /x\n")
        << QByteArray(":2: ");
    QTest::newRow("a base image that cannot be pulled")
        << QByteArray("# none\nFROM localhost:1/none:tag\n") << QByteArray(":2: ");
}

void tst_BuildCommand::everyErrorNamesTheFileThatAPersonKnows()
{
    if (m_isPodman && QLatin1StringView(QTest::currentDataTag()) == "a word that is no instruction"_L1)
        QSKIP("Podman tells no line");
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);
    QTemporaryDir folder;
    writeFile(folder, u"context/file"_s, "x");
    writeFile(folder, u"elsewhere/my.Dockerfile"_s, text); // outside of the context
    const QString context = folder.filePath(u"context"_s);
    const QString file = folder.filePath(u"elsewhere/my.Dockerfile"_s);
    const auto failed = run({u"build"_s, context, u"-f"_s, file});
    QCOMPARE(failed.exitCode, 1);
    QVERIFY2(failed.err.contains(QByteArray(file.toUtf8() + place)), failed.err.constData());
    QVERIFY2(!failed.err.contains(".stageloom"), failed.err.constData());
    const auto piped = runProgram({u"build"_s, context, u"-f"_s, u"-"_s}, text, m_engine);
    QCOMPARE(piped.exitCode, 1);
    QVERIFY2(piped.err.contains(QByteArray("build: Dockerfile" + place)), piped.err.constData());
}

void tst_BuildCommand::sizesAreThoseOfTheEngine()
{
    const QString socket = QString(m_engine).remove(u"unix://"_s);
    const auto ask = [&](const QString &path) {
        return runShell(u"curl -s --unix-socket '%1' 'http://engine/images/%2'"_s.arg(socket, path)).out;
    };
    const auto inspected = QJsonDocument::fromJson(ask(u"stageloom-test:cli/json"_s)).object();
    if (inspected.isEmpty())
        QSKIP("no curl on this machine");
    const auto history = QJsonDocument::fromJson(ask(u"stageloom-test:cli/history"_s)).array();
    const auto read = run({u"layers"_s, inspected.value(u"Id"_s).toString(), u"--format"_s, u"json"_s});
    QVERIFY2(read.exitCode == 0, read.err.constData());
    const auto sizes = QJsonDocument::fromJson(read.out).object();
    QCOMPARE(sizes.value(u"totalBytes"_s).toInteger(), inspected.value(u"Size"_s).toInteger());
    const auto layers = sizes.value(u"layers"_s).toArray();
    QCOMPARE(layers.size(), history.size());
    for (qsizetype i = 0; i < layers.size(); ++i) // the engine begins with the newest
        QCOMPARE(layers.at(i)[u"bytes"_s].toInteger(),
                 history.at(history.size() - 1 - i)[u"Size"_s].toInteger());
}

void tst_BuildCommand::aCacheThatIsNotThereIsTold()
{
    if (m_isPodman)
        QSKIP("Podman builds without BuildKit");
    const auto built = run({u"build"_s, m_sample.path(), u"--cache-from"_s, u"type=local,src=nowhere"_s,
                            u"-o"_s, u"type=cacheonly"_s});
    QVERIFY2(built.exitCode == 0, built.err.constData());
    QVERIFY2(built.err.contains("nowhere"), built.err.constData());
    const auto refused =
        run({u"build"_s, m_sample.path(), u"--build-context"_s, u"a=oci-layout://nowhere"_s});
    QCOMPARE(refused.exitCode, 1);
    const bool isPlaceTold = refused.err.contains("OCI layout") || refused.err.contains("nowhere");
    const bool isEngineTold =
        engineCannot(m_engine, "named contexts") && refused.err.contains("Update the engine");
    QVERIFY2(isPlaceTold || isEngineTold, refused.err.constData());
}

void tst_BuildCommand::ctrlCCancelsTheBuildWithinASecond()
{
    if (m_isPodman)
        QSKIP("Podman's steps bear other names");
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM alpine\nRUN echo begun && sleep 77\n");
    // The signal goes to the program as soon as the step has said something; the time is that until its end.
    const auto cancelled =
        runShell(u"\"$STAGELOOM_PROGRAM\" build --no-cache '%1' 2> '%1/log' & program=$!\n"
                 "for i in $(seq 300); do grep -q '| begun' '%1/log' && break; sleep 0.1; done\n"
                 "begin=$(date +%s%N); kill -INT $program; wait $program; code=$?\n"
                 "echo $(( ($(date +%s%N) - begin) / 1000000 )); cat '%1/log' >&2; exit $code"_s.replace(
                     u"%1"_s, folder.path()),
                 {}, m_engine);
    QVERIFY2(cancelled.exitCode == 1, cancelled.err.constData());
    QVERIFY2(cancelled.err.contains("cancelled [2/2] RUN"), cancelled.err.constData());
    QVERIFY2(cancelled.err.contains("the build was cancelled"), cancelled.err.constData());
    QVERIFY2(cancelled.out.trimmed().toInt() < 1000, cancelled.out.constData());
}

void tst_BuildCommand::theProgressLeavesTheEnginesOwnStepsOut()
{
    if (m_isPodman)
        QSKIP("Podman's steps bear other names");
    const auto built = run({u"build"_s, m_sample.path(), u"-t"_s, u"stageloom-test:cli"_s});
    QCOMPARE(built.exitCode, 0);
    QVERIFY2(!built.err.contains("[internal]") && !built.err.contains("/context"), built.err.constData());
    QVERIFY2(built.err.contains("cached    [builder 4/4] RUN go build"), built.err.constData());
    QVERIFY2(built.out.contains("4 of 4 instructions from the cache"), built.out.constData());
}

void tst_BuildCommand::anEngineThatIsSilentOrTalksRubbishIsNamed()
{
    FakeEngine fake;
    const auto failsWith = [&](const QByteArray &words) {
        const auto failed = runProgram({u"build"_s, m_sample.path()}, {}, fake.url());
        return failed.exitCode == 1 && failed.err.contains(words) && failed.out.isEmpty();
    };
    fake.answer("GET /version", {.body = "<html>"});
    QVERIFY(failsWith("no engine"));
    fake.answer("GET /version", {.end = FakeAnswer::End::Die});
    QVERIFY(failsWith("closed the connection"));
}

void tst_BuildCommand::theLadderFallsFromHundredsOfMegabytesToOne()
{
    QTemporaryDir output;
    const auto ladder = run({u"ladder"_s, u"--output"_s, output.path()});
    QVERIFY2(ladder.exitCode == 0, QByteArray(ladder.out + ladder.err).constData());
    QVERIFY(QFileInfo(output.filePath(u"report.html"_s)).size() > 10'000);
    QVERIFY2(ladder.out.contains("report.html"), ladder.out.constData());
    const auto base =
        QJsonDocument::fromJson(run({u"layers"_s, u"alpine"_s, u"--format"_s, u"json"_s}).out).object();
    const bool isStandIn = !base.value(u"standsInFor"_s).isNull();
    QCOMPARE(ladder.out.contains("stand-ins made from Debian packages"), isStandIn);
}

QTEST_GUILESS_MAIN(tst_BuildCommand)
#include "tst_buildcommand.moc"
