// SPDX-License-Identifier: Apache-2.0
#include "language/outline.h"

#include "dockerfile/views.h"
#include "language/completionplace.h"

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

// What stands behind the keyword in its row: enough to know an instruction again.
QString shortText(QStringView row)
{
    constexpr qsizetype longest = 80;
    const qsizetype end = row.indexOf(u'\n');
    row = (end < 0 ? row : row.first(end))
              .first(std::min<qsizetype>(row.size(), end < 0 ? longest * 2 : std::min(end, longest * 2)));
    QString text = row.toString().simplified();
    if (text.endsWith(u'\\') || text.endsWith(u'`'))
        text = text.chopped(1).trimmed() + u" …"_s;
    if (text.size() > longest)
        text = text.first(longest - 1) + u'…';
    return text;
}

OutlineItem itemOf(const Tree &tree, int index)
{
    const Line &line = tree.line(index);
    const TextRange range = tree.lineRange(index);
    OutlineItem item{.keyword = line.keyword, .line = index, .row = tree.firstRow(index), .range = range};
    qsizetype at = 0;
    for (const Token &token : line.tokens) {
        if (token.kind == TokenKind::Keyword) {
            item.nameRange = {range.start + at, token.length};
            item.label = line.text.sliced(at, token.length).toUpper();
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
    for (int line = 0; line < tree.lineCount(); ++line) {
        if (tree.line(line).kind != LineKind::Instruction)
            continue;
        const bool starts =
            stage + 1 < int(graph.stages.size()) && graph.stages[size_t(stage + 1)].fromLine == line;
        if (starts) {
            items.push_back(itemOf(tree, graph.stages[size_t(++stage)]));
            continue;
        }
        OutlineItem item = itemOf(tree, line);
        if (item.label.isEmpty())
            continue; // nothing but an escape character
        item.stage = stage;
        items.push_back(std::move(item));
    }
    return items;
}

}
