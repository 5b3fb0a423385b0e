// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/dockerignore.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using dockerfile::DockerIgnore;

class TestDockerIgnore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPathIsLeftOutAsDockerDoes_data()
    {
        QTest::addColumn<QString>("rules");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("excluded");
        const auto row = [](const char *rules, const char *path, bool excluded) {
            QTest::addRow("%s on %s", QByteArray(rules).replace('\n', " ; ").constData(), path)
                << QString::fromUtf8(rules) << QString::fromUtf8(path) << excluded;
        };
        row("**", "dir/file", true);
        row("**/", "file", true);
        row("**/**", "dir/file", true);
        row("dir/**", "dir/dir2/file", true);
        row("dir/**", "dir", false);
        row("**/dir", "dir/file", true);
        row("**/dir", "a/b/dir", true);
        row("**/dir2/*", "dir/dir2/file", true);
        row("**/dir2/**", "dir/dir2/dir3/file", true);
        row("**file", "dir/otherfile", true);
        row("**/file", "dir/otherfile", false);
        row("**/file*txt", "dir/dir/file.txt", true);
        row("**/**/*.txt", "file.txt", true);
        row("**/**/*.txt2", "dir/file.txt", false);
        row("a**/*.txt", "a/dir/dir/file.txt", true);
        row("a**", "abc/d", true);
        row("a/*.txt", "a/dir/file.txt", false);
        row("*", "dir/file", true);
        row("*.go", "main.go", true);
        row("*.go", "cmd/main.go", false);
        row("a[b-d]e", "ace", true);
        row("a[b-d]e", "ae", false);
        row("a[^b-d]e", "aze", true);
        row("[\\]a]", "]", true);
        row(".*", ".git", true);
        row(".*", "foo", false);
        row("abc.def", "abcZdef", false);
        row("abc?def", "abcZdef", true);
        row("a?b", "a/b", false);
        row("a?b", "a☺b", true);
        row("a\\*b", "a*b", true);
        row("a\\*b", "axb", false);
        row("a(b)c/def", "a(b)c/def", true);
        row("a.|)$(}+{bc", "a.|)$(}+{bc", true);
        row("/foo", "foo", true);
        row("./foo/../bar/", "bar/x", true);
        row("  foo  ", "foo", true);
        row("#foo", "#foo", false);
        row(" #foo", "#foo", true);
        row("foo\r", "foo", true);
        row("docs\n!docs/README.md", "docs/README.md", false);
        row("docs\n!docs/README.md", "docs/other.md", true);
        row("!main.go\n*.go", "main.go", true);
        row("*.go\n! main.go", "main.go", false);
        row("**\n!util/docker/web", "util/docker/web/foo", false);
        row("**\n!util/docker/web\nutil/docker/web/foo", "util/docker/web/foo", true);
        row("*\n!*.go\n*_test.go", "a_test.go", true);
        row(".", "file", false);
        row("foo", ".", false);
    }
    void aPathIsLeftOutAsDockerDoes()
    {
        QFETCH(QString, rules);
        QFETCH(QString, path);
        QFETCH(bool, excluded);
        QCOMPARE(DockerIgnore(rules).verdict(path).excluded, excluded);
    }

    void theRuleThatDecidedIsNamed()
    {
        const DockerIgnore ignore(u"# what\n\n*\n!docs\ndocs/private\n");
        QCOMPARE(ignore.rules().size(), size_t(3));
        QCOMPARE(ignore.rules()[1].pattern, u"docs"_s);
        QVERIFY(ignore.rules()[1].negated);
        QCOMPARE(ignore.rules()[2].row, 5);
        QCOMPARE(ignore.verdict(u"docs/a").rule, 1);
        QCOMPARE(ignore.verdict(u"docs/private/b").rule, 2);
        QCOMPARE(DockerIgnore().verdict(u"a").rule, -1);
    }

    void brokenPatternsAreProblems_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char *pattern :
             {"[", "a[", "[^", "[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "\\", "!", "[\\"})
            QTest::newRow(pattern) << QString::fromUtf8(pattern);
    }
    void brokenPatternsAreProblems()
    {
        QFETCH(QString, pattern);
        const DockerIgnore ignore(QString(u"ok\n"_s + pattern));
        QCOMPARE(ignore.rules().size(), size_t(1));
        QCOMPARE(ignore.problems().size(), 1);
        QVERIFY(ignore.problems().front().startsWith(u"row 2: "));
    }

    void onlyFoldersThatMayHoldSomethingAreWalked()
    {
        const DockerIgnore ignore(u"*\n!src/*.go\n!a/**/b\nsecret\n!late\n");
        QVERIFY(ignore.mayReincludeBelow(u"src"));
        QVERIFY(ignore.mayReincludeBelow(u"a"));
        QVERIFY(ignore.mayReincludeBelow(u"a/x/y"));
        QVERIFY(!ignore.mayReincludeBelow(u"node_modules"));
        QVERIFY(!ignore.mayReincludeBelow(u"secret"));
        QVERIFY(!DockerIgnore(u"!src/x\nsrc\n").mayReincludeBelow(u"src"));
        QVERIFY(!DockerIgnore(u"src\n").mayReincludeBelow(u"src"));
    }
};

QTEST_GUILESS_MAIN(TestDockerIgnore)
#include "tst_dockerignore.moc"
