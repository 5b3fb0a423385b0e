// SPDX-License-Identifier: Apache-2.0
#include "bake/composefile.h"

#include "bake/composeinterpolation.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QProcessEnvironment environment()
{
    QProcessEnvironment environment;
    environment.insert(u"SET"_s, u"x"_s);
    environment.insert(u"EMPTY"_s, u""_s);
    return environment;
}

base::Result<bake::BakeFile> read(const QStringList &texts)
{
    std::vector<bake::SourceText> files;
    for (const auto &text : texts)
        files.push_back({u"compose.yaml"_s, text});
    return bake::targetsOfCompose(files, {}, environment());
}

}

class tst_ComposeFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void variablesAreReplaced_data();
    void variablesAreReplaced();
    void filesAreMergedServiceByService();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void aliasesThatExplodeEndInASentence();
    void dotEnvAddsWhatIsNotSet();
};

void tst_ComposeFile::variablesAreReplaced_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    QTest::newRow("plain") << u"a$SET-${SET}"_s << u"ax-x"_s;
    QTest::newRow("unset") << u"[${NO}]"_s << u"[]"_s;
    QTest::newRow("default when unset") << u"${NO-d}${EMPTY-d}"_s << u"d"_s;
    QTest::newRow("default when empty") << u"${EMPTY:-d}"_s << u"d"_s;
    QTest::newRow("a default with a variable") << u"${NO:-${SET}y}"_s << u"xy"_s;
    QTest::newRow("instead") << u"${SET:+i}${EMPTY:+i}"_s << u"i"_s;
    QTest::newRow("a dollar") << u"$$SET"_s << u"$SET"_s;
    QTest::newRow("what must be there")
        << u"${NO:?give it}"_s << u"error: the variable NO is missing: give it"_s;
    QTest::newRow("not closed") << u"${NO"_s << u"error: \"${\" is not closed in \"${NO\""_s;
}

void tst_ComposeFile::variablesAreReplaced()
{
    QFETCH(QString, text);
    const auto value = bake::interpolated(text, environment());
    QTEST(value ? *value : QString(u"error: "_s + value.error()), "value");
}

void tst_ComposeFile::filesAreMergedServiceByService()
{
    const auto file =
        read({u"services:\n  a:\n    build: ./x\n"_s,
              u"services:\n  a:\n    build:\n      args: [Z=1]\n      tags: [t]\n  b: {image: i}\n"_s});
    QVERIFY(file);
    QCOMPARE(file->targets.size(), 1u);
    QCOMPARE(file->targets.front().context, u"x"_s);
    QCOMPARE(file->targets.front().arguments.value(u"Z"_s), u"1"_s);
    QCOMPARE(file->group(u"default")->targets, QStringList{u"a"_s});
}

void tst_ComposeFile::mistakesAreNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no YAML") << u"services:\n  a: [\n"_s << u"no YAML"_s;
    QTest::newRow("no services") << u"version: 3\n"_s << u"compose.yaml:1"_s;
    QTest::newRow("include") << u"include: [b.yaml]\nservices: {}\n"_s << u"include"_s;
    QTest::newRow("extends") << u"services:\n  a:\n    extends: {service: b}\n"_s << u"compose.yaml:3"_s;
    QTest::newRow("a secret that is not declared")
        << u"services:\n  a:\n    build: {context: ., secrets: [s]}\n"_s << u"\"s\" is not declared"_s;
    QTest::newRow("a size that is none")
        << u"services:\n  a:\n    build: {context: ., shm_size: big}\n"_s << u"\"big\""_s;
    QTest::newRow("a missing variable")
        << u"services:\n  a:\n    build: ${NO:?why}\n"_s << u"compose.yaml:3"_s;
}

void tst_ComposeFile::mistakesAreNamed()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const auto file = read({text});
    QVERIFY(!file);
    QVERIFY2(file.error().text().contains(words), qUtf8Printable(file.error().text()));
}

void tst_ComposeFile::aliasesThatExplodeEndInASentence()
{
    QString text = u"services:\n  s:\n    build:\n      a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"_s;
    for (int i = 1; i < 9; ++i) {
        const QString before = u"*a%1"_s.arg(i - 1);
        text += u"      a%1: &a%1 [%2]\n"_s.arg(i).arg(QStringList(10, before).join(u','));
    }
    QVERIFY(!read({text}));
}

void tst_ComposeFile::dotEnvAddsWhatIsNotSet()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u".env"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# c\nSET=other\nA=1 # one\nexport B=\"b\\n$A\"\nC='$A'\n");
    file.close();
    const auto all = bake::withDotEnv(environment(), folder.path());
    QCOMPARE(all.value(u"SET"_s), u"x"_s);
    QCOMPARE(all.value(u"A"_s), u"1"_s);
    QCOMPARE(all.value(u"B"_s), u"b\n1"_s);
    QCOMPARE(all.value(u"C"_s), u"$A"_s);
}

QTEST_GUILESS_MAIN(tst_ComposeFile)
#include "tst_composefile.moc"
