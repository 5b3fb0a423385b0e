// SPDX-License-Identifier: Apache-2.0
#include "core/language/placed.h"
#include "language/dropfiles.h"
#include "language/folding.h"
#include "language/outline.h"
#include "language/rowedits.h"

#include <QTest>

using namespace language;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(language::Rows)

namespace {

// The text after the edit; the inverse is tried on the way.
QString applied(const QString &text, const base::TextEdit &edit)
{
    QString after = text;
    QString back = text;
    const base::TextEdit inverse = edit.applyTo(after);
    edit.applyTo(back);
    inverse.applyTo(back);
    return back == text ? after : u"the inverse is wrong"_s;
}

}

class TestRowEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commentsComeAndGo_data();
    void commentsComeAndGo();
    void rowsMoveAndLineEndsStay_data();
    void rowsMoveAndLineEndsStay();
    void rowsAreDoubledBelow_data();
    void rowsAreDoubledBelow();
    void indentsFollowTheFile_data();
    void indentsFollowTheFile();
    void aNewRowKnowsItsIndent_data();
    void aNewRowKnowsItsIndent();
    void lineEndsAreMadeTheSame();
    void droppedFilesBecomeACopy_data();
    void droppedFilesBecomeACopy();
    void droppingIsRefusedWithTheReason_data();
    void droppingIsRefusedWithTheReason();
    void partsOfAFileFold_data();
    void partsOfAFileFold();
    void theOutlineNamesStagesAndInstructions();
};

void TestRowEdits::commentsComeAndGo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Rows>("rows");
    QTest::addColumn<QString>("after");
    QTest::newRow("one row") << u"FROM a\nRUN b\n"_s << Rows{2, 2} << u"FROM a\n# RUN b\n"_s;
    QTest::newRow("taken away again") << u"FROM a\n# RUN b\n"_s << Rows{2, 2} << u"FROM a\nRUN b\n"_s;
    QTest::newRow("without its blank") << u"#RUN b"_s << Rows{1, 1} << u"RUN b"_s;
    QTest::newRow("at the least indent, around empty rows")
        << u"  RUN a \\\n    b\n\n  RUN c\n"_s << Rows{1, 4} << u"  # RUN a \\\n  #   b\n\n  # RUN c\n"_s;
    QTest::newRow("some are comments: all become ones, so that it can be taken back")
        << u"# a\nRUN b\n"_s << Rows{1, 2} << u"# # a\n# RUN b\n"_s;
    QTest::newRow("indented comments") << u"  # a\n    # b\n"_s << Rows{1, 2} << u"  a\n    b\n"_s;
    QTest::newRow("empty rows alone") << u"\n\n"_s << Rows{1, 2} << u"\n\n"_s;
    QTest::newRow("CRLF and a byte order mark")
        << u"\ufeffFROM a\r\nRUN b\r\n"_s << Rows{1, 2} << u"\ufeff# FROM a\r\n# RUN b\r\n"_s;
    QTest::newRow("past the end") << u"FROM a\n"_s << Rows{2, 5} << u"FROM a\n"_s;
}

void TestRowEdits::commentsComeAndGo()
{
    QFETCH(QString, text);
    QFETCH(Rows, rows);
    QFETCH(QString, after);
    const RowEdit edit = toggleComment(dockerfile::parse(text), rows);
    QCOMPARE(applied(text, edit.edit), after);
    QCOMPARE(edit.rows, rows);
}

void TestRowEdits::rowsMoveAndLineEndsStay_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Rows>("rows");
    QTest::addColumn<bool>("up");
    QTest::addColumn<QString>("after");
    QTest::addColumn<Rows>("then");
    QTest::newRow("down") << u"a\nb\nc\n"_s << Rows{1, 1} << false << u"b\na\nc\n"_s << Rows{2, 2};
    QTest::newRow("up") << u"a\nb\nc\n"_s << Rows{3, 3} << true << u"a\nc\nb\n"_s << Rows{2, 2};
    QTest::newRow("two of them") << u"a\nb\nc\n"_s << Rows{1, 2} << false << u"c\na\nb\n"_s << Rows{2, 3};
    QTest::newRow("into the last row, which has no line end")
        << u"a\nb"_s << Rows{1, 1} << false << u"b\na"_s << Rows{2, 2};
    QTest::newRow("mixed line ends") << u"a\r\nb\nc"_s << Rows{3, 3} << true << u"a\r\nc\nb"_s << Rows{2, 2};
    QTest::newRow("the first cannot go up") << u"a\nb\n"_s << Rows{1, 1} << true << u"a\nb\n"_s << Rows{1, 1};
    QTest::newRow("the last cannot go down")
        << u"a\nb\n"_s << Rows{2, 2} << false << u"a\nb\n"_s << Rows{2, 2};
    QTest::newRow("behind a byte order mark")
        << u"\ufeffa\nb\n"_s << Rows{2, 2} << true << u"\ufeffb\na\n"_s << Rows{1, 1};
    QTest::newRow("an empty file") << QString() << Rows{1, 1} << true << QString() << Rows{1, 1};
}

void TestRowEdits::rowsMoveAndLineEndsStay()
{
    QFETCH(QString, text);
    QFETCH(Rows, rows);
    QFETCH(bool, up);
    QFETCH(QString, after);
    QFETCH(Rows, then);
    const RowEdit edit = moveRows(dockerfile::parse(text), rows, up ? Direction::Up : Direction::Down);
    QCOMPARE(applied(text, edit.edit), after);
    QCOMPARE(edit.rows, then);
}

void TestRowEdits::rowsAreDoubledBelow_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Rows>("rows");
    QTest::addColumn<QString>("after");
    QTest::addColumn<Rows>("then");
    QTest::newRow("one") << u"a\nb\n"_s << Rows{1, 1} << u"a\na\nb\n"_s << Rows{2, 2};
    QTest::newRow("two") << u"a\nb\nc\n"_s << Rows{1, 2} << u"a\nb\na\nb\nc\n"_s << Rows{3, 4};
    QTest::newRow("the last, without a line end")
        << u"a\r\nb"_s << Rows{2, 2} << u"a\r\nb\r\nb"_s << Rows{3, 3};
    QTest::newRow("the only one, without a line end") << u"a"_s << Rows{1, 1} << u"a\na"_s << Rows{2, 2};
    QTest::newRow("without the byte order mark")
        << u"\ufeffa\n"_s << Rows{1, 1} << u"\ufeffa\na\n"_s << Rows{2, 2};
    QTest::newRow("the row after the last line end") << u"a\n"_s << Rows{2, 2} << u"a\n"_s << Rows{2, 2};
}

void TestRowEdits::rowsAreDoubledBelow()
{
    QFETCH(QString, text);
    QFETCH(Rows, rows);
    QFETCH(QString, after);
    QFETCH(Rows, then);
    const RowEdit edit = duplicateRows(dockerfile::parse(text), rows);
    QCOMPARE(applied(text, edit.edit), after);
    QCOMPARE(edit.rows, then);
}

void TestRowEdits::indentsFollowTheFile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Rows>("rows");
    QTest::addColumn<bool>("in");
    QTest::addColumn<QString>("after");
    QTest::newRow("four blanks without an example")
        << u"RUN a\n\nRUN b\n"_s << Rows{1, 3} << true << u"    RUN a\n\n    RUN b\n"_s;
    QTest::newRow("as the file has it")
        << u"RUN a \\\n  b\nRUN c"_s << Rows{3, 3} << true << u"RUN a \\\n  b\n  RUN c"_s;
    QTest::newRow("tabs") << u"RUN a \\\n\tb\nRUN c"_s << Rows{3, 3} << true << u"RUN a \\\n\tb\n\tRUN c"_s;
    QTest::newRow("back") << u"RUN a \\\n  b\n    c"_s << Rows{2, 3} << false << u"RUN a \\\nb\n  c"_s;
    QTest::newRow("back less than a whole step")
        << u" a\n\tb\nc\n"_s << Rows{1, 3} << false << u"a\nb\nc\n"_s;
}

void TestRowEdits::indentsFollowTheFile()
{
    QFETCH(QString, text);
    QFETCH(Rows, rows);
    QFETCH(bool, in);
    QFETCH(QString, after);
    const auto tree = dockerfile::parse(text);
    QCOMPARE(applied(text, (in ? indentRows(tree, rows) : outdentRows(tree, rows)).edit), after);
}

void TestRowEdits::aNewRowKnowsItsIndent_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("indent");
    QTest::newRow("an instruction that ends") << u"FROM a\nRUN b¦"_s << QString();
    QTest::newRow("one that goes on") << u"FROM a\nRUN b \\¦"_s << u"    "_s;
    QTest::newRow("as other rows that go on") << u"FROM a\nRUN b \\\n  c\nRUN d \\¦"_s << u"  "_s;
    QTest::newRow("within the row that goes on") << u"FROM a\nRUN b¦ \\\n  c"_s << QString();
    QTest::newRow("a continued row") << u"FROM a\nRUN b \\\n\tc \\¦\n"_s << u"\t"_s;
    QTest::newRow("in a heredoc") << u"FROM a\nRUN <<E\n  if\n    b¦\nE"_s << u"    "_s;
    QTest::newRow("another escape character") << u"# escape=`\nFROM a\nRUN b `¦"_s << u"    "_s;
    QTest::newRow("within the indent") << u"FROM a\n  ¦  RUN b"_s << u"  "_s;
    QTest::newRow("nothing yet") << u"¦"_s << QString();
    QTest::newRow("behind the last line end") << u"FROM a\n¦"_s << QString();
}

void TestRowEdits::aNewRowKnowsItsIndent()
{
    QFETCH(QString, marked);
    QFETCH(QString, indent);
    const Placed placed(marked);
    QCOMPARE(indentAfter(placed.tree, placed.offset), indent);
}

namespace {

// "a b/ c": those that end in a slash are folders.
std::vector<DroppedPath> pathsOf(const QStringList &written)
{
    std::vector<DroppedPath> paths;
    for (const QString &path : written)
        paths.push_back({path.endsWith(u'/') ? path.chopped(1) : path, path.endsWith(u'/')});
    return paths;
}

}

void TestRowEdits::droppedFilesBecomeACopy_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QString>("after");
    QTest::newRow("a file, after the instruction there")
        << u"FROM a\nRU¦N b\nCMD c\n"_s << QStringList{u"x"_s} << u"FROM a\nRUN b\nCOPY x ./\nCMD c\n"_s;
    QTest::newRow("files together") << u"FROM a¦\n"_s << QStringList{u"go.mod"_s, u"go.sum"_s}
                                    << u"FROM a\nCOPY go.mod go.sum ./\n"_s;
    QTest::newRow("in the file's style")
        << u"from a\r\nrun b¦"_s << QStringList{u"x"_s} << u"from a\r\nrun b\r\ncopy x ./\r\n"_s;
    QTest::newRow("a folder keeps its name")
        << u"FROM a¦\n"_s << QStringList{u"cmd/"_s} << u"FROM a\nCOPY cmd ./cmd/\n"_s;
    QTest::newRow("files keep their folder")
        << u"FROM a¦\n"_s << QStringList{u"cmd/a.go"_s, u"cmd/b.go"_s, u"go.mod"_s}
        << u"FROM a\nCOPY go.mod ./\nCOPY cmd/a.go cmd/b.go ./cmd/\n"_s;
    QTest::newRow("the whole context") << u"FROM a¦\n"_s << QStringList{u"./"_s} << u"FROM a\nCOPY . .\n"_s;
    QTest::newRow("an empty row takes it")
        << u"FROM a\n¦\nCMD c\n"_s << QStringList{u"x"_s} << u"FROM a\nCOPY x ./\nCMD c\n"_s;
    QTest::newRow("the end of the file") << u"FROM a\n¦"_s << QStringList{u"x"_s} << u"FROM a\nCOPY x ./\n"_s;
    QTest::newRow("further sources of the COPY there")
        << u"FROM a\nCOPY¦ go.mod ./\n"_s << QStringList{u"go.sum"_s, u"x"_s}
        << u"FROM a\nCOPY go.mod go.sum x ./\n"_s;
    QTest::newRow("of one in JSON form") << u"FROM a\nCOPY [\"a b\", \"./\"]¦\n"_s << QStringList{u"c d"_s}
                                         << u"FROM a\nCOPY [\"a b\", \"c d\", \"./\"]\n"_s;
    QTest::newRow("not of one that names its file")
        << u"FROM a\nCOPY x /y¦\n"_s << QStringList{u"z"_s} << u"FROM a\nCOPY x /y\nCOPY z ./\n"_s;
    QTest::newRow("not of one that copies from a stage")
        << u"FROM a\nCOPY --from=b x /y/¦\n"_s << QStringList{u"z"_s}
        << u"FROM a\nCOPY --from=b x /y/\nCOPY z ./\n"_s;
    QTest::newRow("a name with a blank")
        << u"FROM a¦\n"_s << QStringList{u"my file"_s} << u"FROM a\nCOPY [\"my file\", \"./\"]\n"_s;
    QTest::newRow("a name that looks like a pattern")
        << u"FROM a¦\n"_s << QStringList{u"a[1]*.$x"_s} << u"FROM a\nCOPY a[[]1][*].\\$x ./\n"_s;
    QTest::newRow("a name that looks like a flag")
        << u"FROM a¦\n"_s << QStringList{u"--from=x"_s} << u"FROM a\nCOPY ./--from=x ./\n"_s;
    QTest::newRow("after an instruction that goes on")
        << u"FROM a\nRUN b \\\n ¦c\nCMD d"_s << QStringList{u"x"_s}
        << u"FROM a\nRUN b \\\n c\nCOPY x ./\nCMD d"_s;
}

void TestRowEdits::droppedFilesBecomeACopy()
{
    QFETCH(QString, marked);
    QFETCH(QStringList, paths);
    QFETCH(QString, after);
    const Placed placed(marked);
    const auto edit = dropFiles(placed.tree, placed.graph, placed.offset, pathsOf(paths));
    QVERIFY2(edit, qPrintable(edit ? QString() : edit.error().text()));
    QCOMPARE(applied(placed.text, *edit), after);
}

void TestRowEdits::droppingIsRefusedWithTheReason_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QString>("reason");
    QTest::newRow("before the first FROM")
        << u"ARG a¦\nFROM b"_s << QStringList{u"x"_s} << u"belongs to a stage"_s;
    QTest::newRow("an empty file") << u"¦"_s << QStringList{u"x"_s} << u"belongs to a stage"_s;
    QTest::newRow("outside of the context") << u"FROM a¦"_s << QStringList{u"../x"_s} << u"outside"_s;
    QTest::newRow("an absolute path") << u"FROM a¦"_s << QStringList{u"/etc/x"_s} << u"outside"_s;
    QTest::newRow("nothing") << u"FROM a¦"_s << QStringList() << u"Nothing"_s;
    QTest::newRow("into a heredoc without its end")
        << u"FROM a\nRUN <<E\nb¦"_s << QStringList{u"x"_s} << u"not finished"_s;
}

void TestRowEdits::droppingIsRefusedWithTheReason()
{
    QFETCH(QString, marked);
    QFETCH(QStringList, paths);
    QFETCH(QString, reason);
    const Placed placed(marked);
    const auto edit = dropFiles(placed.tree, placed.graph, placed.offset, pathsOf(paths));
    QVERIFY(!edit);
    QVERIFY2(edit.error().message.contains(reason), qPrintable(edit.error().message));
}

void TestRowEdits::partsOfAFileFold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("folds");
    QTest::newRow("stages, without the blank rows behind them")
        << u"FROM a\nRUN b\n\nFROM c\nCMD d\n"_s << QStringList{u"stage 1-2"_s, u"stage 4-5"_s};
    QTest::newRow("comments above a FROM belong to it, not to the stage before")
        << u"FROM a\nRUN b\n# one\n# two\nFROM c\nCMD d"_s
        << QStringList{u"stage 1-2"_s, u"comment 3-4"_s, u"stage 5-6"_s};
    QTest::newRow("instructions that go on")
        << u"FROM a\nRUN b \\\n  c \\\n  d\nCMD e"_s << QStringList{u"stage 1-5"_s, u"instruction 2-4"_s};
    QTest::newRow("heredocs") << u"FROM a\nRUN <<E\nb\nE\n"_s
                              << QStringList{u"stage 1-4"_s, u"heredoc 2-4"_s};
    QTest::newRow("a FROM that goes on")
        << u"FROM \\\n  a\nCMD b"_s << QStringList{u"stage 1-3"_s, u"instruction 1-2"_s};
    QTest::newRow("directives and comments at the top")
        << u"# syntax=x\n# why\n\n# alone\nFROM a"_s << QStringList{u"comment 1-2"_s};
    QTest::newRow("one row has none") << u"FROM a"_s << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
}

void TestRowEdits::partsOfAFileFold()
{
    QFETCH(QString, text);
    QFETCH(QStringList, folds);
    const auto tree = dockerfile::parse(text);
    const QStringList kinds{u"stage"_s, u"instruction"_s, u"heredoc"_s, u"comment"_s};
    QStringList found;
    for (const Fold &fold : language::folds(tree, graph::build(tree)))
        found.append(u"%1 %2-%3"_s.arg(kinds[int(fold.kind)]).arg(fold.firstRow).arg(fold.lastRow));
    QCOMPARE(found, folds);
}

void TestRowEdits::theOutlineNamesStagesAndInstructions()
{
    const QString text =
        u"ARG V=1\nFROM golang:$V AS build\nrun go build \\\n  -o /app .\nFROM scratch\nCOPY --from=build /app /app\n"_s;
    const auto tree = dockerfile::parse(text);
    QStringList found;
    for (const OutlineItem &item : outline(tree, graph::build(tree)))
        found.append(
            u"%1 %2|%3|%4|%5"_s.arg(item.stage)
                .arg(item.row)
                .arg(item.label, item.detail, text.sliced(item.nameRange.start, item.nameRange.length)));
    QCOMPARE(found,
             (QStringList{u"-1 1|ARG|V=1|ARG"_s, u"0 2|build|golang:1|build"_s, u"0 3|RUN|go build …|run"_s,
                          u"1 5|stage 1|scratch|FROM"_s, u"1 6|COPY|--from=build /app /app|COPY"_s}));
}

void TestRowEdits::lineEndsAreMadeTheSame()
{
    const QString mixed = u"\uFEFFFROM a\r\nRUN b\nRUN c\rd\r\n\n"_s;
    QString text = mixed;
    withLineEnds(mixed, LineEnd::Lf).applyTo(text);
    QCOMPARE(text, u"\uFEFFFROM a\nRUN b\nRUN c\rd\n\n"_s);
    QVERIFY(withLineEnds(text, LineEnd::Lf).isEmpty());
    withLineEnds(text, LineEnd::CrLf).applyTo(text);
    QCOMPARE(text, u"\uFEFFFROM a\r\nRUN b\r\nRUN c\rd\r\n\r\n"_s);
    QString large = u"RUN a\r\n"_s.repeated(12'000);
    withLineEnds(large, LineEnd::Lf).applyTo(large);
    QCOMPARE(large, u"RUN a\n"_s.repeated(12'000));
}

QTEST_APPLESS_MAIN(TestRowEdits)
#include "tst_rowedits.moc"
