// SPDX-License-Identifier: Apache-2.0
#include "project/contextscan.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using project::ContextEntry;
using project::scanContext;

namespace {

void write(const QTemporaryDir &folder, const QString &path, const QByteArray &bytes = "x")
{
    const QString absolute = folder.filePath(path);
    QDir().mkpath(QFileInfo(absolute).path());
    QFile file(absolute);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s", qPrintable(file.errorString()));
    file.write(bytes);
}

QStringList pathsOf(const project::ContextScan &scan)
{
    QStringList out;
    for (const auto &entry : scan.entries)
        out << entry.path;
    return out;
}

}

class TestContextScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsSentInTheOrderOfBytes()
    {
        QTemporaryDir folder;
        for (const auto &path : {u"b.txt"_s, u"a/z"_s, u"a/b/c"_s, u"a.txt"_s, u"B"_s, u"é"_s, u".hidden"_s})
            write(folder, path, "12345");
        const auto scan = scanContext(folder.path(), {});
        QVERIFY(scan);
        QCOMPARE(pathsOf(*scan), (QStringList{u".hidden"_s, u"B"_s, u"a"_s, u"a/b"_s, u"a/b/c"_s, u"a/z"_s,
                                              u"a.txt"_s, u"b.txt"_s, u"é"_s}));
        QCOMPARE(scan->totalBytes, qint64(35));
        QCOMPARE(scan->excludedCount, 0);
        QVERIFY(scan->notes.isEmpty());
    }

    void rulesDecide_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("dockerfile");
        QTest::addColumn<QStringList>("sent");
        QTest::addColumn<int>("excluded");
        const QString ignore = u".dockerignore"_s;
        QTest::newRow("a folder goes with what is below")
            << QByteArray("src\n") << u"Dockerfile"_s << QStringList{ignore, u"Dockerfile"_s, u"log"_s} << 1;
        QTest::newRow("Dockerfile and rules are always sent")
            << QByteArray("*\n") << u"Dockerfile"_s << QStringList{ignore, u"Dockerfile"_s} << 2;
        QTest::newRow("a Dockerfile in an excluded folder")
            << QByteArray("*\n") << u"src/deep/Dockerfile.dev"_s
            << QStringList{ignore, u"src"_s, u"src/deep"_s, u"src/deep/Dockerfile.dev"_s} << 6;
        QTest::newRow("what is re-included brings its folders")
            << QByteArray("*\n!src/deep/*.go\n") << QString()
            << QStringList{ignore, u"src"_s, u"src/deep"_s, u"src/deep/b.go"_s} << 6;
        QTest::newRow("a folder in which nothing is re-included")
            << QByteArray("src\n!src/none\n") << QString() << QStringList{ignore, u"Dockerfile"_s, u"log"_s}
            << 3;
        QTest::newRow("by extension, anywhere")
            << QByteArray("**/*.go\n") << QString()
            << QStringList{ignore,   u"Dockerfile"_s, u"log"_s,
                           u"src"_s, u"src/deep"_s,   u"src/deep/Dockerfile.dev"_s}
            << 2;
    }
    void rulesDecide()
    {
        QFETCH(QByteArray, rules);
        QFETCH(QString, dockerfile);
        QTemporaryDir folder;
        for (const auto &path :
             {u"Dockerfile"_s, u"log"_s, u"src/a.go"_s, u"src/deep/b.go"_s, u"src/deep/Dockerfile.dev"_s})
            write(folder, path);
        write(folder, u".dockerignore"_s, rules);
        const auto scan = scanContext(folder.path(), dockerfile);
        QVERIFY(scan);
        QTEST(pathsOf(*scan), "sent");
        QTEST(scan->excludedCount, "excluded");
    }

    void aDockerfilesOwnRulesComeFirst()
    {
        QTemporaryDir folder;
        write(folder, u"a"_s);
        write(folder, u"b"_s);
        write(folder, u".dockerignore"_s, "a\n");
        write(folder, u"build/Dockerfile"_s);
        write(folder, u"build/Dockerfile.dockerignore"_s, "b\nbuild\n");
        QCOMPARE(pathsOf(*scanContext(folder.path(), u"./build/Dockerfile"_s)),
                 (QStringList{u".dockerignore"_s, u"a"_s, u"build"_s, u"build/Dockerfile"_s}));
    }

    void modesTimesAndLinksAreKept()
    {
        QTemporaryDir folder;
        write(folder, u"run.sh"_s);
        QVERIFY(chmod(QFile::encodeName(folder.filePath(u"run.sh"_s)).constData(), 0754) == 0);
        QDir(folder.path()).mkdir(u"d"_s);
        QVERIFY(symlink("../outside", QFile::encodeName(folder.filePath(u"link"_s)).constData()) == 0);
        QVERIFY(symlink("d", QFile::encodeName(folder.filePath(u"tod"_s)).constData()) == 0);
        write(folder, u"d/x"_s);
        const auto scan = scanContext(folder.path(), {});
        QCOMPARE(pathsOf(*scan), (QStringList{u"d"_s, u"d/x"_s, u"link"_s, u"run.sh"_s, u"tod"_s}));
        QCOMPARE(scan->entries[2].type, ContextEntry::Type::Link);
        QCOMPARE(scan->entries[2].linkTarget, u"../outside"_s);
        QCOMPARE(scan->entries[3].mode, quint32(0754));
        QVERIFY(scan->entries[3].modifiedSeconds > 0);
        QCOMPARE(scan->entries[4].type, ContextEntry::Type::Link);
    }

    void whatCannotBeSentIsNamed()
    {
        QTemporaryDir folder;
        write(folder, u"a"_s);
        QVERIFY(mkfifo(QFile::encodeName(folder.filePath(u"pipe"_s)).constData(), 0644) == 0);
        write(folder, u"secret"_s);
        const QByteArray latin1 = QFile::encodeName(folder.path()) + "/caf\xE9";
        QVERIFY(mkdir(latin1.constData(), 0755) == 0);
        if (geteuid() != 0)
            QVERIFY(chmod(QFile::encodeName(folder.filePath(u"secret"_s)).constData(), 0) == 0);
        const auto scan = scanContext(folder.path(), {});
        QVERIFY(!pathsOf(*scan).contains(u"pipe"_s));
        const QString notes = scan->notes.join(u'\n');
        QVERIFY(notes.contains(u"pipe is left out"_s));
        QVERIFY(notes.contains(u"no UTF-8"_s));
        QCOMPARE(notes.contains(u"secret cannot be read"_s), geteuid() != 0);
        rmdir(latin1.constData());
    }

    void errorsNameThePlaceAndTheMend()
    {
        QTemporaryDir folder;
        QCOMPARE(scanContext(folder.filePath(u"nowhere"_s), {}).error().kind, base::Error::Kind::NotFound);
        write(folder, u"file"_s);
        QCOMPARE(scanContext(folder.filePath(u"file"_s), {}).error().kind, base::Error::Kind::Malformed);
        write(folder, u".dockerignore"_s, "ok\na[\n");
        const auto refused = scanContext(folder.path(), {});
        QVERIFY(!refused);
        QVERIFY(refused.error().where.endsWith(u".dockerignore"_s));
        QVERIFY(refused.error().message.contains(u"2"_s)); // the row
    }

    void aScanCanBeStopped()
    {
        QTemporaryDir folder;
        write(folder, u"a"_s);
        std::stop_source source;
        source.request_stop();
        QCOMPARE(scanContext(folder.path(), {}, source.get_token()).error().kind,
                 base::Error::Kind::Cancelled);
    }

    void thousandsOfFilesAreAllSeen()
    {
        QTemporaryDir folder;
        constexpr int folders = 20;
        constexpr int files = 1000;
        for (int i = 0; i < folders; ++i) {
            const QByteArray path = QFile::encodeName(folder.path()) + "/d" + QByteArray::number(i);
            QVERIFY(mkdir(path.constData(), 0755) == 0);
            for (int j = 0; j < files; ++j) {
                const QByteArray file = path + "/f" + QByteArray::number(j) + ".go";
                QVERIFY(mknod(file.constData(), S_IFREG | 0644, 0) == 0);
            }
        }
        write(folder, u".dockerignore"_s, ".git\n**/node_modules\n*.md\nd7/f1*\n");
        const auto scan = scanContext(folder.path(), {});
        QCOMPARE(scan->entries.size(), std::size_t(folders * files + folders + 1 - 111));
    }
};

QTEST_APPLESS_MAIN(TestContextScan)
#include "tst_contextscan.moc"
