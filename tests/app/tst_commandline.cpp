// SPDX-License-Identifier: Apache-2.0
#include "programrun.h"

#include <QFileInfo>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray twoStages = "FROM golang:alpine AS builder\nCOPY . .\nRUN go build -o /app/hello\n"
                             "FROM scratch\nCOPY --from=builder /app/hello /hello\n";

}

class tst_CommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpNamesEveryCommand();
    void everyCommandExplainsItself_data();
    void everyCommandExplainsItself();
    void wrongUsageEndsWithTwo_data();
    void wrongUsageEndsWithTwo();
    void dumpPrintsTheTreeAsBuildKitDoes();
    void dumpRefusesAFileWithoutInstructions();
    void dumpAsJsonOwnsEveryCharacter();
    void graphListsStagesAndEdges();
    void graphDrawsPicturesWithoutADisplay();
    void aMissingFileIsNamedWithTheMend();
    void newPrintsADockerfileForTheModule();
    void newWritesFilesAndRefusesToReplaceThem();
    void newWithoutGoModSaysHowToGetOne();
    void newRefusesChoicesThatCannotBe_data();
    void newRefusesChoicesThatCannotBe();
    void aFileThatCannotBeWrittenIsNamed();
    void outputThatIsLostIsAFailure();
    void aReaderThatGoesAwayEndsUsAsAnyFilter();
    void whatIsNoDockerfileStillGetsAnAnswer_data();
    void whatIsNoDockerfileStillGetsAnAnswer();
    void tooMuchIsRefusedFromFileAndPipeAlike();
    void namesWithBlanksAndUnicodeArePrintedAsTheyAre_data();
    void namesWithBlanksAndUnicodeArePrintedAsTheyAre();
    void aFolderThatMayNotBeReadIsNamed();
    void withoutADisplayTheWindowIsRefusedInASentence();
    void withoutItsDesktopPartItSaysWhatIsMissing();
    void withoutAnEngineEveryPlaceIsNamed_data();
    void withoutAnEngineEveryPlaceIsNamed();
};

void tst_CommandLine::helpNamesEveryCommand()
{
    const auto run = runProgram({u"--help"_s});
    QCOMPARE(run.exitCode, 0);
    for (const auto *name :
         {"new", "graph", "dump", "build", "bake", "engine", "cache", "layers", "compare", "ladder"})
        QVERIFY2(run.out.contains(name), name);
    const auto version = runProgram({u"--version"_s});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.out.startsWith("stageloom "));
}

void tst_CommandLine::everyCommandExplainsItself_data()
{
    QTest::addColumn<QString>("command");
    for (const auto &name : {u"new"_s, u"graph"_s, u"dump"_s, u"build"_s, u"bake"_s, u"engine"_s, u"cache"_s,
                             u"layers"_s, u"compare"_s, u"ladder"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void tst_CommandLine::everyCommandExplainsItself()
{
    QFETCH(QString, command);
    const auto run = runProgram({command, u"--help"_s});
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.out.contains(QByteArray("stageloom " + command.toUtf8())), run.out.constData());
    QVERIFY(run.err.isEmpty());
}

void tst_CommandLine::wrongUsageEndsWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("an option that is not there") << QStringList{u"dump"_s, u"--colour"_s, u"x"_s};
    QTest::newRow("no file") << QStringList{u"graph"_s};
    QTest::newRow("a format that is not there") << QStringList{u"dump"_s, u"--format"_s, u"yaml"_s, u"-"_s};
    QTest::newRow("one argument too many") << QStringList{u"layers"_s, u"a"_s, u"b"_s};
    QTest::newRow("an empty name") << QStringList{u"layers"_s, QString()};
    QTest::newRow("a command that is none") << QStringList{u"biuld"_s};
    QTest::newRow("a tag that is no reference")
        << QStringList{u"build"_s, u"-t"_s, u"Not A Tag"_s, QDir::tempPath()};
    QTest::newRow("a build arg without a name")
        << QStringList{u"build"_s, u"--build-arg"_s, u"=x"_s, QDir::tempPath()};
}

void tst_CommandLine::wrongUsageEndsWithTwo()
{
    QFETCH(QStringList, arguments);
    const auto run = runProgram(arguments, "FROM scratch\n");
    QVERIFY2(!run.err.isEmpty(), "it must say what is wrong");
    QVERIFY(run.out.isEmpty());
    QCOMPARE(run.exitCode, 2);
}

void tst_CommandLine::dumpPrintsTheTreeAsBuildKitDoes()
{
    const auto run = runProgram({u"dump"_s, u"-"_s}, "FROM a AS b\nCOPY --from=a x /y\nENV a b\n");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out,
             QByteArray(
                 "(from \"a\" \"AS\" \"b\")\n(copy [\"--from=a\"] \"x\" \"/y\")\n(env \"a\" \"b\" \"\")\n"));
}

void tst_CommandLine::dumpRefusesAFileWithoutInstructions()
{
    const auto run = runProgram({u"dump"_s, u"-"_s}, "# nothing\n");
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains("no instructions"), run.err.constData());
}

void tst_CommandLine::dumpAsJsonOwnsEveryCharacter()
{
    const auto run = runProgram({u"dump"_s, u"--format"_s, u"json"_s, u"-"_s}, twoStages);
    QCOMPARE(run.exitCode, 0);
    QString joined;
    for (const auto &line : QJsonDocument::fromJson(run.out).object().value(u"lines"_s).toArray()) {
        for (const auto &token : line.toObject().value(u"tokens"_s).toArray())
            joined += token.toObject().value(u"text"_s).toString();
    }
    QCOMPARE(joined.toUtf8(), twoStages);
}

void tst_CommandLine::graphListsStagesAndEdges()
{
    const auto run = runProgram({u"graph"_s, u"--format"_s, u"json"_s, u"-"_s}, twoStages);
    QCOMPARE(run.exitCode, 0);
    const auto graph = QJsonDocument::fromJson(run.out).object();
    QCOMPARE(graph.value(u"stages"_s).toArray().size(), 2);
    const auto dot = runProgram({u"graph"_s, u"--format"_s, u"dot"_s, u"-"_s}, twoStages);
    QVERIFY(dot.out.startsWith("digraph"));
}

void tst_CommandLine::graphDrawsPicturesWithoutADisplay()
{
    const auto png = runProgram({u"graph"_s, u"--format"_s, u"png"_s, u"-"_s}, twoStages);
    QCOMPARE(png.exitCode, 0);
    const auto image = QImage::fromData(png.out, "PNG");
    QVERIFY(image.width() > 200 && image.height() > 50);
    const auto svg = runProgram({u"graph"_s, u"--format"_s, u"svg"_s, u"-"_s}, twoStages);
    QVERIFY(svg.out.contains("<svg"));
    QVERIFY2(svg.out.contains("builder"), "the stage's name is in the picture");
}

void tst_CommandLine::aMissingFileIsNamedWithTheMend()
{
    const auto run = runProgram({u"graph"_s, u"/nowhere/Dockerfile"_s});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("/nowhere/Dockerfile"), run.err.constData());
}

void tst_CommandLine::newPrintsADockerfileForTheModule()
{
    QTemporaryDir folder;
    writeFile(folder, u"go.mod"_s, "module example.org/hi\n\ngo 1.24\n");
    writeFile(folder, u"main.go"_s, "package main\n\nfunc main() {}\n");
    const auto run = runProgram({u"new"_s, folder.path(), u"--base"_s, u"alpine"_s, u"--print"_s});
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.out.contains("golang:1.24-alpine AS build"), run.out.constData());
    QVERIFY(run.out.contains("FROM alpine"));
    QVERIFY(!QFileInfo::exists(folder.filePath(u"Dockerfile"_s)));
}

void tst_CommandLine::newWritesFilesAndRefusesToReplaceThem()
{
    QTemporaryDir folder;
    writeFile(folder, u"go.mod"_s, "module example.org/hi\n\ngo 1.24\n");
    writeFile(folder, u"main.go"_s, "package main\n\nfunc main() {}\n");
    QCOMPARE(runProgram({u"new"_s, folder.path()}).exitCode, 0);
    QVERIFY(QFileInfo::exists(folder.filePath(u"Dockerfile"_s)));
    QVERIFY(QFileInfo::exists(folder.filePath(u".dockerignore"_s)));
    const auto again = runProgram({u"new"_s, folder.path()});
    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.err.contains("--force"), again.err.constData());
    QCOMPARE(runProgram({u"new"_s, folder.path(), u"--force"_s}).exitCode, 0);
}

void tst_CommandLine::newWithoutGoModSaysHowToGetOne()
{
    QTemporaryDir folder;
    const auto run = runProgram({u"new"_s, folder.path()});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("go mod init"), run.err.constData());
}

void tst_CommandLine::newRefusesChoicesThatCannotBe_data()
{
    QTest::addColumn<QStringList>("choice");
    QTest::newRow("a base that is no image") << QStringList{u"--base"_s, u"no image!"_s};
    QTest::newRow("a folder that is not there") << QStringList{u"--main"_s, u"cmd/none"_s};
    QTest::newRow("no Go version") << QStringList{u"--go"_s, u"banana"_s};
    QTest::newRow("no port") << QStringList{u"--port"_s, u"99999"_s};
    QTest::newRow("a name with a slash") << QStringList{u"--name"_s, u"a/b"_s};
}

void tst_CommandLine::newRefusesChoicesThatCannotBe()
{
    QFETCH(QStringList, choice);
    QTemporaryDir folder;
    writeFile(folder, u"go.mod"_s, "module example.org/hi\n\ngo 1.24\n");
    writeFile(folder, u"main.go"_s, "package main\n\nfunc main() {}\n");
    const auto run = runProgram(QStringList{u"new"_s, folder.path()} + choice);
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.contains(choice.at(1).toUtf8()), run.err.constData());
    QVERIFY(!QFileInfo::exists(folder.filePath(u"Dockerfile"_s)));
}

void tst_CommandLine::aFileThatCannotBeWrittenIsNamed()
{
    const auto run = runProgram({u"graph"_s, u"-"_s, u"-o"_s, u"/dev/null/graph.json"_s}, twoStages);
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("/dev/null/graph.json"), run.err.constData());
    QVERIFY(run.out.isEmpty());
}

void tst_CommandLine::outputThatIsLostIsAFailure()
{
    const auto run = runShell(u"\"$STAGELOOM_PROGRAM\" graph - > /dev/full"_s, twoStages);
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("standard output"), run.err.constData());
    QVERIFY2(run.err.contains("make room"), run.err.constData());
}

void tst_CommandLine::aReaderThatGoesAwayEndsUsAsAnyFilter()
{
    QByteArray many = "FROM scratch\n";
    for (int i = 0; i < 20'000; ++i)
        many += "RUN echo a line that is long enough to fill the pipe\n";
    const auto run = runShell(u"\"$STAGELOOM_PROGRAM\" dump - | head -n 1"_s, many);
    QCOMPARE(run.exitCode, 0); // of head
    QCOMPARE(run.out, QByteArray("(from \"scratch\")\n"));
    QVERIFY2(run.err.isEmpty(), run.err.constData());
}

void tst_CommandLine::whatIsNoDockerfileStillGetsAnAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray noise(100'000, Qt::Uninitialized);
    quint32 state = 1;
    for (auto &byte : noise)
        byte = char((state = state * 1664525u + 1013904223u) >> 24);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("binary noise") << noise;
    QTest::newRow("lone CRs") << QByteArray("FROM alpine\rRUN true\rCMD x\r");
    QTest::newRow("a row of a megabyte") << QByteArray("RUN " + QByteArray(1'000'000, 'x'));
}

void tst_CommandLine::whatIsNoDockerfileStillGetsAnAnswer()
{
    QFETCH(QByteArray, bytes);
    for (const auto *format : {"json", "dot", "svg", "png"}) {
        const auto graph =
            runProgram({u"graph"_s, u"-"_s, u"--format"_s, QString::fromLatin1(format)}, bytes);
        QVERIFY2(graph.exitCode == 0 && !graph.out.isEmpty(), format);
        QVERIFY2(graph.err.isEmpty(), graph.err.constData());
    }
    const auto tree = runProgram({u"dump"_s, u"-"_s, u"--format"_s, u"json"_s}, bytes);
    QCOMPARE(tree.exitCode, 0);
    QVERIFY(!QJsonDocument::fromJson(tree.out).isNull());
}

void tst_CommandLine::tooMuchIsRefusedFromFileAndPipeAlike()
{
    QTemporaryDir folder;
    QFile large(folder.filePath(u"Dockerfile"_s));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(50'000'000));
    large.close();
    const auto fromFile = runProgram({u"graph"_s, large.fileName()});
    QCOMPARE(fromFile.exitCode, 1);
    QVERIFY2(fromFile.err.contains("no Dockerfile"), fromFile.err.constData());
    const auto fromPipe = runShell(u"head -c 50000000 /dev/zero | \"$STAGELOOM_PROGRAM\" dump -"_s);
    QCOMPARE(fromPipe.exitCode, 1);
    QVERIFY2(fromPipe.err.contains("no Dockerfile"), fromPipe.err.constData());
    const auto slowly =
        runShell(u"(printf 'FROM a\\n'; sleep 0.3; printf 'RUN b\\n') | \"$STAGELOOM_PROGRAM\" dump -"_s);
    QCOMPARE(slowly.out, QByteArray("(from \"a\")\n(run \"b\")\n"));
    const auto built = runProgram({u"build"_s, folder.path()});
    QCOMPARE(built.exitCode, 1);
    QVERIFY2(built.err.contains("no Dockerfile"), built.err.constData());
}

void tst_CommandLine::namesWithBlanksAndUnicodeArePrintedAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("locale");
    QTest::newRow("UTF-8") << QByteArray("C.UTF-8");
    QTest::newRow("what scripts run in") << QByteArray("C");
}

void tst_CommandLine::namesWithBlanksAndUnicodeArePrintedAsTheyAre()
{
    QFETCH(QByteArray, locale);
    QTemporaryDir folder;
    writeFile(folder, u"für dich/日本/Dockerfile"_s, "FROM scratch\n");
    const QString path = folder.filePath(u"für dich/日本"_s);
    const auto set = qScopeGuard([before = qgetenv("LC_ALL")] { qputenv("LC_ALL", before); });
    qputenv("LC_ALL", locale);
    const auto fine = runProgram({u"graph"_s, path});
    QVERIFY2(fine.exitCode == 0 && fine.err.isEmpty(), fine.err.constData());
    const auto missing = runProgram({u"graph"_s, path + u"/none"_s});
    QVERIFY2(missing.err.contains("für dich/日本/none"), missing.err.constData());
    QVERIFY2(missing.err.startsWith("stageloom graph: "), missing.err.constData());
}

void tst_CommandLine::aFolderThatMayNotBeReadIsNamed()
{
    QTemporaryDir folder;
    writeFile(folder, u"closed/Dockerfile"_s, "FROM scratch\n");
    writeFile(folder, u"closed/go.mod"_s, "module m\n");
    const QString closed = folder.filePath(u"closed"_s);
    QVERIFY(QFile::setPermissions(closed, {}));
    const auto open = qScopeGuard(
        [&] { QFile::setPermissions(closed, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); });
    if (QFileInfo(closed).isReadable())
        QSKIP("root may read everything");
    for (const auto *command : {"graph", "dump", "build", "new"}) {
        const auto run = runProgram({QString::fromLatin1(command), closed});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains(closed.toUtf8()) && run.err.contains("chmod"), run.err.constData());
    }
}

void tst_CommandLine::withoutADisplayTheWindowIsRefusedInASentence()
{
    for (const auto &arguments : {QStringList{}, QStringList{u"--sample"_s}}) {
        const auto run = runProgram(arguments);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("no display"), run.err.constData());
    }
}

void tst_CommandLine::withoutItsDesktopPartItSaysWhatIsMissing()
{
    const QTemporaryDir folder;
    const QString alone = folder.filePath(u"stageloom"_s);
    QVERIFY(QFile::copy(qEnvironmentVariable("STAGELOOM_PROGRAM"), alone));
    const auto drawn = runShell(u"'%1' graph Dockerfile"_s.arg(alone));
    QCOMPARE(drawn.exitCode, 1);
    QVERIFY2(drawn.err.contains("stageloom-desktop: it cannot be started"), drawn.err);
    QCOMPARE(runShell(u"'%1' --version"_s.arg(alone)).exitCode, 0);
}

void tst_CommandLine::withoutAnEngineEveryPlaceIsNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("layers") << QStringList{u"layers"_s, u"alpine"_s};
    QTest::newRow("compare") << QStringList{u"compare"_s, u"alpine"_s, u"debian"_s};
    QTest::newRow("ladder") << QStringList{u"ladder"_s};
}

void tst_CommandLine::withoutAnEngineEveryPlaceIsNamed()
{
    QFETCH(QStringList, arguments);
    const auto run = runProgram(arguments);
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("none.sock"), run.err.constData());
    QVERIFY(run.out.isEmpty());
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"
