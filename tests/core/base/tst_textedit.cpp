// SPDX-License-Identifier: Apache-2.0
#include "base/textedit.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using base::TextEdit;
using base::TextRange;

namespace {

/// Replacements at random places, none overlapping, added in random order.
TextEdit randomEdit(QRandomGenerator &random, qsizetype length, QChar mark)
{
    std::vector<base::Replacement> parts;
    qsizetype at = 0;
    while (at <= length && parts.size() < 6) {
        const qsizetype start = at + random.bounded(int(length - at) + 1);
        const qsizetype count = random.bounded(int(std::min<qsizetype>(4, length - start)) + 1);
        parts.push_back({{start, count}, QString(random.bounded(4), mark)});
        at = start + count + (count == 0 ? 1 : 0);
    }
    TextEdit edit;
    while (!parts.empty()) {
        const auto chosen = parts.begin() + random.bounded(int(parts.size()));
        edit.replace(chosen->range, chosen->text);
        parts.erase(chosen);
    }
    return edit;
}

QString letters(qsizetype count)
{
    QString text;
    for (qsizetype i = 0; i < count; ++i)
        text += QChar(char16_t(u'A' + i)); // all different, so that each can be found again
    return text;
}

}

class TestTextEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replacementsAreInTermsOfTheTextBefore()
    {
        TextEdit edit;
        edit.replace({8, 3}, u"base"_s);
        edit.insert(0, u"# x\n"_s);
        edit.remove({4, 4});
        QString text = u"FROM abcold"_s;
        edit.applyTo(text);
        QCOMPARE(text, u"# x\nFROMbase"_s);
    }

    void insertionsAtOnePlaceKeepTheOrderOfCalls()
    {
        TextEdit edit;
        edit.insert(1, u"1"_s);
        edit.insert(1, u"2"_s);
        QString text = u"ab"_s;
        edit.applyTo(text);
        QCOMPARE(text, u"a12b"_s);
    }

    void anInsertionBeforeWhatIsRemovedMayComeSecond()
    {
        TextEdit edit;
        edit.remove({1, 2});
        edit.insert(1, u"x"_s);
        QString text = u"abcd"_s;
        const TextEdit inverse = edit.applyTo(text);
        QCOMPARE(text, u"axd"_s);
        inverse.applyTo(text);
        QCOMPARE(text, u"abcd"_s);
    }

    void theInverseReturnsTheVeryText()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < 2000; ++round) {
            const QString before = letters(random.bounded(20));
            const TextEdit edit = randomEdit(random, before.size(), u'.');
            QString text = before;
            const TextEdit inverse = edit.applyTo(text);
            const QString after = text;
            const TextEdit again = inverse.applyTo(text);
            QCOMPARE(text, before);
            again.applyTo(text);
            QCOMPARE(text, after);
        }
    }

    void aMappedRangeHoldsExactlyWhatSurvives()
    {
        QRandomGenerator random(2);
        for (int round = 0; round < 2000; ++round) {
            const QString before = letters(1 + random.bounded(20));
            const TextEdit edit = randomEdit(random, before.size(), u'.');
            QString after = before;
            edit.applyTo(after);

            const qsizetype start = random.bounded(int(before.size()) + 1);
            const TextRange range{start, random.bounded(int(before.size() - start) + 1)};
            const TextRange mapped = edit.mapped(range);
            QVERIFY(mapped.start >= 0 && mapped.length >= 0 && mapped.end() <= after.size());
            for (qsizetype i = 0; i < before.size(); ++i) {
                const qsizetype now = after.indexOf(before[i]);
                if (now >= 0)
                    QCOMPARE(mapped.contains(now), range.contains(i));
            }
        }
    }

    void mappedRanges_data()
    {
        QTest::addColumn<TextRange>("replaced");
        QTest::addColumn<QString>("text");
        QTest::addColumn<TextRange>("range");
        QTest::addColumn<TextRange>("expected");
        QTest::newRow("typed before it") << TextRange{0, 0} << u"xy"_s << TextRange{3, 2} << TextRange{5, 2};
        QTest::newRow("typed behind it") << TextRange{5, 0} << u"xy"_s << TextRange{3, 2} << TextRange{3, 2};
        QTest::newRow("typed at its start")
            << TextRange{3, 0} << u"x"_s << TextRange{3, 2} << TextRange{4, 2};
        QTest::newRow("typed inside") << TextRange{4, 0} << u"x"_s << TextRange{3, 2} << TextRange{3, 3};
        QTest::newRow("its head replaced")
            << TextRange{3, 1} << u"xx"_s << TextRange{3, 3} << TextRange{5, 2};
        QTest::newRow("its tail replaced")
            << TextRange{5, 1} << u"xx"_s << TextRange{3, 3} << TextRange{3, 2};
        QTest::newRow("replaced whole") << TextRange{3, 3} << u"xx"_s << TextRange{3, 3} << TextRange{5, 0};
        QTest::newRow("removed with its neighbours")
            << TextRange{1, 7} << u""_s << TextRange{3, 3} << TextRange{1, 0};
        QTest::newRow("an empty one moves behind what is typed")
            << TextRange{3, 0} << u"x"_s << TextRange{3, 0} << TextRange{4, 0};
    }
    void mappedRanges()
    {
        QFETCH(TextRange, replaced);
        QFETCH(QString, text);
        QFETCH(TextRange, range);
        QFETCH(TextRange, expected);
        QCOMPARE(TextEdit(replaced, text).mapped(range), expected);
    }

    void betweenTurnsOneTextIntoTheOther()
    {
        QRandomGenerator random(3);
        const auto any = [&random] {
            QString text;
            for (int left = random.bounded(8); left > 0; --left)
                text += u"ab\n\U0001F600\U0001F601\xDC80"_s.at(random.bounded(8));
            return text;
        };
        for (int round = 0; round < 5000; ++round) {
            const QString before = any();
            const QString after = any();
            const TextEdit edit = TextEdit::between(before, after);
            QString text = before;
            edit.applyTo(text);
            QCOMPARE(text, after);
            QCOMPARE(edit.isEmpty(), before == after);
            QVERIFY(edit.replacements().size() <= 1);
        }
    }

    void betweenIsSmall_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<TextRange>("range");
        QTest::newRow("one letter typed") << u"FROM alpin"_s << u"FROM alpine"_s << TextRange{10, 0};
        QTest::newRow("one letter of a run typed") << u"aa"_s << u"aaa"_s << TextRange{2, 0};
        QTest::newRow("a word replaced") << u"FROM a AS b"_s << u"FROM cd AS b"_s << TextRange{5, 1};
        QTest::newRow("pairs with a common first half")
            << u"x\U0001F600y"_s << u"x\U0001F601y"_s << TextRange{1, 2};
        QTest::newRow("pairs with a common second half")
            << u"x\U0001F600y"_s << u"x\U0001FA00y"_s << TextRange{1, 2};
        QTest::newRow("a byte that is no UTF-8 stays") << u"a\xDC80"_s << u"b\xDC80"_s << TextRange{0, 1};
    }
    void betweenIsSmall()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(TextRange, range);
        const TextEdit edit = TextEdit::between(before, after);
        QCOMPARE(edit.replacements().size(), std::size_t(1));
        QCOMPARE(edit.replacements().front().range, range);
    }
};

QTEST_APPLESS_MAIN(TestTextEdit)
#include "tst_textedit.moc"
