// SPDX-License-Identifier: Apache-2.0
#include "programrun.h"

#include <QFileInfo>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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
    void withoutAnEngineEveryPlaceIsNamed_data();
    void withoutAnEngineEveryPlaceIsNamed();
};

void tst_CommandLine::helpNamesEveryCommand()
{
    const auto run = runProgram({u"--help"_s});
    QCOMPARE(run.exitCode, 0);
    for (const auto *name : {"new", "graph", "dump", "build", "layers", "compare", "ladder"})
        QVERIFY2(run.out.contains(name), name);
    const auto version = runProgram({u"--version"_s});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.out.startsWith("stageloom "));
}

void tst_CommandLine::everyCommandExplainsItself_data()
{
    QTest::addColumn<QString>("command");
    for (const auto &name : {u"new"_s, u"graph"_s, u"dump"_s, u"build"_s, u"layers"_s, u"compare"_s, u"ladder"_s})
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
    QTest::newRow("a tag that is no reference") << QStringList{u"build"_s, u"-t"_s, u"Not A Tag"_s, QDir::tempPath()};
}

void tst_CommandLine::wrongUsageEndsWithTwo()
{
    QFETCH(QStringList, arguments);
    const auto run = runProgram(arguments, "FROM scratch\n");
    QVERIFY2(!run.err.isEmpty(), "it must say what is wrong");
    QVERIFY(run.out.isEmpty());
    if (QByteArray(QTest::currentDataTag()).startsWith("a tag"))
        QVERIFY2(run.exitCode == 2 || run.err.contains("Dockerfile"), run.err.constData());
    else
        QCOMPARE(run.exitCode, 2);
}

void tst_CommandLine::dumpPrintsTheTreeAsBuildKitDoes()
{
    const auto run = runProgram({u"dump"_s, u"-"_s}, "FROM a AS b\nCOPY --from=a x /y\nENV a b\n");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, QByteArray("(from \"a\" \"AS\" \"b\")\n(copy [\"--from=a\"] \"x\" \"/y\")\n(env \"a\" \"b\" \"\")\n"));
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
    QVERIFY(!QJsonDocument::fromJson(run.out).isNull());
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
    QVERIFY(run.out.contains("FROM golang:1.24"));
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
