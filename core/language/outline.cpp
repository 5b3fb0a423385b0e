// SPDX-License-Identifier: Apache-2.0
#include "language/outline.h"

#include "dockerfile/views.h"
#include "language/completionplace.h"

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

// What stands behind the keyword in its row, without the blanks around it: enough to know an instruction
// again.
QString shortText(QStringView text)
{
    constexpr qsizetype longest = 80;
    const qsizetype newline = text.indexOf(u'\n');
    QStringView row = (newline < 0 ? text : text.first(newline)).trimmed();
    const bool goesOn = newline >= 0 && (row.endsWith(u'\\') || row.endsWith(u'`'));
    if (goesOn)
        row = row.chopped(1).trimmed();
    if (row.size() > longest)
        return row.first(longest) + u'…';
    return goesOn ? QString(row + u" …"_s) : row.toString();
}

// Lines come one after the other, so that places need not be looked up.
OutlineItem itemOf(const Line &line, int index, qsizetype start, int row)
{
    OutlineItem item{.keyword = line.keyword, .line = index, .row = row, .range = {start, line.text.size()}};
    qsizetype at = 0;
    for (const Token &token : line.tokens) {
        if (token.kind == TokenKind::Keyword) {
            item.nameRange = {start + at, token.length};
            item.label = line.keyword == Keyword::Unknown ? line.text.sliced(at, token.length).toUpper()
                                                          : keywordText(line.keyword);
            item.detail = shortText(QStringView(line.text).sliced(at + token.length));
            break;
        }
        at += token.length;
    }
    return item;
}

OutlineItem itemOf(const Tree &tree, const graph::Stage &stage)
{
    const TextRange first = tree.lineRange(stage.fromLine);
    OutlineItem item{.label = stage.displayName(),
                     .detail = stage.resolvedBase,
                     .keyword = Keyword::From,
                     .stage = stage.index,
                     .line = stage.fromLine,
                     .row = tree.firstRow(stage.fromLine),
                     .range = {first.start, tree.lineRange(stage.lastLine).end() - first.start}};
    const Instruction from(tree, stage.fromLine);
    const auto name = viewFrom(from).name;
    item.nameRange = name ? name->range : from.keywordWord().range;
    return item;
}

}

std::vector<OutlineItem> outline(const Tree &tree, const graph::StageGraph &graph)
{
    std::vector<OutlineItem> items;
    int stage = -1;
    qsizetype start = 0;
    int row = 1;
    for (int index = 0; index < tree.lineCount(); ++index) {
        const Line &line = tree.line(index);
        const int next = stage + 1;
        if (next < int(graph.stages.size()) && graph.stages[size_t(next)].fromLine == index) {
            items.push_back(itemOf(tree, graph.stages[size_t(++stage)]));
        } else if (line.kind == LineKind::Instruction) {
            OutlineItem item = itemOf(line, index, start, row);
            item.stage = stage;
            if (!item.label.isEmpty()) // nothing but an escape character
                items.push_back(std::move(item));
        }
        start += line.text.size();
        row += line.rows;
    }
    return items;
}

}
