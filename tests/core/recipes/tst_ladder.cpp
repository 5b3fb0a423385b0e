// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/tree.h"
#include "graph/stagegraph.h"
#include "lint/linter.h"
#include "project/contextscan.h"
#include "project/gomodule.h"
#include "recipes/recipe.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;

class TestLadder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRungsAreInOrderAndComplete()
    {
        const auto rungs = recipes::ladder();
        QCOMPARE(rungs.size(), std::size_t(5));
        QCOMPARE(rungs.front().articleSize, u"314 MB"_s);
        QCOMPARE(rungs[3].articleSize, u"1.07 MB"_s);
        for (std::size_t i = 0; i < rungs.size(); ++i) {
            const auto &rung = rungs[i];
            QVERIFY(rung.id.startsWith(QString::number(i + 1)));
            QVERIFY(!rung.title.isEmpty() && !rung.lesson.isEmpty() && !rung.source.isEmpty());
        }
    }

    void everyRungIsAGoodDockerfile()
    {
        for (const auto &rung : recipes::ladder()) {
            const auto tree = dockerfile::parse(rung.dockerfile);
            QVERIFY(tree.problems().empty());
            for (const auto &finding : lint::run(tree, graph::build(tree), {}))
                QVERIFY2(finding.severity != lint::Severity::Error,
                         qPrintable(rung.id + u": "_s + finding.message));
        }
    }

    void theSampleIsAGoProject()
    {
        QTemporaryDir folder;
        QVERIFY(recipes::writeSample(folder.filePath(u"a/hello"_s)));
        const QString root = folder.filePath(u"a/hello"_s);
        const auto module = project::loadGoModule(root);
        QVERIFY(module);
        QCOMPARE(module->path, u"hello"_s);
        QCOMPARE(module->mains.size(), std::size_t(1));
        QCOMPARE(module->mains.front().binaryName, u"hello"_s);
        QCOMPARE(QDir(root + u"/designs"_s).entryList(QDir::Files).size(), 4);
        const auto scan = project::scanContext(root, u"Dockerfile"_s);
        QVERIFY(scan);
        QStringList sent;
        for (const auto &entry : scan->entries)
            sent << entry.path;
        QCOMPARE(sent, (QStringList{u".dockerignore"_s, u"Dockerfile"_s, u"go.mod"_s, u"hello.go"_s}));
    }

    void filesThatExistAreLeftAlone()
    {
        QTemporaryDir folder;
        QFile mine(folder.filePath(u"Dockerfile"_s));
        QVERIFY(mine.open(QIODevice::WriteOnly));
        mine.write("FROM mine\n");
        mine.close();
        QVERIFY(recipes::writeSample(folder.path()));
        QVERIFY(mine.open(QIODevice::ReadOnly));
        QCOMPARE(mine.readAll(), QByteArray("FROM mine\n"));
        QVERIFY(QFile::exists(folder.filePath(u"go.mod"_s)));
    }

    void aFolderThatCannotBeWrittenIsAnError()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto written = recipes::writeSample(folder.filePath(u"file/below"_s));
        QVERIFY(!written);
        QVERIFY(written.error().where.contains(u"file/below"_s));
        QVERIFY(!written.error().hint.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestLadder)
#include "tst_ladder.moc"
