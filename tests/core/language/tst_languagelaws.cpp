// SPDX-License-Identifier: Apache-2.0
// What must hold at every place of every file of the corpus: ranges lie within the text and around the place,
// edits can be taken back, and nothing falls over.
#include "core/dockerfile/corpus.h"
#include "language/completion.h"
#include "language/dropfiles.h"
#include "language/expansion.h"
#include "language/folding.h"
#include "language/hover.h"
#include "language/outline.h"
#include "language/rowedits.h"
#include "language/symbols.h"

#include <QTest>

using namespace language;
using namespace Qt::StringLiterals;

namespace {

bool isWithin(base::TextRange range, const QString &text)
{
    return range.start >= 0 && range.length >= 0 && range.end() <= text.size();
}

Facts someFacts()
{
    Facts facts;
    facts.listFolder = [](const QString &) -> std::vector<FolderEntry> {
        return {{u"cmd"_s, true}, {u"go.mod"_s}};
    };
    facts.images = {{u"golang:1.24"_s}};
    return facts;
}

}

class TestLanguageLaws : public QObject
{
    Q_OBJECT

private:
    static void checkEdit(const QString &text, const dockerfile::Tree &tree, const base::TextEdit &edit)
    {
        for (const base::Replacement &change : edit.replacements())
            QVERIFY(isWithin(change.range, text));
        QString after = text;
        const base::TextEdit inverse = edit.applyTo(after);
        QCOMPARE(tree.edited(edit).text(), after);
        inverse.applyTo(after);
        QCOMPARE(after, text);
    }

    static void checkPlace(const QString &text, const dockerfile::Tree &tree, const graph::StageGraph &graph,
                           qsizetype offset, const Facts &facts)
    {
        const Completion completion = complete(tree, graph, offset, facts);
        QVERIFY(isWithin(completion.range, text));
        QVERIFY(completion.range.start <= offset && offset <= completion.range.end());
        for (const CompletionItem &item : completion.items) {
            QVERIFY(!item.label.isEmpty() && !item.insert.isEmpty());
            QVERIFY(item.matched.empty() || item.matched.back() < item.label.size());
        }
        if (offset > 0)
            (void)opensByItself(tree, offset, text[offset - 1]);
        if (const auto found = hover(tree, graph, offset, facts)) {
            QVERIFY(isWithin(found->range, text) && found->range.contains(offset));
            QVERIFY(!found->title.isEmpty());
        }
        const auto places = references(tree, graph, offset);
        const auto symbol = symbolAt(tree, graph, offset);
        QCOMPARE(symbol.has_value(), !places.empty());
        if (symbol) {
            QVERIFY(isWithin(symbol->range, text) && isWithin(symbol->definition, text));
            QVERIFY(symbol->range.start - 2 <= offset && offset <= symbol->range.end()); // on "${" too
            for (const SymbolPlace &place : places)
                QVERIFY(isWithin(place.range, text) && place.row == tree.rowAt(place.range.start));
            if (const auto edit = rename(tree, graph, offset, u"quite_new"_s))
                checkEdit(text, tree, *edit);
        }
        if (const auto edit = dropFiles(tree, graph, offset, {{u"a b"_s}, {u"cmd"_s, true}}))
            checkEdit(text, tree, *edit);
        (void)indentAfter(tree, offset);
    }

private Q_SLOTS:
    void everyPlaceCanBeAsked_data() { addCorpusRows(); }
    void everyPlaceCanBeAsked();
    void everyRowCanBeEdited_data() { addCorpusRows(); }
    void everyRowCanBeEdited();
    void foldsAndOutlineLieWithinTheFile_data() { addCorpusRows(); }
    void foldsAndOutlineLieWithinTheFile();
    void everyPrefixCanBeAskedAtItsEnd_data() { addCorpusRows(); }
    void everyPrefixCanBeAskedAtItsEnd();
};

void TestLanguageLaws::everyPlaceCanBeAsked()
{
    QFETCH(int, index);
    const QString &text = corpus()[size_t(index)].text;
    const auto tree = dockerfile::parse(text);
    const auto graph = graph::build(tree);
    const Facts facts = someFacts();
    constexpr qsizetype most = 2000; // places; long files are tried at some of them
    const qsizetype step = text.size() / most + 1;
    for (qsizetype offset = 0; offset <= text.size(); offset += step) {
        checkPlace(text, tree, graph, offset, facts);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"at "_s + QString::number(offset)));
    }
}

void TestLanguageLaws::everyRowCanBeEdited()
{
    QFETCH(int, index);
    const QString &text = corpus()[size_t(index)].text;
    const auto tree = dockerfile::parse(text);
    const int count = int(text.count(u'\n')) + 2;
    const int step = count / 100 + 1;
    for (int first = 1; first <= count; first += step) {
        const Rows rows{first, std::min(first + 2, count)};
        for (const RowEdit &edit : {toggleComment(tree, rows), moveRows(tree, rows, Direction::Up),
                                    moveRows(tree, rows, Direction::Down), duplicateRows(tree, rows),
                                    indentRows(tree, rows), outdentRows(tree, rows)})
            checkEdit(text, tree, edit.edit);
        // What is moved down and up again is where it was.
        const RowEdit down = moveRows(tree, rows, Direction::Down);
        const auto moved = tree.edited(down.edit);
        if (!down.edit.isEmpty())
            QCOMPARE(moved.edited(moveRows(moved, down.rows, Direction::Up).edit).text(), text);
    }
}

void TestLanguageLaws::foldsAndOutlineLieWithinTheFile()
{
    QFETCH(int, index);
    const QString &text = corpus()[size_t(index)].text;
    const auto tree = dockerfile::parse(text);
    const auto graph = graph::build(tree);
    const int lastRow = tree.lineCount() == 0 ? 0 : tree.lastRow(tree.lineCount() - 1);
    int row = 1;
    for (const Fold &fold : folds(tree, graph)) {
        QVERIFY(fold.firstRow >= row && fold.firstRow < fold.lastRow && fold.lastRow <= lastRow);
        row = fold.firstRow;
    }
    for (const OutlineItem &item : outline(tree, graph)) {
        QVERIFY(isWithin(item.range, text) && isWithin(item.nameRange, text));
        QVERIFY(item.nameRange.start >= item.range.start && item.nameRange.end() <= item.range.end());
        QVERIFY(!item.label.isEmpty() && !item.detail.contains(u'\n'));
    }
    for (int line = 0; line < tree.lineCount(); ++line) {
        const ExpansionView view = expansionOf(tree, line);
        for (const ExpandedWord &word : view.words)
            QVERIFY(isWithin(word.range, text));
        for (const VariableUse &use : view.variables) {
            QVERIFY(isWithin(use.wholeRange, text));
            QVERIFY(use.range.start > use.wholeRange.start && use.range.end() <= use.wholeRange.end());
        }
    }
}

void TestLanguageLaws::everyPrefixCanBeAskedAtItsEnd()
{
    QFETCH(int, index);
    const QString &text = corpus()[size_t(index)].text;
    const Facts facts = someFacts();
    constexpr qsizetype longest = 300; // each prefix is a file: quadratic
    const qsizetype step = text.size() / longest + 1;
    for (qsizetype length = 0; length <= text.size(); length += step) {
        const QString typed = text.first(length);
        const auto tree = dockerfile::parse(typed);
        checkPlace(typed, tree, graph::build(tree), length, facts);
    }
}

QTEST_APPLESS_MAIN(TestLanguageLaws)
#include "tst_languagelaws.moc"
