// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/contexttar.h"
#include "engine/classicbuild/tarheader.h"

#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using engine::BuildFile;
using Type = engine::BuildFile::Type;

class TestContextTar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theDockerfileComesFirstAndFromMemory()
    {
        write(u"Dockerfile"_s, "FROM disk\n");
        engine::BuildRequest request = requestWith({file(u"Dockerfile"_s), file(u"a"_s, "hello")});
        request.dockerfile = "FROM memory\n";
        const QByteArray tar = readAll(request);
        QCOMPARE(tar.first(11), QByteArray("Dockerfile\0", 11));
        QCOMPARE(tar.sliced(257, 5),
                 "ustar"); // BuildKit must see an archive in the first block, and no PAX header
        QCOMPARE(tar.at(156), '0');
        QCOMPARE(tar.sliced(512, 12), "FROM memory\n");
        QVERIFY(!tar.contains("FROM disk"));
        QVERIFY(tar.contains("hello"));
    }

    void theLengthIsKnownBeforehand()
    {
        engine::BuildRequest request =
            requestWith({file(u"empty"_s), file(u"odd"_s, "123"), file(u"block"_s, QByteArray(512, 'b')),
                         file(u"large"_s, QByteArray(100'001, 'c'))});
        request.files.push_back({.path = u"folder"_s, .type = Type::Folder, .mode = 0755});
        request.files.push_back({.path = u"link"_s, .type = Type::Link, .linkTarget = u"odd"_s});
        engine::ContextTar tar(request);
        const qint64 promised = tar.length();
        QCOMPARE(tar.bytesAvailable(), promised);
        QCOMPARE(tar.readAll().size(), promised);
        QVERIFY(tar.atEnd());
        QCOMPARE(promised % engine::tarBlock, 0);
    }

    void itIsTheSameHoweverItIsRead()
    {
        const auto request = requestWith({file(u"a"_s, QByteArray(700, 'a')), file(u"b"_s, "b")});
        const QByteArray whole = readAll(request);
        for (const qint64 piece : {1, 7, 511, 513}) {
            engine::ContextTar tar(request);
            QByteArray joined;
            while (!tar.atEnd())
                joined += tar.read(piece);
            QCOMPARE(joined, whole);
        }
    }

    void anotherProgramReadsIt()
    {
        const QString tarProgram = QStandardPaths::findExecutable(u"tar"_s);
        if (tarProgram.isEmpty())
            QSKIP("no tar program on this machine");
        const QString longName = u"long/"_s + QString(90, u'x') + u'/' + QString(120, u'y');
        const QString prefixName = u"prefix/"_s + QString(60, u'p') + u'/' + QString(80, u'q');
        engine::BuildRequest request =
            requestWith({file(u"späße und 日本"_s, "u"), file(longName, "long"), file(prefixName, "prefix")});
        request.files.push_back({.path = u"program"_s, .sizeBytes = 0, .mode = 0755});
        request.files.push_back({.path = u"link"_s, .type = Type::Link, .linkTarget = QString(150, u't')});
        QProcess tar;
        tar.start(tarProgram, {u"-tvf"_s, u"-"_s, u"--quoting-style=literal"_s, u"--numeric-owner"_s});
        tar.write(readAll(request));
        tar.closeWriteChannel();
        QVERIFY(tar.waitForFinished());
        QCOMPARE(tar.exitCode(), 0);
        QCOMPARE(tar.readAllStandardError(), "");
        const QString listed = QString::fromUtf8(tar.readAllStandardOutput());
        QVERIFY2(listed.contains(u"späße und 日本\n"_s), qPrintable(listed));
        QVERIFY(listed.contains(longName));
        QVERIFY(listed.contains(prefixName));
        QVERIFY(listed.contains(QString(u"link -> "_s + QString(150, u't'))));
        QVERIFY(listed.contains(u"-rwxr-xr-x 0/0"_s));
    }

    void headersAreSound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<qsizetype>("blocks");
        QTest::newRow("short") << u"a"_s << qsizetype(1);
        QTest::newRow("exactly a hundred bytes") << QString(100, u'a') << qsizetype(1);
        QTest::newRow("one more, without a slash") << QString(101, u'a') << qsizetype(3);
        QTest::newRow("cut at a slash")
            << QString(QString(80, u'a') + u'/' + QString(100, u'b')) << qsizetype(1);
        QTest::newRow("the prefix is full")
            << QString(QString(155, u'a') + u'/' + QString(99, u'b')) << qsizetype(1);
        QTest::newRow("the prefix is too long")
            << QString(QString(156, u'a') + u'/' + QString(99, u'b')) << qsizetype(3);
    }
    void headersAreSound()
    {
        QFETCH(QString, path);
        const QByteArray header = engine::tarHeader({.path = path, .sizeBytes = 1});
        QTEST(header.size() / engine::tarBlock, "blocks");
        for (qsizetype at : {qsizetype(0), header.size() - engine::tarBlock}) {
            QByteArray block = header.sliced(at, engine::tarBlock);
            const int told = block.sliced(148, 6).toInt(nullptr, 8);
            block.replace(148, 8, "        ");
            QCOMPARE(
                std::accumulate(block.cbegin(), block.cend(), 0, [](int a, char c) { return a + quint8(c); }),
                told);
        }
        QCOMPARE(header.sliced(header.size() - engine::tarBlock + 108, 16),
                 QByteArray("0000000\0000000000\0", 16));
    }

    void largeFilesAndOddTimesUseBase256()
    {
        const QByteArray large = engine::tarHeader({.path = u"x"_s, .sizeBytes = 20'000'000'000});
        QCOMPARE(quint8(large.at(124)), quint8(0x80));
        const QByteArray old = engine::tarHeader({.path = u"x"_s, .modifiedSeconds = -1});
        QCOMPARE(old.sliced(136, 12), QByteArray(12, '\xff'));
    }

    void aFileThatHasShrunkOrGoneIsTold_data()
    {
        QTest::addColumn<bool>("isGone");
        QTest::newRow("shrunk") << false;
        QTest::newRow("gone") << true;
    }
    void aFileThatHasShrunkOrGoneIsTold()
    {
        QFETCH(bool, isGone);
        const auto request = requestWith({file(u"kept"_s, "k"), file(u"changing"_s, QByteArray(5000, 'c'))});
        write(u"changing"_s, "short");
        if (isGone)
            QVERIFY(QFile::remove(m_folder->filePath(u"changing"_s)));
        engine::ContextTar tar(request);
        QSignalSpy failed(&tar, &engine::ContextTar::failed);
        QCOMPARE(tar.readAll().size(), tar.length()); // the length that was promised stays true
        QVERIFY(tar.failure());
        QCOMPARE(tar.failure()->where, u"changing"_s);
        QVERIFY(!tar.failure()->hint.isEmpty());
        QTRY_COMPARE(failed.size(), 1);
    }

    void ofAFileThatHasGrownTheListedBytesAreSent()
    {
        const auto request = requestWith({file(u"log"_s, "12345")});
        write(u"log"_s, "12345 and more");
        engine::ContextTar tar(request);
        const QByteArray all = tar.readAll();
        QCOMPARE(all.size(), tar.length());
        QVERIFY(!tar.failure());
        QVERIFY(!all.contains("more"));
    }

    void aDockerfileFromOutsideGetsANameOfItsOwn()
    {
        engine::BuildRequest request;
        request.dockerfileName = u"../Dockerfile"_s;
        QCOMPARE(engine::ContextTar::dockerfileName(request), u".stageloom.Dockerfile"_s);
        request.dockerfileName = u"./deploy//Dockerfile.prod"_s;
        QCOMPARE(engine::ContextTar::dockerfileName(request), u"deploy/Dockerfile.prod"_s);
    }

    void aDockerfileWithAVeryLongNameStillBeginsAnArchive()
    {
        engine::BuildRequest request;
        request.dockerfileName = QString(120, u'd');
        engine::ContextTar tar(request);
        const QByteArray all = tar.readAll();
        QCOMPARE(all.first(3), QByteArray("./\0", 3));
        QCOMPARE(all.size(), tar.length());
    }

private:
    void write(const QString &path, const QByteArray &bytes)
    {
        const QString full = m_folder->filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile out(full);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    BuildFile file(const QString &path, const QByteArray &bytes = {})
    {
        write(path, bytes);
        return {.path = path, .sizeBytes = bytes.size(), .modifiedSeconds = 1'700'000'000};
    }
    engine::BuildRequest requestWith(std::vector<BuildFile> files) const
    {
        engine::BuildRequest request;
        request.contextFolder = m_folder->path();
        request.files = std::move(files);
        request.dockerfile = "FROM scratch\n";
        return request;
    }
    static QByteArray readAll(const engine::BuildRequest &request)
    {
        engine::ContextTar tar(request);
        return tar.readAll();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestContextTar)
#include "tst_contexttar.moc"
