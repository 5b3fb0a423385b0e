// SPDX-License-Identifier: Apache-2.0
#include "fuzztargets.h"

#include "feed.h"

#include "dockerfile/dockerignore.h"
#include "dockerfile/edits.h"
#include "dockerfile/heredocwords.h"
#include "dockerfile/shellwords.h"
#include "dockerfile/textfile.h"
#include "dockerfile/treedump.h"
#include "dockerfile/variables.h"
#include "dockerfile/views.h"
#include "graph/graphexport.h"
#include "graph/livegraph.h"
#include "graph/stagegraph.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace dockerfile;
using fuzz::Feed;
using fuzz::require;

namespace {

void requireLossless(const Tree &tree, const QString &text)
{
    require(tree.text() == text, "a tree holds the text");
    qsizetype at = 0;
    for (int i = 0; i < tree.lineCount(); ++i) {
        require(tree.lineRange(i).start == at, "lines stand one after the other");
        qsizetype tokens = 0;
        for (const Token &token : tree.line(i).tokens)
            tokens += token.length;
        require(tokens == tree.line(i).text.size(), "tokens own every character");
        at = tree.lineRange(i).end();
        require(tree.lineAt(at - 1) == i, "a line is found by its characters");
        require(tree.lineAtRow(tree.firstRow(i)) == i, "a line is found by its row");
    }
    require(at == text.size(), "lines own every character");
}

void requireWithin(base::TextRange range, qsizetype size, const char *law)
{
    require(range.start >= 0 && range.length >= 0 && range.end() <= size, law);
}

void readViews(const Instruction &instruction, qsizetype size)
{
    for (const Word &word : instruction.words())
        requireWithin(word.range, size, "a word stands in the text");
    for (const Flag &flag : instruction.flags())
        requireWithin(flag.valueRange, size, "a flag's value stands in the text");
    for (const Word &word : instruction.jsonWords())
        requireWithin(word.range, size, "an item stands in the text");
    requireWithin(instruction.argumentsRange(), size, "arguments stand in the text");
    viewFrom(instruction);
    viewCopy(instruction);
    viewRun(instruction);
    viewPairs(instruction);
    viewOnbuild(instruction);
    (void)instruction.summary();
}

// Lines without quotes are read the short way; empty quotes before them must not change what is found.
void requireSameHeredocs(const QString &line)
{
    if (std::ranges::any_of(line, [](QChar c) { return QStringView(u"$'\"\\").contains(c); }))
        return;
    const auto brief = heredocWords(line).words;
    const auto full = heredocWords(QString(u"'' " + line)).words;
    const auto same = [](const HeredocWord &a, const HeredocWord &b) {
        return a.name == b.name && a.expands == b.expands && a.stripsTabs == b.stripsTabs &&
               a.span.start + 3 == b.span.start && a.span.length == b.span.length;
    };
    require(std::ranges::equal(brief, full, same), "both readings find the same heredocs");
}

}

void fuzz::parser(const QByteArray &bytes)
{
    const QString text = textFromBytes(bytes);
    require(bytesFromText(text) == bytes, "bytes come back");
    const Tree tree = parse(text);
    requireLossless(tree, text);
    for (const Problem &problem : tree.problems())
        requireWithin(problem.range, text.size(), "a problem stands in the text");
    for (const Instruction &instruction : instructions(tree))
        readViews(instruction, text.size());
    styleOf(tree);
    (void)dumpSexp(tree);
    (void)dumpJson(tree);
    (void)graph::build(tree);
    (void)declaredArgs(tree);
}

void fuzz::expander(const QByteArray &bytes)
{
    Feed feed(bytes);
    const uint choice = feed.byte();
    const ShellOptions options{.escape = choice & 1 ? u'`' : u'\\',
                               .keepQuotes = (choice & 2) != 0,
                               .keepEscapes = (choice & 4) != 0,
                               .keepUnset = (choice & 8) != 0,
                               .ignoreQuotes = (choice & 16) != 0};
    const QString input = feed.text();
    std::vector<Variable> variables;
    for (const QString &name : {u"A"_s, u"B"_s, u"name"_s})
        if (!feed.isEmpty())
            variables.push_back({.name = name, .value = feed.text()});
    const ShellResult result = processShell(input, options, [&variables](const QString &name) {
        const auto it = std::ranges::find(variables, name, &Variable::name);
        return it == variables.end() ? std::nullopt : it->value;
    });
    for (const ShellWord &word : result.words)
        require(word.start >= 0 && word.start <= word.end && word.end <= input.size(),
                "a word stands in the input");
    requireSameHeredocs(input);
    const CheckedExpansion checked = expandChecked(input, variables, options.escape);
    require(checked.error.isEmpty() || checked.expansion.text == input, "what is refused stays as written");
    require(expand(input, variables, options.escape).text == checked.expansion.text, "both ways agree");
}

void fuzz::edits(const QByteArray &bytes)
{
    Feed feed(bytes);
    QString text = feed.text();
    Tree tree = parse(text);
    graph::LiveGraph live;
    graph::StageGraph kept = live.updated({}, tree);
    for (int i = 0; i < 32 && !feed.isEmpty(); ++i) {
        base::TextEdit edit(feed.range(text.size()), {});
        if (feed.byte() % 4 != 0)
            edit = {edit.isEmpty() ? base::TextRange{} : edit.replacements().front().range, feed.text()};
        const QString before = text;
        const base::TextEdit inverse = edit.applyTo(text);
        tree = tree.edited(edit);
        requireLossless(tree, text);
        const Tree fresh = parse(text);
        require(tree == fresh && tree.escape() == fresh.escape(), "an edited tree is a fresh one");
        require(tree.problems() == fresh.problems(), "and has its problems");
        kept = live.updated(std::move(kept), tree);
        require(kept == graph::build(fresh), "and its graph, made from the one before");
        QString back = text;
        inverse.applyTo(back);
        require(back == before, "an edit's inverse is exact");
        require(tree.edited(inverse) == parse(before), "of a tree too");
    }
}
