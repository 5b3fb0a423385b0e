// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/lineverbs.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"
#include "graph/instructionverbs.h"
#include "graph/verbtools.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

bool isMovable(const Tree &tree, int line)
{
    return line >= 0 && line < tree.lineCount() && tree.line(line).kind == LineKind::Instruction;
}

QString whyNotMoved(const Tree &tree, int line)
{
    if (tree.line(line).keyword == Keyword::From)
        return Text::tr("FROM opens a stage: move the stage instead.");
    if (tree.line(line).unterminated)
        return Text::tr("Line %1 is not finished: what comes after it would become part of it.")
            .arg(tree.firstRow(line));
    return {};
}

/// Below `previous`, or at the very top of the instructions, above `next`.
struct Place
{
    int previous = -1;
    int next = -1;
};

Result<TextEdit> moved(const Tree &tree, int line, Place place)
{
    if (const QString reason = whyNotMoved(tree, line); !reason.isEmpty())
        return refused(reason);
    if (const QString reason = whyNothingCanFollow(tree, place.previous); !reason.isEmpty())
        return refused(reason);
    const int first = firstLineOf(tree, line);
    const TextRange content = contentOf(tree, first, line);
    const QString rows = textOf(tree, content);
    TextEdit edit;
    if (place.previous >= 0) {
        edit = insertRowsAfter(tree, place.previous, rows);
    } else {
        const int top = firstLineOf(tree, place.next);
        edit.insert(contentOf(tree, top, top).start, rows + styleOf(tree).lineEnd);
    }
    edit.remove({content.start, tree.lineRange(line).end() - content.start});

    std::vector<int> lines = instructionLines(tree);
    std::erase(lines, line);
    const auto at = place.previous >= 0 ? std::ranges::find(lines, place.previous) + 1
                                        : std::ranges::find(lines, place.next);
    lines.insert(at, line);
    return ifKept(tree, edit, promiseOf(std::move(lines)));
}

/// A line that takes from a stage stays below it.
QString whyNotInStage(const StageGraph &graph, int line, const Stage &stage)
{
    for (const Edge &edge : graph.edges) {
        const Stage *from = edge.from.kind == NodeKind::Stage ? graph.stage(edge.from) : nullptr;
        if (!from || std::ranges::count(edge.lines, line) == 0 || from->index < stage.index)
            continue;
        const Stage *to = graph.stage(edge.to);
        if (from->index == stage.index)
            return Text::tr("The line takes from \"%1\", and a stage cannot copy from itself.")
                .arg(from->displayName());
        if (to && to->index > from->index)
            return Text::tr("The line takes from \"%1\", which must stand above it.")
                .arg(from->displayName());
    }
    return {};
}

std::vector<int> linesAboveStages(const Tree &tree, const StageGraph &graph)
{
    std::vector<int> lines;
    for (const int line : instructionLines(tree)) {
        if (graph.stages.empty() || line < graph.stages.front().fromLine)
            lines.push_back(line);
    }
    return lines;
}

Result<TextEdit> movedBy(const Tree &tree, const StageGraph &graph, int line, int step)
{
    if (!isMovable(tree, line))
        return noSuchInstruction();
    if (const QString reason = whyNotMoved(tree, line); !reason.isEmpty())
        return refused(reason);
    const auto isOwn = [line](const Stage &one) { return std::ranges::count(one.instructions, line) > 0; };
    const auto stage = std::ranges::find_if(graph.stages, isOwn);
    const std::vector<int> neighbours =
        stage == graph.stages.end()
            ? linesAboveStages(tree, graph)
            : std::vector<int>(stage->instructions.begin(), stage->instructions.end());
    const auto place = std::ranges::find(neighbours, line) - neighbours.begin();
    const auto wanted = place + step;
    if (wanted < 0)
        return refused(Text::tr("It is the first instruction of its stage."));
    if (wanted >= qsizetype(neighbours.size()))
        return refused(Text::tr("It is the last instruction of its stage."));
    if (stage != graph.stages.end())
        return moveInstruction(tree, graph, line, stage->key, int(wanted));
    if (step > 0)
        return moved(tree, line, {.previous = neighbours[size_t(wanted)], .next = -1});
    return wanted > 0 ? moved(tree, line, {.previous = neighbours[size_t(wanted) - 1], .next = -1})
                      : moved(tree, line, {.previous = -1, .next = neighbours.front()});
}

}

Result<TextEdit> moveInstruction(const Tree &tree, const StageGraph &graph, int line, const NodeKey &key,
                                 int position)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    if (!isMovable(tree, line))
        return noSuchInstruction();
    if (const QString reason = whyNotInStage(graph, line, *stage); !reason.isEmpty())
        return refused(reason);
    std::vector<int> others(stage->instructions.begin(), stage->instructions.end());
    const auto own = std::ranges::find(others, line);
    const auto now = own == others.end() ? -1 : int(own - others.begin());
    std::erase(others, line);
    const int wanted = std::clamp(position, 0, int(others.size()));
    if (wanted == now)
        return TextEdit();
    return moved(tree, line,
                 {.previous = wanted == 0 ? stage->fromLine : others[size_t(wanted) - 1], .next = -1});
}

Result<TextEdit> moveInstructionUp(const Tree &tree, const StageGraph &graph, int line)
{
    return movedBy(tree, graph, line, -1);
}

Result<TextEdit> moveInstructionDown(const Tree &tree, const StageGraph &graph, int line)
{
    return movedBy(tree, graph, line, 1);
}

}
