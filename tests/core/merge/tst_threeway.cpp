// SPDX-License-Identifier: Apache-2.0
#include "merge/threeway.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using merge::Choice;
using merge::Chunk;

namespace {

QString joined(const std::vector<Chunk> &chunks, QString Chunk::*side)
{
    QString text;
    for (const auto &chunk : chunks)
        text += chunk.*side;
    return text;
}

QString mergedText(const std::vector<Chunk> &chunks, Choice choice = Choice::Mine)
{
    QString text;
    for (const auto &chunk : chunks)
        text += chunk.text(choice);
    return text;
}

QString changedText(QRandomGenerator &random, const QString &base)
{
    QStringList lines = base.split(u'\n');
    for (int i = random.bounded(4); i > 0; --i) {
        const int at = random.bounded(int(lines.size()));
        if (random.bounded(2) == 0)
            lines.insert(at, QString::number(random.bounded(4)));
        else
            lines[at] = QString::number(random.bounded(4));
    }
    return lines.join(u'\n');
}

}

class tst_ThreeWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesOfDifferentPlacesAreTakenFromBoth();
    void changesOfOnePlaceAreAConflict_data();
    void changesOfOnePlaceAreAConflict();
    void theSameChangeOnBothSidesIsTakenOnce();
    void bothKeepsLinesApart();
    void whoDidNothingLeavesTheOthersText();
    void nothingOfEitherTextIsLost();
};

void tst_ThreeWay::changesOfDifferentPlacesAreTakenFromBoth()
{
    const auto chunks = merge::threeWay(u"FROM a\nRUN x\nRUN y\nCMD z\n", u"FROM A\nRUN x\nRUN y\nCMD z\n",
                                        u"FROM a\nRUN x\nRUN y\nRUN more\nCMD z\n");
    QCOMPARE(merge::conflictCount(chunks), 0);
    QCOMPARE(mergedText(chunks), u"FROM A\nRUN x\nRUN y\nRUN more\nCMD z\n"_s);
}

void tst_ThreeWay::changesOfOnePlaceAreAConflict_data()
{
    QTest::addColumn<QString>("mine");
    QTest::addColumn<QString>("theirs");
    QTest::newRow("the same line") << u"a\nM\nc\n"_s << u"a\nT\nc\n"_s;
    QTest::newRow("a line that the other removed") << u"a\nM\nc\n"_s << u"a\nc\n"_s;
    QTest::newRow("two insertions at one place") << u"a\nM\nb\nc\n"_s << u"a\nT\nb\nc\n"_s;
    QTest::newRow("neighbours: what one says may rest on the other") << u"M\nb\nc\n"_s << u"a\nT\nc\n"_s;
}

void tst_ThreeWay::changesOfOnePlaceAreAConflict()
{
    QFETCH(QString, mine);
    QFETCH(QString, theirs);
    const auto chunks = merge::threeWay(u"a\nb\nc\n", mine, theirs);
    QCOMPARE(merge::conflictCount(chunks), 1);
    QCOMPARE(mergedText(chunks, Choice::Mine), mine);
    QCOMPARE(mergedText(chunks, Choice::Theirs), theirs);
}

void tst_ThreeWay::theSameChangeOnBothSidesIsTakenOnce()
{
    const auto chunks = merge::threeWay(u"a\nb\n", u"a\nB\n", u"a\nB\n");
    QCOMPARE(merge::conflictCount(chunks), 0);
    QCOMPARE(mergedText(chunks), u"a\nB\n"_s);
}

void tst_ThreeWay::bothKeepsLinesApart()
{
    const auto chunks = merge::threeWay(u"a\r\nb", u"a\r\nM", u"a\r\nT");
    QCOMPARE(mergedText(chunks, Choice::Both), u"a\r\nM\r\nT"_s);
}

void tst_ThreeWay::whoDidNothingLeavesTheOthersText()
{
    QRandomGenerator random(3);
    for (int i = 0; i < 500; ++i) {
        const QString base = u"a\nb\nc\nd\ne\nf\ng"_s;
        const QString changed = changedText(random, base);
        QCOMPARE(mergedText(merge::threeWay(base, changed, base)), changed);
        QCOMPARE(mergedText(merge::threeWay(base, base, changed)), changed);
        QCOMPARE(merge::conflictCount(merge::threeWay(base, changed, changed)), 0);
    }
}

void tst_ThreeWay::nothingOfEitherTextIsLost()
{
    QRandomGenerator random(5);
    for (int i = 0; i < 3000; ++i) {
        const QString base = u"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"_s;
        const QString mine = changedText(random, base);
        const QString theirs = changedText(random, base);
        const auto chunks = merge::threeWay(base, mine, theirs);
        QCOMPARE(joined(chunks, &Chunk::base), base);
        QCOMPARE(joined(chunks, &Chunk::mine), mine);
        QCOMPARE(joined(chunks, &Chunk::theirs), theirs);
        // The other way round the same runs are in conflict.
        QCOMPARE(merge::conflictCount(merge::threeWay(base, theirs, mine)), merge::conflictCount(chunks));
    }
}

QTEST_APPLESS_MAIN(tst_ThreeWay)
#include "tst_threeway.moc"
