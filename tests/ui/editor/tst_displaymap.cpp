// SPDX-License-Identifier: Apache-2.0
#include "editor/displaymap.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::DisplayMap;

class TestDisplayMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCharacterIsShownByOneButCrlf_data();
    void everyCharacterIsShownByOneButCrlf();
    void placesTranslateBothWays();
    void aTypedLineEndIsTheFilesOwn_data();
    void aTypedLineEndIsTheFilesOwn();
    void editsKeepTheMapEqualToAFreshOne();
};

void TestDisplayMap::everyCharacterIsShownByOneButCrlf_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("display");
    QTest::newRow("LF is itself") << u"a\nb"_s << u"a\nb"_s;
    QTest::newRow("CRLF is one line end") << u"a\r\nb\r\n"_s << u"a\nb\n"_s;
    QTest::newRow("a lone CR is a line end") << u"a\rb\r\r\nc"_s << u"a\nb\n\nc"_s;
    QTest::newRow("LF before CR is two") << u"a\n\rb"_s << u"a\n\nb"_s;
    QTest::newRow("NBSP and U+2028 stay") << u"a\u00a0b\u2028c"_s << u"a\u00a0b\u2028c"_s;
    QTest::newRow("controls get their pictures") << QString(u"a\0b\x1b\x7f"_s) << u"a\u2400b\u241b\u2421"_s;
    QTest::newRow("what ends a block in Qt does not here") << u"a\u2029b\ufdd0c"_s << u"a\ufffdb\ufffdc"_s;
    QTest::newRow("the BOM is not shown") << u"\ufeffFROM a\r\n"_s << u"FROM a\n"_s;
}

void TestDisplayMap::everyCharacterIsShownByOneButCrlf()
{
    QFETCH(QString, text);
    QFETCH(QString, display);
    const DisplayMap map(text);
    QCOMPARE(map.display({0, map.displayLength()}), display);
    QCOMPARE(map.text(), text);
}

void TestDisplayMap::placesTranslateBothWays()
{
    const DisplayMap map(u"\ufeffa\r\nb\r\nc"_s); // text: BOM 0, a 1, CR 2, LF 3, b 4, CR 5, LF 6, c 7
    const std::vector<qsizetype> expected{1, 2, 4, 5, 7, 8};
    for (size_t display = 0; display < expected.size(); ++display) {
        QCOMPARE(map.toText(qsizetype(display)), expected[display]);
        QCOMPARE(map.toDisplay(expected[display]), qsizetype(display));
    }
    QCOMPARE(map.toDisplay(3), 1); // between CR and LF: before both
    QCOMPARE(map.toDisplay(0), 0);
}

void TestDisplayMap::aTypedLineEndIsTheFilesOwn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("at");
    QTest::addColumn<QString>("lineEnd");
    QTest::newRow("an empty file") << QString() << qsizetype(0) << u"\n"_s;
    QTest::newRow("one line without an end") << u"FROM a"_s << qsizetype(6) << u"\n"_s;
    QTest::newRow("CRLF before") << u"a\r\nb"_s << qsizetype(3) << u"\r\n"_s;
    QTest::newRow("CRLF after, in the first line") << u"a\r\nb"_s << qsizetype(1) << u"\r\n"_s;
    QTest::newRow("mixed: the nearest before wins") << u"a\r\nb\nc"_s << qsizetype(6) << u"\n"_s;
    QTest::newRow("lone CR") << u"a\rb"_s << qsizetype(3) << u"\r"_s;
    QTest::newRow("CR before LF would melt") << u"a\rb\n"_s << qsizetype(3) << u"\r\n"_s;
}

void TestDisplayMap::aTypedLineEndIsTheFilesOwn()
{
    QFETCH(QString, text);
    QFETCH(qsizetype, at);
    QFETCH(QString, lineEnd);
    const auto change = DisplayMap(text).textChange({{at - text.first(at).count(u"\r\n"_s), 0}, u"\n"_s});
    QCOMPARE(change.text, lineEnd);
    QCOMPARE(change.range, (base::TextRange{at, 0}));
}

// Law: after any edit, the map is the one that a fresh reading of the new text gives, and applying the
// reported change to the display before gives the display after.
void TestDisplayMap::editsKeepTheMapEqualToAFreshOne()
{
    const QString alphabet = u"ab\n\r\r\n\u00a0\u2028\u2029\ufeff \t\U0001f680"_s + QChar(0xdc80) + QChar(0);
    QRandomGenerator random(7);
    const auto someText = [&](int longest) {
        QString text;
        for (int i = random.bounded(longest + 1); i > 0; --i)
            text += alphabet[random.bounded(int(alphabet.size()))];
        return text;
    };
    for (int round = 0; round < 3000; ++round) {
        DisplayMap map(someText(30));
        for (int step = 0; step < 8; ++step) {
            QString text = map.text();
            QString display = map.display({0, map.displayLength()});
            const qsizetype start = random.bounded(int(text.size()) + 1);
            const qsizetype length = random.bounded(int(std::min<qsizetype>(4, text.size() - start)) + 1);
            const QString inserted = someText(4);
            const auto shown = map.apply({{start, length}, inserted});

            text.replace(start, length, inserted);
            QCOMPARE(map.text(), text);
            const DisplayMap fresh(text);
            QCOMPARE(map.displayLength(), fresh.displayLength());
            for (qsizetype i = 0; i <= fresh.displayLength(); ++i)
                QCOMPARE(map.toText(i), fresh.toText(i));
            display.replace(shown.range.start, shown.range.length, shown.text);
            QCOMPARE(display, fresh.display({0, fresh.displayLength()}));
        }
    }
}

QTEST_APPLESS_MAIN(TestDisplayMap)
#include "tst_displaymap.moc"
