// SPDX-License-Identifier: Apache-2.0
#include "editor/textsearch.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTextSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsMeant_data();
    void findsWhatIsMeant();
    void aBadExpressionSaysWhyAndWhere();
    void anExpressionThatNeverEndsIsGivenUp();
    void replacementsUseWhatWasMatched();
};

void TestTextSearch::findsWhatIsMeant_data()
{
    QTest::addColumn<ui::SearchQuery>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("starts");
    const auto row = [](const char *name, const ui::SearchQuery &query, const QString &text,
                        const QList<int> &starts) { QTest::newRow(name) << query << text << starts; };
    row("case does not matter", {u"run"_s}, u"RUN run"_s, {0, 4});
    row("unless it is asked for", {.pattern = u"run"_s, .matchCase = true}, u"RUN run"_s, {4});
    row("whole words", {.pattern = u"go"_s, .wholeWords = true}, u"golang go gofmt go"_s, {7, 16});
    row("a whole word that starts with no letter", {.pattern = u"$x"_s, .wholeWords = true}, u"$xy $x"_s,
        {4});
    row("signs stand for themselves", {u"a.b"_s}, u"acb a.b"_s, {4});
    row("an expression", {.pattern = u"a.b"_s, .isRegex = true}, u"acb a.b"_s, {0, 4});
    row("starts of rows", {.pattern = u"^R"_s, .isRegex = true}, u"R\nRR\nx"_s, {0, 2});
    row("across rows", {.pattern = u"a\\nb"_s, .isRegex = true}, u"a\nb"_s, {0});
    row("letters of any language", {.pattern = u"ÄPFEL"_s}, u"äpfel"_s, {0});
    row("beside bytes that are no UTF-8", {u"a"_s}, QString(QChar(0xdcff) + u"a"_s), {1});
}

void TestTextSearch::findsWhatIsMeant()
{
    QFETCH(ui::SearchQuery, query);
    QFETCH(QString, text);
    QFETCH(QList<int>, starts);
    const auto expression = ui::searchExpression(query);
    QVERIFY(expression);
    QList<int> found;
    for (const auto &hit : ui::findAll(*expression, text, {0, text.size()}).ranges)
        found.append(int(hit.start));
    QCOMPARE(found, starts);
}

void TestTextSearch::aBadExpressionSaysWhyAndWhere()
{
    const auto expression = ui::searchExpression({.pattern = u"a(b"_s, .wholeWords = true, .isRegex = true});
    QVERIFY(!expression);
    QVERIFY2(expression.error().message.endsWith(u"at character 3"), qPrintable(expression.error().message));
}

void TestTextSearch::anExpressionThatNeverEndsIsGivenUp()
{
    const auto expression = ui::searchExpression({.pattern = u"(a+)+$"_s, .isRegex = true});
    QVERIFY(expression);
    const QString text = QString(40, u'a') + u"!"_s;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(ui::findAll(*expression, text, {0, text.size()}).gaveUp);
    QVERIFY(timer.elapsed() < 10000);
}

void TestTextSearch::replacementsUseWhatWasMatched()
{
    const ui::SearchQuery query{.pattern = u"(\\w)=(\\w)"_s, .isRegex = true};
    const auto match = ui::searchExpression(query)->match(u"a=b"_s);
    QCOMPARE(ui::replacementText(query, match, u"$2=\\1\\n\\\\\\$\\0"_s), u"b=a\n\\$a=b"_s);
    QCOMPARE(ui::replacementText({u"a"_s}, match, u"\\1$2"_s), u"\\1$2"_s);
}

QTEST_MAIN(TestTextSearch)
#include "tst_textsearch.moc"
