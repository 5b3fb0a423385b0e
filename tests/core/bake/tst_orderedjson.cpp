// SPDX-License-Identifier: Apache-2.0
#include "bake/orderedjson.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_OrderedJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderAndNumbersAreKept();
    void textIsEscapedAsGoDoes();
    void whatIsNoJsonIsNamedWithItsLine_data();
    void whatIsNoJsonIsNamedWithItsLine();
};

void tst_OrderedJson::orderAndNumbersAreKept()
{
    const auto json = bake::parseJson(u" {\"b\":1.50,\"a\":[],\"c\":{},\"d\":[true,null,-0e+5]} "_s, {});
    QVERIFY(json);
    QCOMPARE(bake::compactJsonText(*json), u"{\"b\":1.50,\"a\":[],\"c\":{},\"d\":[true,null,-0e+5]}"_s);
}

void tst_OrderedJson::textIsEscapedAsGoDoes()
{
    const auto json = bake::parseJson(u"\"\\u003c&\\n\\u2028\\ud83d\\ude00\\/\\u0001\\u007f\""_s, {});
    QVERIFY(json);
    QCOMPARE(json->text, u"<&\n\u2028😀/\u0001\u007f"_s);
    QCOMPARE(bake::compactJsonText(*json), u"\"\\u003c\\u0026\\n\\u2028😀/\\u0001\u007f\""_s);
}

void tst_OrderedJson::whatIsNoJsonIsNamedWithItsLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("nothing") << QString() << 1;
    QTest::newRow("a key without quotes") << u"{\n a: 1}"_s << 2;
    QTest::newRow("a comma too many") << u"[1,\n]"_s << 2;
    QTest::newRow("more than one value") << u"{}\n\n{}"_s << 3;
    QTest::newRow("a string over lines") << u"\"a\nb\""_s << 1;
    QTest::newRow("an escape that is none") << u"\"\\x\""_s << 1;
    QTest::newRow("half an escape") << u"\"\\u00"_s << 1;
}

void tst_OrderedJson::whatIsNoJsonIsNamedWithItsLine()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    const auto json = bake::parseJson(text, u"f"_s);
    QVERIFY(!json);
    QCOMPARE(json.error().where, u"f:%1"_s.arg(line));
}

QTEST_GUILESS_MAIN(tst_OrderedJson)
#include "tst_orderedjson.moc"
