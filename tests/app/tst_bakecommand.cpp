// SPDX-License-Identifier: Apache-2.0
// bake, build with buildx's flags, engine and cache: the program driven from outside.
#include "programrun.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString program = u"\"$STAGELOOM_PROGRAM\" "_s;

QList<QJsonObject> jsonLines(const QByteArray &text)
{
    QList<QJsonObject> lines;
    for (const auto &line : text.split('\n')) {
        if (line.startsWith('{'))
            lines.append(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

}

class tst_BakeCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printSaysWhatBuildxSays();
    void mistakesInABakeFileNameItsLine();
    void whatAFileAsksForIsGrantedByAPerson();
    void anUnknownTargetNamesThoseThatAreThere();
    void enginesAreListedWithoutAskingThem();
    void wrongVerbsEndWithTwo();
    // With an engine:
    void targetsAreBuiltAndOneStandsOnTheOther();
    void aFailingTargetIsNamedAndTheOthersAreBuilt();
    void aSecretReachesItsStepAndNothingElse();
    void outputsGoToAFolderAndToStandardOutput();
    void progressIsAJsonObjectALine();
    void idsAndMetadataAreWritten();
    void theEngineSaysWhatItCanDo();
    void theCacheIsShownAndFreed();

private:
    [[nodiscard]] ProgramRun inFolder(const QTemporaryDir &folder, const QString &line,
                                      const QByteArray &input = {}) const
    {
        return runShell(u"cd '%1' && "_s.arg(folder.path()) + line, input, m_engine);
    }

    QString m_engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
};

#define NEEDS_ENGINE()                                                                                       \
    if (m_engine.isEmpty())                                                                                  \
    QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE")

#define NEEDS_BUILDKIT()                                                                                     \
    NEEDS_ENGINE();                                                                                          \
    if (isPodman(m_engine))                                                                                  \
    QSKIP("Podman builds without BuildKit")

void tst_BakeCommand::printSaysWhatBuildxSays()
{
    const QString folder = QStringLiteral(TEST_DATA_DIR "/bake/merge");
    const auto printed = runShell(u"cd '%1' && VERSION=7 "_s.arg(folder) + program + u"bake --print all"_s);
    QVERIFY2(printed.exitCode == 0, printed.err.constData());
    QFile expected(folder + u"/all.expected.json"_s);
    QVERIFY(expected.open(QIODevice::ReadOnly));
    QCOMPARE(printed.out, expected.readAll());
}

void tst_BakeCommand::mistakesInABakeFileNameItsLine()
{
    QTemporaryDir folder;
    writeFile(folder, u"docker-bake.hcl"_s, "target \"default\" {\n  tags = [nobody]\n}\n");
    const auto failed = inFolder(folder, program + u"bake --print"_s);
    QCOMPARE(failed.exitCode, 1);
    QVERIFY2(failed.err.startsWith("stageloom bake: docker-bake.hcl:2: "), failed.err.constData());
    const auto piped = inFolder(folder, program + u"bake --print -f - x"_s, "target \"x\" {}\n");
    QVERIFY2(piped.exitCode == 0 && piped.out.contains("\"x\""), piped.err.constData());
}

void tst_BakeCommand::whatAFileAsksForIsGrantedByAPerson()
{
    QTemporaryDir folder;
    writeFile(folder, u"docker-bake.hcl"_s,
              "target \"default\" {\n  entitlements = [\"security.insecure\"]\n}\n");
    writeFile(folder, u"Dockerfile"_s, "FROM scratch\n");
    const auto refused = inFolder(folder, program + u"bake"_s);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.err.contains("--allow security.insecure"), refused.err.constData());
}

void tst_BakeCommand::anUnknownTargetNamesThoseThatAreThere()
{
    QTemporaryDir folder;
    writeFile(folder, u"docker-bake.json"_s, R"({"target": {"app": {}}})");
    const auto failed = inFolder(folder, program + u"bake --print nix"_s);
    QVERIFY2(failed.exitCode == 1 && failed.err.contains("There are: app"), failed.err.constData());
    QTemporaryDir empty;
    QVERIFY(inFolder(empty, program + u"bake"_s).err.contains("no bake file"));
}

void tst_BakeCommand::enginesAreListedWithoutAskingThem()
{
    QTemporaryDir folder;
    writeFile(
        folder, u"buildx/instances/far"_s,
        R"({"Name":"far","Driver":"remote","Nodes":[{"Name":"far0","Endpoint":"tcp://10.0.0.1:1234"}]})");
    const auto listed =
        runShell(u"DOCKER_CONFIG='%1' "_s.arg(folder.path()) + program + u"engine list --format json"_s);
    QVERIFY2(listed.exitCode == 0, listed.err.constData());
    const auto places = QJsonDocument::fromJson(listed.out).array();
    QVERIFY(places.size() >= 2);
    QCOMPARE(places.at(0)[u"chosen"_s].toBool(), true); // DOCKER_HOST
    QVERIFY(places.at(0)[u"address"_s].toString().endsWith("none.sock"_L1));
    const bool hasBuilder =
        std::ranges::any_of(places, [](const QJsonValue &place) { return place[u"name"_s] == u"far"_s; });
    QVERIFY(hasBuilder);
    const auto tested = runProgram({u"engine"_s, u"test"_s, places.at(0)[u"address"_s].toString()});
    QCOMPARE(tested.exitCode, 1);
    QVERIFY2(tested.out.contains("none.sock"), tested.out.constData());
}

void tst_BakeCommand::wrongVerbsEndWithTwo()
{
    for (const auto &words : {QStringList{u"engine"_s},
                              {u"engine"_s, u"stop"_s},
                              {u"cache"_s, u"empty"_s},
                              {u"cache"_s, u"prune"_s, u"--filter"_s, u"x"_s},
                              {u"bake"_s, u"--jobs"_s, u"0"_s},
                              {u"bake"_s, u"--progress"_s, u"loud"_s}}) {
        const auto run = runProgram(words);
        QVERIFY2(run.exitCode == 2 && !run.err.isEmpty(), qUtf8Printable(words.join(u' ')));
    }
}

void tst_BakeCommand::targetsAreBuiltAndOneStandsOnTheOther()
{
    NEEDS_BUILDKIT();
    if (engineCannot(m_engine, "named contexts"))
        QSKIP("this engine knows no named contexts");
    QTemporaryDir folder;
    writeFile(folder, u"docker-bake.hcl"_s,
              "group \"default\" {\n  targets = [\"app\", \"other\"]\n}\n"
              "target \"base\" {\n  dockerfile = \"base.Dockerfile\"\n}\n"
              "target \"app\" {\n  contexts = { base = \"target:base\" }\n  tags = "
              "[\"stageloom-test:bake-app\"]\n}\n"
              "target \"other\" {\n  dockerfile = \"base.Dockerfile\"\n  tags = "
              "[\"stageloom-test:bake-other\"]\n  args = { WHO = \"other\" }\n}\n");
    writeFile(folder, u"base.Dockerfile"_s, "FROM alpine\nARG WHO=base\nRUN echo \"I am $WHO\" > /who\n");
    writeFile(folder, u"Dockerfile"_s, "FROM base\nRUN cat /who\n");
    const auto baked = inFolder(folder, program + u"bake --no-cache"_s);
    QVERIFY2(baked.exitCode == 0, baked.err.constData());
    QVERIFY2(baked.err.contains("[app]     | I am base\n"), baked.err.constData());
    QVERIFY2(baked.err.contains("[other] done"), baked.err.constData());
    QVERIFY2(baked.out.contains("app: stageloom-test:bake-app"), baked.out.constData());
    QCOMPARE(runProgram({u"layers"_s, u"stageloom-test:bake-other"_s}, {}, m_engine).exitCode, 0);
    const QString socket = QString(m_engine).remove(u"unix://"_s);
    const auto images = runShell(u"curl -s --unix-socket '%1' http://engine/images/json"_s.arg(socket));
    QVERIFY2(!images.out.contains("stageloom-link"), "the name that links them is gone again");
}

void tst_BakeCommand::aFailingTargetIsNamedAndTheOthersAreBuilt()
{
    NEEDS_ENGINE();
    QTemporaryDir folder;
    writeFile(folder, u"docker-bake.hcl"_s,
              "group \"default\" {\n  targets = [\"bad\", \"good\"]\n}\n"
              "target \"bad\" {\n  dockerfile-inline = \"FROM alpine\\nRUN exit 7\\n\"\n}\n"
              "target \"good\" {\n  dockerfile-inline = \"FROM alpine\\nRUN true\\n\"\n}\n");
    const auto baked = inFolder(folder, program + u"bake --jobs 1"_s);
    QCOMPARE(baked.exitCode, 1);
    QVERIFY2(baked.err.contains("target \"bad\""), baked.err.constData());
    QVERIFY2(baked.out.startsWith("good: "), baked.out.constData());
}

void tst_BakeCommand::aSecretReachesItsStepAndNothingElse()
{
    NEEDS_BUILDKIT();
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s,
              "FROM alpine\nRUN --mount=type=secret,id=one wc -c < /run/secrets/one\n"
              "RUN --mount=type=secret,id=two cat /run/secrets/two | wc -c\n");
    const auto built = inFolder(
        folder,
        u"printf hunter22 > '%1.secret'; TWO=hunter222 "_s.arg(folder.path()) + program +
            u"build . --no-cache --secret 'id=one,src=%1.secret' --secret id=two,env=TWO --progress json"_s
                .arg(folder.path()));
    QFile::remove(folder.path() + u".secret"_s);
    QVERIFY2(built.exitCode == 0, built.err.constData());
    QVERIFY2(built.err.contains("8\\n") && built.err.contains("9\\n"), built.err.constData());
    QVERIFY2(!built.err.contains("hunter") && !built.out.contains("hunter"), built.err.constData());
}

void tst_BakeCommand::outputsGoToAFolderAndToStandardOutput()
{
    NEEDS_BUILDKIT();
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM scratch\nCOPY hello /greeting/hello\n");
    writeFile(folder, u"hello"_s, "hello world\n");
    const auto local = inFolder(folder, program + u"build . -o out"_s);
    QVERIFY2(local.exitCode == 0, local.err.constData());
    QFile file(folder.filePath(u"out/greeting/hello"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("hello world\n"));
    const auto piped = inFolder(folder, program + u"build . -o - 2>/dev/null | tar xO greeting/hello"_s);
    QCOMPARE(piped.out, QByteArray("hello world\n"));
    QCOMPARE(inFolder(folder, program + u"build . -o - --format json"_s).exitCode, 2);
}

void tst_BakeCommand::progressIsAJsonObjectALine()
{
    NEEDS_ENGINE();
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM alpine\nRUN echo out-of-the-step && exit 3\n");
    const auto built = inFolder(folder, program + u"build . --progress json"_s);
    QCOMPARE(built.exitCode, 1);
    const auto lines = jsonLines(built.err);
    QVERIFY(lines.size() >= 3);
    const auto failed =
        std::ranges::find_if(lines, [](const QJsonObject &line) { return line[u"state"_s] == u"failed"_s; });
    QVERIFY(failed != lines.end());
    QCOMPARE((*failed)[u"row"_s].toInt(), 2);
    QVERIFY(std::ranges::any_of(lines, [](const QJsonObject &line) {
        return line[u"event"_s] == u"log"_s && line[u"text"_s].toString().contains("out-of-the-step"_L1);
    }));
    QCOMPARE(lines.constLast()[u"event"_s].toString(), u"finished"_s);
    QCOMPARE(lines.constLast()[u"succeeded"_s].toBool(true), false);
}

void tst_BakeCommand::idsAndMetadataAreWritten()
{
    NEEDS_ENGINE();
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM alpine\nLABEL a=b\n");
    const auto built = inFolder(
        folder,
        program + u"build . -q -t stageloom-test:ids --label c=d --iidfile id --metadata-file meta"_s);
    QVERIFY2(built.exitCode == 0, built.err.constData());
    QVERIFY2(built.out.startsWith("sha256:") && built.err.isEmpty(), built.err.constData());
    QFile id(folder.filePath(u"id"_s));
    QFile meta(folder.filePath(u"meta"_s));
    QVERIFY(id.open(QIODevice::ReadOnly) && meta.open(QIODevice::ReadOnly));
    QCOMPARE(id.readAll(), built.out.trimmed());
    const auto object = QJsonDocument::fromJson(meta.readAll()).object();
    QCOMPARE(object[u"image.name"_s].toString(), u"stageloom-test:ids"_s);
    QCOMPARE(object[u"containerimage.digest"_s].toString().toUtf8(), built.out.trimmed());
}

void tst_BakeCommand::theEngineSaysWhatItCanDo()
{
    NEEDS_ENGINE();
    const auto tested =
        runProgram({u"engine"_s, u"test"_s, m_engine, u"--format"_s, u"json"_s}, {}, m_engine);
    QVERIFY2(tested.exitCode == 0, tested.err.constData());
    const auto engine = QJsonDocument::fromJson(tested.out).array().at(0);
    QVERIFY(engine[u"answers"_s].toBool());
    QVERIFY(!engine[u"abilities"_s][u"push"_s].isUndefined());
    const auto text = runProgram({u"engine"_s, u"test"_s, m_engine}, {}, m_engine);
    QVERIFY2(text.out.contains("can: "), text.out.constData());
}

void tst_BakeCommand::theCacheIsShownAndFreed()
{
    NEEDS_BUILDKIT();
    QTemporaryDir folder;
    writeFile(folder, u"Dockerfile"_s, "FROM alpine\nRUN echo free-me > /free-me\n");
    const auto built = inFolder(folder, program + u"build . --no-cache -o type=cacheonly"_s);
    QVERIFY2(built.exitCode == 0, built.err.constData());
    const auto shown = runProgram({u"cache"_s, u"du"_s, u"--format"_s, u"json"_s}, {}, m_engine);
    QVERIFY2(shown.exitCode == 0, shown.err.constData());
    const auto records = QJsonDocument::fromJson(shown.out).object()[u"records"_s].toArray();
    const auto mine = std::ranges::find_if(records, [](const QJsonValue &record) {
        return record[u"description"_s].toString().contains("free-me"_L1);
    });
    QVERIFY(mine != records.end());
    const QString filter = u"id="_s + (*mine)[u"id"_s].toString();
    const QStringList prune{u"cache"_s, u"prune"_s, u"--all"_s, u"--filter"_s, filter};
    const auto refused = runProgram(prune, "n\n", m_engine);
    QVERIFY2(refused.exitCode == 1 && refused.err.contains("[y/N]"), refused.err.constData());
    const auto freed = runProgram(prune + QStringList{u"--force"_s}, {}, m_engine);
    QVERIFY2(freed.exitCode == 0 && freed.out.endsWith("(records: 1).\n"), freed.out.constData());
    const auto left = runProgram({u"cache"_s, u"du"_s, u"--filter"_s, filter}, {}, m_engine);
    QVERIFY2(left.out.startsWith("Records: 0"), left.out.constData());
    const auto unseen =
        runProgram({u"cache"_s, u"prune"_s, u"--filter"_s, u"description~=go"_s}, {}, m_engine);
    QVERIFY2(unseen.exitCode == 2 && unseen.err.contains("id=ID"), unseen.err.constData());
}

QTEST_GUILESS_MAIN(tst_BakeCommand)
#include "tst_bakecommand.moc"
