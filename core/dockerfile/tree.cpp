// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/tree.h"

#include "dockerfile/problems.h"
#include "dockerfile/treedata.h"

#include <algorithm>

namespace dockerfile {

Tree::Tree()
{
    static const auto empty = std::make_shared<const Data>(std::vector<ChunkPtr>());
    d = empty;
}

QString Tree::text() const
{
    return d->textOfLines(0, lineCount());
}

qsizetype Tree::length() const
{
    return d->end().offset;
}

int Tree::lineCount() const
{
    return d->end().line;
}

const Line &Tree::line(int index) const
{
    return *d->line(index);
}

LinePtr Tree::sharedLine(int index) const
{
    return d->line(index);
}

base::TextRange Tree::lineRange(int index) const
{
    return {d->lineStart(index), d->line(index)->text.size()};
}

int Tree::lineAt(qsizetype offset) const
{
    return d->lineAt(offset);
}

int Tree::firstRow(int index) const
{
    const size_t chunk = d->chunkOfLine(index);
    const auto within = static_cast<size_t>(index - d->places[chunk].line);
    return d->places[chunk].rows + d->chunks[chunk]->rows[within] + 1;
}

int Tree::lastRow(int index) const
{
    const Line &line = *d->line(index);
    return firstRow(index) + line.rows - line.text.endsWith(u'\n');
}

int Tree::lineAtRow(int row) const
{
    if (row < 1 || d->chunks.empty() || row > d->end().rows + 1)
        return -1;
    // The row after the last LF is one only when something stands in it.
    if (row == d->end().rows + 1)
        return line(lineCount() - 1).text.endsWith(u'\n') ? -1 : lineCount() - 1;
    const size_t chunk = d->chunkAtRow(row - 1);
    const auto &rows = d->chunks[chunk]->rows;
    const auto after = std::upper_bound(rows.begin(), rows.end(), row - 1 - d->places[chunk].rows);
    return d->places[chunk].line + static_cast<int>(after - rows.begin()) - 1;
}

int Tree::rowAt(qsizetype offset) const
{
    const int index = lineAt(offset);
    if (index < 0)
        return 1;
    const qsizetype within = offset - d->lineStart(index);
    return firstRow(index) + static_cast<int>(QStringView(line(index).text).first(within).count(u'\n'));
}

qsizetype Tree::rowStart(int row) const
{
    const int index = lineAtRow(row);
    if (index < 0)
        return row < 1 ? 0 : length();
    qsizetype at = 0;
    for (int skip = row - firstRow(index); skip > 0; --skip)
        at = line(index).text.indexOf(u'\n', at) + 1;
    return d->lineStart(index) + at;
}

QChar Tree::escape() const
{
    return d->header.escape;
}

QString Tree::directive(QStringView name) const
{
    for (const Directive &directive : d->header.directives)
        if (name.compare(directive.name, Qt::CaseInsensitive) == 0)
            return directive.value;
    return {};
}

std::vector<Problem> Tree::problems() const
{
    std::vector<Problem> problems = headerProblems(*this);
    int instructions = 0;
    for (size_t i = 0; i < d->chunks.size(); ++i) {
        const Chunk &chunk = *d->chunks[i];
        instructions += chunk.instructions;
        for (int j = 0; chunk.suspects > 0 && j < chunk.size(); ++j)
            if (chunk.lines[static_cast<size_t>(j)]->isSuspect)
                addLineProblems(*this, d->places[i].line + j, problems);
    }
    if (instructions == 0)
        problems.push_back(noInstructions(*this));
    return problems;
}

Tree Tree::edited(const base::TextEdit &edit) const
{
    // From the last to the first: the ranges of those before stay true.
    Tree tree = *this;
    const auto &replacements = edit.replacements();
    for (auto it = replacements.rbegin(); it != replacements.rend(); ++it)
        tree = TreeBuilder::edited(tree, *it);
    return tree;
}

bool operator==(const Tree &a, const Tree &b)
{
    if (a.d == b.d)
        return true;
    if (a.lineCount() != b.lineCount() || a.length() != b.length())
        return false;
    for (int i = 0; i < a.lineCount(); ++i) {
        const LinePtr one = a.sharedLine(i);
        const LinePtr other = b.sharedLine(i);
        if (one == other)
            continue;
        if (one->kind != other->kind || one->text != other->text || one->tokens != other->tokens ||
            one->unterminated != other->unterminated)
            return false;
    }
    return true;
}

LineChange changedLines(const Tree &before, const Tree &after)
{
    const auto &old = TreeBuilder::data(before);
    const auto &now = TreeBuilder::data(after);
    const int shorter = std::min(old.end().line, now.end().line);

    // Whole chunks first, then the lines of those that differ.
    const auto [oldChunk, newChunk] = std::ranges::mismatch(old.chunks, now.chunks);
    int first = old.places[static_cast<size_t>(oldChunk - old.chunks.begin())].line;
    while (first < shorter && old.line(first) == now.line(first))
        ++first;

    int kept = 0; // at the end
    for (size_t i = 1; i <= std::min(old.chunks.size(), now.chunks.size()); ++i) {
        const ChunkPtr &chunk = old.chunks[old.chunks.size() - i];
        if (chunk != now.chunks[now.chunks.size() - i] || kept + chunk->size() > shorter - first)
            break;
        kept += chunk->size();
    }
    while (kept < shorter - first &&
           old.line(old.end().line - 1 - kept) == now.line(now.end().line - 1 - kept))
        ++kept;
    return {first, old.end().line - kept - first, now.end().line - kept - first};
}

Tree parse(const QString &text)
{
    return TreeBuilder::parse(text);
}

}
