// SPDX-License-Identifier: Apache-2.0
#include "journal/documentjournal.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using journal::DocumentJournal;
using journal::Entry;
using journal::Journal;

namespace {

QStringList journalsIn(const QString &folder)
{
    QStringList files;
    QDirIterator walk(folder, {u"*.journal"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext())
        files += walk.next();
    return files;
}

// A document whose journal is kept, as the program has it.
struct Document
{
    Entry entry{.path = u"/x/Dockerfile"_s, .folder = u"/x"_s, .base = u"FROM a\n"_s, .text = u"FROM a\n"_s};
    bool isModified = false;
    std::unique_ptr<DocumentJournal> kept;

    explicit Document(Journal &journal)
        : kept(std::make_unique<DocumentJournal>(
              journal, [this] { return isModified ? std::optional(entry) : std::nullopt; }))
    {}

    void type(const QString &text)
    {
        const base::TextEdit edit({entry.text.size(), 0}, text);
        edit.applyTo(entry.text);
        isModified = true;
        kept->edited(edit);
    }
};

// What a process that was killed leaves: the files, and no lock.
void copyOf(const QString &live, const QString &dead)
{
    for (const auto &file : journalsIn(live)) {
        const QString folder = dead + u'/' + QFileInfo(file).dir().dirName();
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::copy(file, folder + u'/' + QFileInfo(file).fileName()));
    }
}

}

class tst_Journal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedTextIsKeptWithinASecond();
    void whoTypesWithoutAPauseIsKeptToo();
    void savedTextIsNotKept();
    void aLiveInstanceIsNotOffered();
    void whatADeadInstanceLeftIsOfferedOnce();
    void damagedJournalsAreSetAside();
    void theJournalDoesNotGrowWithTheTyping();
    void onlyTheUserMayReadIt();
    void aFullDiskIsToldOnceAndOverWhenThereIsRoom();
    void anOrderlyEndLeavesNothing();
};

void tst_Journal::typedTextIsKeptWithinASecond()
{
    QTemporaryDir home;
    QTemporaryDir after;
    Journal journal(home.path());
    Document document(journal);
    document.type(u"RUN 1\n"_s);
    QTest::qWait(600);
    document.type(u"RUN 2\n"_s);
    QTest::qWait(600);
    copyOf(home.path(), after.path());
    Journal next(after.path());
    const auto recovery = next.recover();
    QCOMPARE(recovery.documents.size(), 1);
    QCOMPARE(recovery.documents.front().entry.text, u"FROM a\nRUN 1\nRUN 2\n"_s);
    QCOMPARE(recovery.documents.front().entry.base, u"FROM a\n"_s);
    QCOMPARE(recovery.documents.front().entry.path, u"/x/Dockerfile"_s);
}

void tst_Journal::whoTypesWithoutAPauseIsKeptToo()
{
    QTemporaryDir home;
    QTemporaryDir after;
    Journal journal(home.path());
    Document document(journal);
    QElapsedTimer timer;
    timer.start();
    QString aSecondAgo;
    while (timer.elapsed() < 2000) {
        document.type(u"x"_s);
        if (timer.elapsed() < 1000)
            aSecondAgo = document.entry.text;
        QTest::qWait(10);
    }
    copyOf(home.path(), after.path());
    const auto recovery = Journal(after.path()).recover();
    QCOMPARE(recovery.documents.size(), 1);
    QVERIFY(recovery.documents.front().entry.text.startsWith(aSecondAgo));
}

void tst_Journal::savedTextIsNotKept()
{
    QTemporaryDir home;
    Journal journal(home.path());
    Document document(journal);
    document.type(u"RUN 1\n"_s);
    QTRY_COMPARE(journalsIn(home.path()).size(), 1);
    document.isModified = false;
    document.kept->restarted();
    QTRY_COMPARE(journalsIn(home.path()).size(), 0);
    document.type(u"RUN 2\n"_s);
    QTRY_COMPARE(journalsIn(home.path()).size(), 1);
}

void tst_Journal::aLiveInstanceIsNotOffered()
{
    QTemporaryDir home;
    Journal journal(home.path());
    Document document(journal);
    document.type(u"RUN 1\n"_s);
    QTRY_COMPARE(journalsIn(home.path()).size(), 1);
    Journal other(home.path());
    QVERIFY(other.recover().documents.empty());
    QVERIFY(journal.recover().documents.empty());
    QCOMPARE(journalsIn(home.path()).size(), 1);
}

void tst_Journal::whatADeadInstanceLeftIsOfferedOnce()
{
    QTemporaryDir home;
    QTemporaryDir after;
    Journal journal(home.path());
    Document document(journal);
    document.type(u"RUN 1\n"_s);
    QTRY_COMPARE(journalsIn(home.path()).size(), 1);
    copyOf(home.path(), after.path());
    {
        Journal first(after.path());
        QCOMPARE(first.recover().documents.size(), 1);
        QVERIFY2(Journal(after.path()).recover().documents.empty(),
                 "the first instance asks its person already");
    }
    Journal second(after.path());
    const auto recovery = second.recover();
    QVERIFY2(recovery.documents.size() == 1, "the first one's person did not answer");
    second.forget(recovery.documents.front());
    QVERIFY(Journal(after.path()).recover().documents.empty());
}

void tst_Journal::damagedJournalsAreSetAside()
{
    QTemporaryDir home;
    const QString dead = home.path() + u"/dead"_s;
    QVERIFY(QDir().mkpath(dead));
    for (int i = 0; i < 12; ++i) {
        QFile file(dead + u"/%1.journal"_s.arg(i));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(i % 2 == 0 ? "no journal at all" : "");
    }
    const auto recovery = Journal(home.path()).recover();
    QVERIFY(recovery.documents.empty());
    QCOMPARE(recovery.setAside.size(), 12);
    QVERIFY(!QFileInfo::exists(dead));
    QVERIFY2(journalsIn(home.path()).size() <= 8, "and they do not pile up");
    QVERIFY(Journal(home.path()).recover().setAside.isEmpty());
}

void tst_Journal::theJournalDoesNotGrowWithTheTyping()
{
    QTemporaryDir home;
    Journal journal(home.path());
    Document document(journal);
    qint64 largest = 0;
    for (int i = 0; i < 12; ++i) {
        for (int key = 0; key < 2000; ++key) {
            document.type(u"x"_s);
            document.entry.text.chop(1);
            document.kept->edited(base::TextEdit({document.entry.text.size(), 1}, {}));
        }
        QTest::qWait(320);
        if (const auto files = journalsIn(home.path()); !files.isEmpty())
            largest = std::max(largest, QFileInfo(files.front()).size());
    }
    QVERIFY2(largest > 0 && largest < 400'000, qPrintable(QString::number(largest)));
}

void tst_Journal::onlyTheUserMayReadIt()
{
    QTemporaryDir home;
    const QString folder = home.path() + u"/journal"_s;
    Journal journal(folder);
    Document document(journal);
    document.type(u"RUN 1\n"_s);
    QTRY_COMPARE(journalsIn(folder).size(), 1);
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeGroup | QFileDevice::ExeOther;
    const QString file = journalsIn(folder).front();
    QVERIFY(!(QFileInfo(file).permissions() & others));
    QVERIFY(!(QFileInfo(QFileInfo(file).path()).permissions() & others));
    QVERIFY(!(QFileInfo(folder).permissions() & others));
}

void tst_Journal::aFullDiskIsToldOnceAndOverWhenThereIsRoom()
{
    QTemporaryDir home;
    Journal journal(home.path());
    QSignalSpy failed(&journal, &Journal::failed);
    Document document(journal);
    Document other(journal);
    document.type(u"RUN 1\n"_s);
    QTRY_COMPARE(journalsIn(home.path()).size(), 1);
    // A file where the instance's folder should be: nothing can be written, whoever asks.
    const QString own = QFileInfo(journalsIn(home.path()).front()).path();
    QVERIFY(QDir(own).removeRecursively());
    QFile inTheWay(own);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    document.type(u"RUN 2\n"_s);
    other.type(u"RUN 3\n"_s);
    QTRY_COMPARE(failed.size(), 1);
    QTest::qWait(700);
    QCOMPARE(failed.size(), 1);
    QVERIFY(inTheWay.remove());
    QTRY_COMPARE_WITH_TIMEOUT(journalsIn(home.path()).size(), 2, 10'000);
    QCOMPARE(failed.size(), 1);
}

void tst_Journal::anOrderlyEndLeavesNothing()
{
    QTemporaryDir home;
    {
        Journal journal(home.path());
        Document document(journal);
        document.type(u"RUN 1\n"_s);
        QTRY_COMPARE(journalsIn(home.path()).size(), 1);
    }
    QVERIFY(QDir(home.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Journal)
#include "tst_journal.moc"
