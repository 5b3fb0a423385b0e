// SPDX-License-Identifier: Apache-2.0
#include "bake/bakefile.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

base::Result<bake::BakeFile> read(const QString &hcl, const QProcessEnvironment &environment = {})
{
    return bake::evaluate({{u"docker-bake.hcl"_s, hcl}}, {}, environment);
}

// The value of one expression, as an argument of a build gets it.
QString valueOf(const QString &expression)
{
    const auto file = read(u"target \"t\" {\n  args = { v = "_s + expression + u" }\n}\n"_s);
    if (!file)
        return u"error: "_s + file.error().text();
    return file->targets.front().arguments.value(u"v"_s).value_or(u"null"_s);
}

}

class tst_Hcl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressionsHaveTheirValues_data();
    void expressionsHaveTheirValues();
    void mistakesAreNamedWithTheirLine_data();
    void mistakesAreNamedWithTheirLine();
    void theEnvironmentOverridesVariablesByTheirType();
    void variablesAreListedWithTheirValues();
    void noPrefixAndNoNoiseEndsTheProgram();
    void jsonSaysWhatHclSays();
};

void tst_Hcl::expressionsHaveTheirValues_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *why, const QString &expression, const QString &value) {
        QTest::newRow(why) << expression << value;
    };
    row("times before plus", u"1 + 2 * 3"_s, u"7"_s);
    row("parentheses over lines", u"(1 +\n 2) * 3"_s, u"9"_s);
    row("from the left", u"10 - 2 - 3"_s, u"5"_s);
    row("a fraction", u"7 / 2"_s, u"3.5"_s);
    row("a negative number", u"-3 + 1"_s, u"-2"_s);
    row("and before or", u"true || false && false"_s, u"true"_s);
    row("not", u"!false"_s, u"true"_s);
    row("a conditional within another", u"false ? 1 : true ? 2 : 3"_s, u"2"_s);
    row("text with escapes", u"\"a\\tb\\\"\\u00fc\\\\\""_s, u"a\tb\"ü\\"_s);
    row("a template that is no template", u"\"$${x} %%{y} $x\""_s, u"${x} %{y} $x"_s);
    row("a template within another", u"\"a-${\"b-${1 + 1}\"}\""_s, u"a-b-2"_s);
    row("a number that stays one", u"\"${1}\" + 1"_s, u"2"_s);
    row("a key of a map", u"{ a = { \"b-c\" = 5 } }.a[\"b-c\"]"_s, u"5"_s);
    row("an element of a list", u"[1, 2, 3,][1]"_s, u"2"_s);
    row("a name with a dash", u"{ a-b = 1 }.a-b"_s, u"1"_s);
    row("a list made from another", u"join(\",\", [for v in [1, 2, 3] : v * v if v != 2])"_s, u"1,9"_s);
    row("a map made from a list", u"{ for k in [\"x\"] : k => upper(k) }.x"_s, u"X"_s);
    row("arguments from a list", u"max([1, 5, 3]...)"_s, u"5"_s);
    row("something else where it fails", u"try(nobody, \"else\")"_s, u"else"_s);
    row("whether it fails", u"can(1 / 0)"_s, u"false"_s);
    row("a large number", u"12345678901234"_s, u"12345678901234"_s);
    row("a number with an exponent", u"1.5e3"_s, u"1500"_s);
    row("equality of lists", u"[1, \"a\"] == [1, \"a\"]"_s, u"true"_s);
    row("null", u"null"_s, u"null"_s);
}

void tst_Hcl::expressionsHaveTheirValues()
{
    QFETCH(QString, expression);
    QTEST(valueOf(expression), "value");
}

void tst_Hcl::mistakesAreNamedWithTheirLine_data()
{
    QTest::addColumn<QString>("hcl");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *why, const QString &hcl, int line, const QString &words) {
        QTest::newRow(why) << hcl << u"docker-bake.hcl:%1"_s.arg(line) << words;
    };
    row("a block that is not closed", u"target \"a\" {\n  tags = []\n"_s, 3, u"not closed"_s);
    row("a string that is not closed", u"target \"a\" {\n  context = \"x\n}\n"_s, 2, u"not closed"_s);
    row("a list without a comma", u"target \"a\" {\n  tags = [\"a\" \"b\"]\n}\n"_s, 2, u"comma"_s);
    row("a value that is missing", u"target \"a\" {\n  context =\n}\n"_s, 2, u"missing"_s);
    row("a heredoc that is not closed", u"target \"a\" {\n  context = <<E\nx\n}\n"_s, 2, u"<<E"_s);
    row("a variable that nobody declares", u"target \"a\" {\n\n  context = X\n}\n"_s, 3, u"variable \"X\""_s);
    row("a variable that depends on itself", u"variable \"A\" {\n  default = A\n}\n"_s, 2, u"on itself"_s);
    row("a target that depends on itself", u"target \"a\" {\n  tags = target.a.tags\n}\n"_s, 2,
        u"on itself"_s);
    row("a function that is none", u"target \"a\" {\n  context = nix(1)\n}\n"_s, 2, u"function \"nix\""_s);
    row("a function's wrong argument", u"target \"a\" {\n  context = upper([])\n}\n"_s, 2,
        u"should be a string"_s);
    row("an argument that a target has not", u"target \"a\" {\n  colour = 1\n}\n"_s, 2, u"colour"_s);
    row("a block that a file has not", u"resource \"a\" {\n}\n"_s, 1, u"resource"_s);
    row("a list where text should be", u"target \"a\" {\n  context = []\n}\n"_s, 2, u"a list stands"_s);
    row("text where a list should be", u"target \"a\" {\n  tags = \"x\"\n}\n"_s, 2, u"in brackets"_s);
    row("a directive", u"target \"a\" {\n  context = \"%{if true}x%{endif}\"\n}\n"_s, 2, u"directives"_s);
    row("a matrix with one name for all", u"target \"a\" {\n  matrix = { v = [1, 2] }\n  name = \"b\"\n}\n"_s,
        3, u"two targets"_s);
    row("a name without a matrix", u"target \"a\" {\n  name = \"b\"\n}\n"_s, 2, u"wants a matrix"_s);
    row("an argument set twice", u"target \"a\" {\n  context = 1\n  context = 2\n}\n"_s, 3, u"twice"_s);
    row("a variable that is not valid",
        u"variable \"V\" {\n  default = 1\n  validation {\n    condition = V > 2\n    error_message = \"too small\"\n  }\n}\n"_s,
        4, u"too small"_s);
    row("a target's impossible name", u"target \"a.b\" {\n}\n"_s, 1, u"letters, digits"_s);
    row("a secret's unknown field", u"target \"a\" {\n  secret = [\"id=x,sauce=y\"]\n}\n"_s, 2, u"sauce"_s);
}

void tst_Hcl::mistakesAreNamedWithTheirLine()
{
    QFETCH(QString, hcl);
    QFETCH(QString, words);
    const auto file = read(hcl);
    QVERIFY(!file);
    QTEST(file.error().where, "where");
    QVERIFY2(file.error().text().contains(words), qUtf8Printable(file.error().text()));
}

void tst_Hcl::theEnvironmentOverridesVariablesByTheirType()
{
    const QString hcl =
        u"variable \"N\" {\n  default = 1\n}\nvariable \"B\" {\n  default = false\n}\n"
        "variable \"S\" {}\nvariable \"L\" {\n  type = list(string)\n  default = []\n}\n"
        "target \"t\" {\n  args = { n = N + 1, b = B ? 1 : 2, s = S, l = join(\"-\", L) }\n}\n"_s;
    QProcessEnvironment environment;
    const auto arguments = [&] {
        const auto file = read(hcl, environment);
        return file ? file->targets.front().arguments : bake::Target::Texts{{file.error().text(), {}}};
    };
    QCOMPARE(arguments(),
             bake::Target::Texts({{u"n"_s, u"2"_s}, {u"b"_s, u"2"_s}, {u"s"_s, u""_s}, {u"l"_s, u""_s}}));
    environment.insert(u"N"_s, u"41"_s);
    environment.insert(u"B"_s, u"true"_s);
    environment.insert(u"S"_s, u"x"_s);
    environment.insert(u"L"_s, u"a,\"b,c\""_s);
    QCOMPARE(arguments(), bake::Target::Texts(
                              {{u"n"_s, u"42"_s}, {u"b"_s, u"1"_s}, {u"s"_s, u"x"_s}, {u"l"_s, u"a-b,c"_s}}));
    environment.insert(u"N"_s, u"many"_s);
    const auto file = read(hcl, environment);
    QVERIFY(!file && file.error().text().contains(u"N=many"));
}

void tst_Hcl::variablesAreListedWithTheirValues()
{
    const auto file = read(
        u"variable \"A\" {\n  default = \"x\"\n  description = \"the tag\"\n}\nvariable \"L\" {\n  default = [1]\n}\n"_s);
    QVERIFY(file);
    const std::vector<bake::Variable> expected{{u"A"_s, u"x"_s, u"the tag"_s}, {u"L"_s, u"[1]"_s, {}}};
    QCOMPARE(file->variables, expected);
}

void tst_Hcl::noPrefixAndNoNoiseEndsTheProgram()
{
    const QString text =
        u"variable \"A\" {\n default = <<-E\n  x${upper(\"a\")}\n  E\n}\nfunction \"f\" {\n params = [a]\n "
        "result = [for x in [a]: {k = x[*].y}] \n}\n# c\ntarget \"t\" { matrix = {a=[1]}\n tags = f(1...) }\n"_s;
    for (qsizetype length = 0; length <= text.size(); ++length) {
        (void)read(text.first(length));
        (void)read(text.sliced(length));
        (void)bake::evaluate({{u"x.json"_s, text.sliced(length)}}, {}, {});
    }
    const QString deep = u"target \"a\" {\n context = "_s;
    QVERIFY(!read(deep + QString(100'000, u'(')));
    QVERIFY(!read(deep + QString(100'000, u'[')));
    QVERIFY(!read(deep + QString(100'000, u'!')));
    QVERIFY(!read(deep + u"\"${"_s.repeated(10'000)));
    QVERIFY(!read(u"a {"_s.repeated(10'000)));
    QVERIFY(!bake::evaluate({{u"x.json"_s, QString(100'000, u'[')}}, {}, {}));
}

void tst_Hcl::jsonSaysWhatHclSays()
{
    const QString json =
        u"{\"variable\": {\"V\": {\"default\": \"1\"}}, \"target\": {\"t\": {\"name\": \"t-${k}\","
        "\"matrix\": {\"k\": [\"a\", \"b\"]}, \"tags\": [\"x:${V}-${upper(k)}\"]}},"
        "\"function\": {\"f\": {\"params\": [\"p\"], \"result\": \"<${p}>\"}}}"_s;
    const auto file = bake::evaluate({{u"docker-bake.json"_s, json}}, {}, {});
    QVERIFY2(file, file ? "" : qUtf8Printable(file.error().text()));
    QCOMPARE(file->targets.size(), 2u);
    QCOMPARE(file->targets.at(1).tags, QStringList{u"x:1-B"_s});
    QCOMPARE(file->group(u"t")->targets, QStringList({u"t-a"_s, u"t-b"_s}));
}

QTEST_GUILESS_MAIN(tst_Hcl)
#include "tst_hcl.moc"
