// SPDX-License-Identifier: Apache-2.0
// Our reading of bake files against what the real `docker buildx bake --print` printed (tests/data/bake).
#include "bake/print.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

struct Question
{
    QStringList files;
    QStringList overrides;
    QStringList targets;
};

Question questionOf(const QStringList &arguments)
{
    Question question;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments.at(i) == "--set"_L1)
            question.overrides.append(arguments.value(++i));
        else if (arguments.at(i) == "-f"_L1)
            question.files.append(arguments.value(++i));
        else
            question.targets.append(arguments.at(i));
    }
    return question;
}

base::Result<bake::Resolved> answer(const QString &folder, const Question &question,
                                    const QProcessEnvironment &environment)
{
    const auto sources =
        question.files.isEmpty() ? bake::findSources(folder) : bake::readSources(folder, question.files);
    if (!sources)
        return std::unexpected(sources.error());
    const auto file = bake::evaluate(*sources, folder, environment);
    if (!file)
        return std::unexpected(file.error());
    return bake::resolve(*file, question.targets, question.overrides);
}

base::Result<bake::Resolved> resolved(const QString &hcl, const QStringList &targets = {},
                                      const QStringList &overrides = {})
{
    const auto file = bake::evaluate({{u"docker-bake.hcl"_s, hcl}}, {}, {});
    if (!file)
        return std::unexpected(file.error());
    return bake::resolve(*file, targets, overrides);
}

}

class tst_BakePrint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCasePrintsWhatBuildxPrints_data();
    void everyCasePrintsWhatBuildxPrints();
    void whatCannotBeBuiltIsRefusedInASentence_data();
    void whatCannotBeBuiltIsRefusedInASentence();
    void targetsThatOthersNeedAreBuiltFirst();
    void aMissingBakeFileNamesTheFolder();
};

void tst_BakePrint::everyCasePrintsWhatBuildxPrints_data()
{
    QTest::addColumn<QString>("expected");
    QDirIterator files(QStringLiteral(TEST_DATA_DIR "/bake"), {u"*.expected.json"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QTest::newRow(qUtf8Printable(path.section(u'/', -2).section(u'.', 0, 0))) << path;
    }
}

void tst_BakePrint::everyCasePrintsWhatBuildxPrints()
{
    QFETCH(QString, expected);
    QString stem = expected;
    stem.chop(QStringLiteral(".expected.json").size());
    QProcessEnvironment environment;
    for (const auto &line : linesOf(stem + u".environment"_s))
        environment.insert(line.section(u'=', 0, 0), line.section(u'=', 1));
    const auto got =
        answer(QFileInfo(expected).absolutePath(), questionOf(linesOf(stem + u".arguments"_s)), environment);
    QVERIFY2(got, got ? "" : qUtf8Printable(got.error().text()));
    QFile file(expected);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList wanted = QString::fromUtf8(file.readAll()).split(u'\n');
    const QStringList printed = bake::printed(*got).split(u'\n');
    for (qsizetype i = 0; i < std::min(wanted.size(), printed.size()); ++i) {
        const QString what =
            u"line %1: %2"_s.arg(i + 1).arg(wanted.mid(std::max<qsizetype>(i - 2, 0), 3).join(u' '));
        QVERIFY2(printed.at(i) == wanted.at(i), qUtf8Printable(u"%1, not %2"_s.arg(what, printed.at(i))));
    }
    QCOMPARE(printed.size(), wanted.size());
}

void tst_BakePrint::whatCannotBeBuiltIsRefusedInASentence_data()
{
    QTest::addColumn<QString>("hcl");
    QTest::addColumn<QString>("override");
    QTest::addColumn<QString>("words");
    const QString one = u"target \"default\" {}\n"_s;
    QTest::newRow("inherits in a circle")
        << u"target \"default\" {\n inherits = [\"b\"]\n}\ntarget \"b\" {\n inherits = [\"default\"]\n}\n"_s
        << QString() << u"inherits from itself"_s;
    QTest::newRow("inherits from nobody")
        << u"target \"default\" {\n inherits = [\"b\"]\n}\n"_s << QString() << u"\"b\", which is not there"_s;
    QTest::newRow("groups in a circle")
        << u"group \"default\" {\n targets = [\"a\"]\n}\ngroup \"a\" {\n targets = [\"default\"]\n}\n"_s
        << QString() << u"holds itself"_s;
    QTest::newRow("contexts in a circle")
        << u"target \"default\" {\n contexts = { b = \"target:b\" }\n}\ntarget \"b\" {\n contexts = { a = \"target:default\" }\n}\n"_s
        << QString() << u"lead back"_s;
    QTest::newRow("a target that is not there")
        << u"group \"default\" {\n targets = [\"x\"]\n}\n"_s << QString() << u"no target \"x\""_s;
    QTest::newRow("an override of nothing") << one << u"x.tags=a"_s << u"no target matches \"x\""_s;
    QTest::newRow("an override without a value") << one << u"default.tags"_s << u"no override"_s;
    QTest::newRow("an unknown key") << one << u"default.colour=red"_s << u"nothing called \"colour\""_s;
    QTest::newRow("a flag that is neither") << one << u"default.pull=maybe"_s << u"neither true nor false"_s;
    QTest::newRow("platforms that do not fit")
        << u"target \"default\" {\n platforms = [\"a\", \"b\"]\n contexts = { x = \"target:x\" }\n}\ntarget \"x\" {\n platforms = [\"a\", \"c\"]\n}\n"_s
        << QString() << u"not built for"_s;
}

void tst_BakePrint::whatCannotBeBuiltIsRefusedInASentence()
{
    QFETCH(QString, hcl);
    QFETCH(QString, override);
    QFETCH(QString, words);
    const auto got = resolved(hcl, {}, override.isEmpty() ? QStringList() : QStringList{override});
    QVERIFY(!got);
    QVERIFY2(got.error().text().contains(words), qUtf8Printable(got.error().text()));
}

void tst_BakePrint::targetsThatOthersNeedAreBuiltFirst()
{
    const auto got = resolved(u"target \"a\" {\n contexts = { x = \"target:z\" }\n}\n"
                              "target \"z\" {\n contexts = { x = \"target:m\" }\n}\ntarget \"m\" {}\n"_s,
                              {u"a"_s});
    QVERIFY(got);
    QCOMPARE(bake::buildOrder(*got), QStringList({u"m"_s, u"z"_s, u"a"_s}));
    QCOMPARE(got->linked, QStringList({u"z"_s, u"m"_s}));
}

void tst_BakePrint::aMissingBakeFileNamesTheFolder()
{
    QTemporaryDir folder;
    const auto none = bake::findSources(folder.path());
    QVERIFY(!none);
    QCOMPARE(none.error().where, folder.path());
    QVERIFY(!bake::readSources(folder.path(), {u"other.hcl"_s}));
}

QTEST_GUILESS_MAIN(tst_BakePrint)
#include "tst_bakeprint.moc"
