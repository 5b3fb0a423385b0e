// SPDX-License-Identifier: Apache-2.0
#include "merge/linediff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString applied(const std::vector<merge::Change> &changes, const QString &before, const QString &after)
{
    const auto old = merge::linesOf(before);
    const auto fresh = merge::linesOf(after);
    QString text;
    int row = 0;
    for (const auto &change : changes) {
        for (; row < change.oldStart; ++row)
            text += old[size_t(row)];
        for (int i = change.newStart; i < change.newEnd(); ++i)
            text += fresh[size_t(i)];
        row = change.oldEnd();
    }
    for (; row < int(old.size()); ++row)
        text += old[size_t(row)];
    return text;
}

std::vector<merge::Change> diffOf(const QString &before, const QString &after)
{
    return merge::diff(merge::linesOf(before), merge::linesOf(after));
}

// Few different lines, so that there is much to mistake.
QString someText(QRandomGenerator &random)
{
    QString text;
    for (int i = random.bounded(30); i > 0; --i)
        text += QChar(u'a' + random.bounded(6)) + (random.bounded(8) == 0 ? u"\r\n"_s : u"\n"_s);
    if (random.bounded(3) == 0)
        text += u"no end"_s;
    return text;
}

}

class tst_LineDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesJoinToTheText();
    void changesAreThoseAPersonMade_data();
    void changesAreThoseAPersonMade();
    void changesTurnOneTextIntoTheOther();
    void textsThatShareNothingTakeNoLongTime();
};

void tst_LineDiff::linesJoinToTheText()
{
    const QString text = u"FROM a\r\n\n\rRUN b"_s;
    QString joined;
    for (const auto line : merge::linesOf(text))
        joined += line;
    QCOMPARE(joined, text);
    QCOMPARE(merge::linesOf(text).size(), 3);
    QVERIFY(merge::linesOf({}).empty());
}

void tst_LineDiff::changesAreThoseAPersonMade_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QList<int>>("change"); // the only one
    QTest::newRow("a line in the middle") << u"a\nb\nc\n"_s << u"a\nB\nc\n"_s << QList{1, 1, 1, 1};
    QTest::newRow("a line more") << u"a\nc\n"_s << u"a\nb\nc\n"_s << QList{1, 0, 1, 1};
    QTest::newRow("a line less") << u"a\nb\nc\n"_s << u"a\nc\n"_s << QList{1, 1, 1, 0};
    QTest::newRow("the end of the last line") << u"a\nb"_s << u"a\nb\n"_s << QList{1, 1, 1, 1};
    QTest::newRow("only the line ends") << u"a\n"_s << u"a\r\n"_s << QList{0, 1, 0, 1};
    QTest::newRow("from nothing") << QString() << u"a\n"_s << QList{0, 0, 0, 1};
}

void tst_LineDiff::changesAreThoseAPersonMade()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QList<int>, change);
    const auto changes = diffOf(before, after);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.front(), (merge::Change{change[0], change[1], change[2], change[3]}));
}

void tst_LineDiff::changesTurnOneTextIntoTheOther()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 3000; ++i) {
        const QString before = someText(random);
        const QString after = someText(random);
        const auto changes = diffOf(before, after);
        QCOMPARE(applied(changes, before, after), after);
        for (size_t k = 1; k < changes.size(); ++k)
            QVERIFY(changes[k - 1].oldEnd() < changes[k].oldStart &&
                    changes[k - 1].newEnd() < changes[k].newStart);
    }
}

void tst_LineDiff::textsThatShareNothingTakeNoLongTime()
{
    QString before;
    QString after;
    for (int i = 0; i < 200'000; ++i) {
        before += i % 2 == 0 ? u"a\n"_s : u"b\n"_s;
        after += i % 3 == 0 ? u"c\n"_s : u"b\n"_s;
    }
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(applied(diffOf(before, after), before, after), after);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_APPLESS_MAIN(tst_LineDiff)
#include "tst_linediff.moc"
