// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/corpus.h"
#include "dockerfile/textfile.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/resource.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace dockerfile;

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

/// No file may grow beyond `bytes` while it lives: for a program, a disk that is full.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

class TestTextFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

private Q_SLOTS:
    void anyBytesComeBackAsTheyWere()
    {
        for (const CorpusFile &file : corpus())
            QCOMPARE(bytesFromText(file.text), file.bytes);
        QRandomGenerator random(1);
        for (int i = 0; i < 2000; ++i) {
            QByteArray bytes;
            for (int length = random.bounded(40); length > 0; --length)
                bytes += static_cast<char>(random.bounded(4) == 0 ? random.bounded(128)
                                                                  : random.bounded(128, 256));
            QCOMPARE(bytesFromText(textFromBytes(bytes)), bytes);
        }
    }

    void onlyProperUtf8IsText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("four bytes") << QByteArray("\xf0\x9f\x9a\x80") << u"🚀"_s;
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QString(u"\xdcc0\xdcaf"_s);
        QTest::newRow("a surrogate") << QByteArray("\xed\xb2\x80") << QString(u"\xdced\xdcb2\xdc80"_s);
        QTest::newRow("too large") << QByteArray("\xf4\x90\x80\x80")
                                   << QString(u"\xdcf4\xdc90\xdc80\xdc80"_s);
        QTest::newRow("cut off") << QByteArray("a\xe4") << QString(u"a\xdce4"_s);
        QTest::newRow("BOM stays") << QByteArray("\xef\xbb\xbf#") << QString(u"\ufeff#"_s);
    }
    void onlyProperUtf8IsText()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(textFromBytes(bytes), text);
    }

    void openAndSaveGivesTheSameFile()
    {
        for (const CorpusFile &file : corpus()) {
            const auto text = readTextFile(file.path);
            QVERIFY2(text, qPrintable(file.name));
            const QString copy = path(u"copy"_s);
            QVERIFY(writeTextFile(copy, *text));
            QCOMPARE(contentOf(copy), file.bytes);
        }
    }

    void permissionsAndLinksAreKept()
    {
        const QString target = path(u"target"_s);
        const QString link = path(u"link"_s);
        QVERIFY(writeTextFile(target, u"FROM a\n"_s));
        QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const auto permissions = QFile::permissions(target);
        QVERIFY(QFile::link(target, link));
        QVERIFY(writeTextFile(link, u"FROM b\n"_s));
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(contentOf(target), "FROM b\n");
        QCOMPARE(QFile::permissions(target), permissions);
    }

    void aFullDiskLeavesTheOldFileWhole()
    {
        const QString file = path(u"full"_s);
        QVERIFY(writeTextFile(file, u"FROM old\n"_s));
        {
            const FullDisk full(4096);
            const auto written = writeTextFile(file, QString(1 << 20, u'x'));
            QVERIFY(!written);
            QCOMPARE(written.error().where, file);
            QVERIFY2(!written.error().message.isEmpty() && !written.error().hint.isEmpty(),
                     "say what, and what to do");
        }
        QCOMPARE(contentOf(file), "FROM old\n");
        QCOMPARE(QDir(m_dir.path()).entryList({u"full*"_s}, QDir::Files).size(), 1);
        QVERIFY(writeTextFile(file, u"FROM new\n"_s));
    }

    void whatCannotBeReadIsAnError_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<base::Error::Kind>("kind");
        QFile large(path(u"large"_s));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(50 * 1024 * 1024));
        QTest::newRow("nothing there") << path(u"missing"_s) << base::Error::Kind::NotFound;
        QTest::newRow("a folder") << m_dir.path() << base::Error::Kind::Malformed;
        QTest::newRow("50 MB") << path(u"large"_s) << base::Error::Kind::Malformed;
        QTest::newRow("an endless device") << u"/dev/zero"_s << base::Error::Kind::Malformed;
    }
    void whatCannotBeReadIsAnError()
    {
        QFETCH(QString, name);
        QFETCH(base::Error::Kind, kind);
        const auto text = readTextFile(name);
        QVERIFY(!text);
        QCOMPARE(text.error().kind, kind);
        QCOMPARE(text.error().where, name);
        QVERIFY(!text.error().hint.isEmpty());
    }

    void whatCannotBeWrittenIsAnError()
    {
        QVERIFY(!writeTextFile(path(u"no/such/folder/Dockerfile"_s), u"FROM a\n"_s));
        // Half a character has no bytes: better not to save than to save something else.
        QVERIFY(!writeTextFile(path(u"half"_s), QString(QChar(0xd83d))));
        QVERIFY(!QFile::exists(path(u"half"_s)));
    }
};

QTEST_GUILESS_MAIN(TestTextFile)
#include "tst_textfile.moc"
