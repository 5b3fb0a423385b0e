// SPDX-License-Identifier: Apache-2.0
#include "journal/journalfile.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using base::TextEdit;
using journal::Entry;

namespace {

const QDateTime noon(QDate(2026, 3, 4), QTime(12, 0), QTimeZone::UTC);

Entry someEntry()
{
    // A lone surrogate stands for a byte that is no UTF-8.
    return {.path = u"/home/x/Dockerfile"_s,
            .folder = u"/home/x"_s,
            .base = u"FROM a\r\n"_s,
            .text = u"\uFEFFFROM b\r\n\0"_s + QChar(0xdce9),
            .changed = noon,
            .settings = "{\"tag\":\"a:b\"}"};
}

}

class tst_JournalFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenIsRead();
    void editsAreApplied();
    void aRecordCutShortLeavesTheRest();
    void damageIsNeverReadAsText();
    void anEditThatDoesNotFitEndsTheReading();
};

void tst_JournalFile::whatWasWrittenIsRead()
{
    QCOMPARE(journal::read(journal::beginning(someEntry())), someEntry());
    QCOMPARE(journal::read(journal::beginning({})), Entry{});
}

void tst_JournalFile::editsAreApplied()
{
    Entry entry = someEntry();
    TextEdit first({0, 1}, u"# "_s);
    first.insert(5, u"x"_s);
    const TextEdit second({2, 0}, u"more"_s);
    const QByteArray bytes = journal::beginning(entry) +
                             journal::continuation({first, second}, noon.addSecs(1)) +
                             journal::continuation({second}, noon.addSecs(2));
    for (const auto &edit : {first, second, second})
        edit.applyTo(entry.text);
    entry.changed = noon.addSecs(2);
    QCOMPARE(journal::read(bytes), entry);
}

void tst_JournalFile::aRecordCutShortLeavesTheRest()
{
    const Entry entry = someEntry();
    const QByteArray begun = journal::beginning(entry);
    const QByteArray more = journal::continuation({TextEdit({0, 1}, u"# "_s)}, noon.addSecs(1));
    for (qsizetype length = 0; length < more.size(); ++length)
        QCOMPARE(journal::read(begun + more.first(length)), entry);
    for (qsizetype length = 0; length < begun.size(); ++length)
        QVERIFY(!journal::read(begun.first(length)));
}

void tst_JournalFile::damageIsNeverReadAsText()
{
    const Entry entry = someEntry();
    const QByteArray begun = journal::beginning(entry);
    const QByteArray whole = begun + journal::continuation({TextEdit({0, 1}, u"# "_s)}, noon.addSecs(1));
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QByteArray damaged = whole;
        damaged[i] = char(damaged[i] ^ 0x55);
        const auto read = journal::read(damaged);
        if (i < begun.size())
            QVERIFY(!read);
        else
            QCOMPARE(read, entry);
    }
}

void tst_JournalFile::anEditThatDoesNotFitEndsTheReading()
{
    const Entry entry = someEntry();
    const QByteArray begun = journal::beginning(entry);
    QCOMPARE(journal::read(begun + journal::continuation({TextEdit({500, 1}, u"x"_s)}, noon)), entry);
    QCOMPARE(journal::read(begun + journal::continuation({TextEdit({-4, 1}, u"x"_s)}, noon)), entry);
}

QTEST_APPLESS_MAIN(tst_JournalFile)
#include "tst_journalfile.moc"
