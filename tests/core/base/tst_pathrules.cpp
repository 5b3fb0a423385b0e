// SPDX-License-Identifier: Apache-2.0
#include "base/pathrules.h"

#include <QtTest>

using base::PathPattern;
using base::PathRules;

namespace {

/// Asks as one who walks: each folder above `path` first, its trail handed down.
PathRules::Verdict walkedVerdict(const PathRules &rules, const QByteArray &path)
{
    PathRules::Trail trail;
    for (qsizetype slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        PathRules::Trail own;
        (void)rules.verdict(path.first(slash), trail, &own);
        trail = own;
    }
    return rules.verdict(path, trail);
}

}

class TestPathRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The cases that moby/patternmatcher and Go's path/filepath hold themselves to.
    void onePatternMatchesAsInDocker_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("matched");
        const auto row = [](const char *pattern, const char *path, bool matched) {
            QTest::addRow("%s on %s", pattern, path) << QByteArray(pattern) << QByteArray(path) << matched;
        };
        for (const char *path : {"file", "dir/file", "dir/dir2/file"}) {
            row("**", path, true);
            row("**/**", path, true);
            row("**file", path, true);
            row("**/file", path, true);
            row("**/f*", path, true);
            row("**/?ile", path, true);
        }
        row("dir/**", "dir/dir2/file", true);
        row("dir/**", "dir", false);
        row("**/dir", "dir/file", true);
        row("**/dir2/*", "dir/dir2/file", true);
        row("**/dir2/**", "dir/dir2/dir3/file", true);
        row("**/file*txt", "dir/dir/file.txt", true);
        row("**/file*.txt*", "dir/dir/file.txt", true);
        row("**/**/*.txt", "dir/dir/file.txt", true);
        row("**/**/*.txt", "file.txt", true);
        row("**/**/*.txt2", "dir/dir/file.txt", false);
        row("a**/*.txt", "a/file.txt", true);
        row("a**/*.txt", "a/dir/dir/file.txt", true);
        row("a/*.txt", "a/dir/file.txt", false);
        row("a/*.txt**", "a/file.txt", true);
        row("a[b-d]e", "ace", true);
        row("a[b-d]e", "aae", false);
        row("a[^b-d]e", "aze", true);
        row("abc.def", "abcZdef", false);
        row("abc?def", "abcZdef", true);
        row("abc?def", "abcdef", false);
        row("**/foo/bar", "foo/bar", true);
        row("**/foo/bar", "dir/dir2/foo/bar", true);
        row("**/.foo", "bar.foo", false);
        row("a(b)c/def", "a(b)c/def", true);
        row("a.|)$(}+{bc", "a.|)$(}+{bc", true);
        row("dist/*.whl", "dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl", true);
        row("a\\\\", "a\\", true);
        row("a\\*b", "a*b", true);
        row("a\\*b", "ab", false);
        row("*c", "abc", true);
        row("a*", "ab/c", true);
        row("a*/b", "a/c/b", false);
        row("a*b*c*d*e*/f", "axbxcxdxexxx/f", true);
        row("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false);
        row("a*b?c*x", "abxbbxdbxebxczzx", true);
        row("a*b?c*x", "abxbbxdbxebxczzy", false);
        row("a?b", "a☺b", true);
        row("a???b", "a☺b", false);
        row("*??", "☺", false);
        row("a[^a]b", "a☺b", true);
        row("[a-ζ]*", "α", true);
        row("[\\]a]", "]", true);
        row("[x\\-]", "-", true);
        row("[x\\-]", "z", false);
        row("*x", "xxx", true);
        row("*\\d", "a7", true); // a surprise of the regular expression that it becomes
        row("a***b", "axxb", true);
        row("*.日本", "名.日本", true);
    }
    void onePatternMatchesAsInDocker()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, path);
        PathRules rules;
        QVERIFY(rules.addList({pattern}));
        QTEST(rules.verdict(path).matched, "matched");
        QTEST(walkedVerdict(rules, path).matched, "matched");
    }

    void theLastRuleThatMatchesWins_data()
    {
        QTest::addColumn<QByteArrayList>("rules");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("decides");
        const auto row = [](const QByteArrayList &rules, const char *path, int decides) {
            QTest::newRow(QByteArray(rules.join(" ; ") + " on " + path).constData())
                << rules << QByteArray(path) << decides;
        };
        row({"docs", "!docs/README.md"}, "docs/README.md", 1);
        row({"docs", "!docs/README.md"}, "docs/other", 0);
        row({"docs/*", "!docs/README.md"}, "docs/README.md", 1);
        row({"!fileutils.go", "*.go"}, "fileutils.go", 1);
        row({"**", "!util/docker/web"}, "util/docker/web/foo", 1);
        row({"**", "!util/docker/web", "util/docker/web/foo"}, "util/docker/web/foo", 2);
        row({"*", "!src", "src/gen", "!src/gen/keep"}, "src/gen/keep/x", 3);
        row({" spaced ", "", "./a//b/"}, "a/b/c", 1);
        row({"x"}, "y", -1);
    }
    void theLastRuleThatMatchesWins()
    {
        QFETCH(QByteArrayList, rules);
        QFETCH(QByteArray, path);
        PathRules list;
        QVERIFY(list.addList(rules));
        QTEST(list.verdict(path).rule, "decides");
        QTEST(walkedVerdict(list, path).rule, "decides");
    }

    void patternsThatDockerRefusesAreRefused()
    {
        for (const char *pattern :
             {"[", "a[", "[^bc", "[]a]", "[-]", "[x-]", "[a-b-c]", "\\", "!", "[z-a]"}) {
            QByteArray refused;
            QVERIFY2(!PathRules().addList({"fine", pattern}, &refused), pattern);
            QCOMPARE(refused, QByteArray(pattern));
        }
    }

    void manyStarsTakeNoTime()
    {
        const auto pattern = PathPattern::compiled(QByteArray("*a").repeated(40) + "/**/" +
                                                   QByteArray("*a").repeated(40) + "b");
        QVERIFY(pattern);
        const QByteArray path = QByteArray(2000, 'a') + "/" + QByteArray(2000, 'a') + "/xab";
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!pattern->matches(path));
        QVERIFY2(timer.elapsed() < 2000, "a pattern of an engine that means no good");
    }

    void onlyFoldersThatMayHoldSomethingAreWalked()
    {
        PathRules rules;
        QVERIFY(rules.addList({"src/*.go", "docs/**/x.md", "*.txt"}));
        QVERIFY(rules.mayMatchBelow("src", false));
        QVERIFY(rules.mayMatchBelow("docs/a/b", false));
        QVERIFY(rules.mayMatchBelow("a.txt", false));
        QVERIFY(!rules.mayMatchBelow("src/deep", false));
        QVERIFY(!rules.mayMatchBelow("vendor", false));
        QVERIFY(!rules.mayMatchBelow("src", true));
        QVERIFY(!rules.mayMatchBelow("src", false, 1));
    }

    void pathsAreCleanedAsGoDoes()
    {
        QCOMPARE(base::cleanedPath("./a//b/../c/"), "a/c");
        QCOMPARE(base::cleanedPath("/../a"), "/a");
        QCOMPARE(base::cleanedPath("../../a"), "../../a");
        QCOMPARE(base::cleanedPath("a/.."), ".");
        QCOMPARE(base::cleanedPath(""), ".");
    }
};

QTEST_GUILESS_MAIN(TestPathRules)
#include "tst_pathrules.moc"
