// SPDX-License-Identifier: Apache-2.0
// The command line against a real engine, which test.sh starts: STAGELOOM_TEST_ENGINE is its address.
#include "programrun.h"

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
    void theLadderFallsFromHundredsOfMegabytesToOne();

private:
    [[nodiscard]] ProgramRun run(const QStringList &arguments) const { return runProgram(arguments, {}, m_engine); }

    QString m_engine;
    QTemporaryDir m_sample;
};

void tst_BuildCommand::initTestCase()
{
    m_engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    if (m_engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    writeFile(m_sample, u"go.mod"_s, "module hello\n\ngo 1.21\n");
    writeFile(m_sample, u"hello.go"_s, "package main\n\nfunc main() {\n\tprintln(\"hello world!\")\n}\n");
    writeFile(m_sample, u"Dockerfile"_s,
              "FROM golang:alpine AS builder\nWORKDIR /build\nCOPY . .\nRUN go build -o hello hello.go\n\n"
              "FROM alpine\nCOPY --from=builder /build/hello /hello\nCMD [\"/hello\"]\n");
}

void tst_BuildCommand::buildShowsWhatEveryLayerCosts()
{
    const auto built = run({u"build"_s, m_sample.path(), u"-t"_s, u"stageloom-test:cli"_s, u"--format"_s, u"json"_s});
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
    const auto again = run({u"build"_s, m_sample.path(), u"-t"_s, u"stageloom-test:cli"_s, u"--format"_s, u"json"_s});
    const auto took = clock.elapsed();
    QVERIFY2(again.exitCode == 0, again.err.constData());
    const auto steps = QJsonDocument::fromJson(again.out).object().value(u"steps"_s).toArray();
    int executed = 0;
    for (const auto &step : steps) {
        const auto object = step.toObject();
        const bool instruction = object.value(u"row"_s).toInt() > 0 && !object.value(u"name"_s).toString().contains("FROM"_L1);
        executed += int(instruction && object.value(u"state"_s).toString() != "cached"_L1);
    }
    QCOMPARE(executed, 0);
    qInfo("second build: %lld ms", took); // a number to read; never asserted in CI
}

void tst_BuildCommand::aFailingStepEndsWithOneAndNamesItsLine()
{
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM alpine\n# why\nRUN echo about-to-fail && false\n");
    const auto failed = run({u"build"_s, folder.path()});
    QCOMPARE(failed.exitCode, 1);
    QVERIFY2(failed.err.contains("Dockerfile:3"), failed.err.constData());
    QVERIFY2(failed.err.contains("about-to-fail"), "the step's own output is shown");
}

void tst_BuildCommand::theLadderFallsFromHundredsOfMegabytesToOne()
{
    QTemporaryDir output;
    const auto ladder = run({u"ladder"_s, u"--output"_s, output.path()});
    QVERIFY2(ladder.exitCode == 0, QByteArray(ladder.out + ladder.err).constData());
    QVERIFY(QFileInfo(output.filePath(u"report.html"_s)).size() > 10'000);
    QVERIFY2(ladder.out.contains("report.html"), ladder.out.constData());
}

QTEST_GUILESS_MAIN(tst_BuildCommand)
#include "tst_buildcommand.moc"
