// SPDX-License-Identifier: Apache-2.0
#include "graph/stageverbs.h"

#include "dockerfile/forms/editor.h"
#include "dockerfile/forms/files.h"
#include "dockerfile/lineverbs.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"
#include "graph/graphedits.h"
#include "graph/verbtools.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

/// The FROM line with another name, or with none.
Result<TextEdit> named(const Tree &tree, const Stage &stage, const QString &name)
{
    const Instruction line(tree, stage.fromLine);
    FromForm form = readFrom(line);
    if (form.image.isEmpty()) {
        return refused(Text::tr("The stage in line %1 has no base yet.").arg(tree.firstRow(stage.fromLine)),
                       Text::tr("Give it an image first."));
    }
    form.name = name;
    return editTo(line, form);
}

std::vector<int> linesOf(const Stage &stage)
{
    std::vector<int> lines{stage.fromLine};
    lines.insert(lines.end(), stage.instructions.begin(), stage.instructions.end());
    return lines;
}

// Of the stages in another order, and what stands above the first.
std::vector<int> linesInOrder(const Tree &tree, const StageGraph &graph, const std::vector<int> &order)
{
    std::vector<int> lines;
    for (const int line : instructionLines(tree)) {
        if (line < graph.stages.front().fromLine)
            lines.push_back(line);
    }
    for (const int index : order) {
        const auto own = linesOf(graph.stages[size_t(index)]);
        lines.insert(lines.end(), own.begin(), own.end());
    }
    return lines;
}

int lastLineOf(const Tree &tree, const Stage &stage)
{
    return lastLineWithText(tree, stage.fromLine, stage.lastLine);
}

/// A stage that needs another, which would no longer stand above it.
QString whyOrderBreaks(const StageGraph &graph, const std::vector<int> &order)
{
    std::vector<int> place(order.size());
    for (size_t i = 0; i < order.size(); ++i)
        place[size_t(order[i])] = int(i);
    for (const Edge &edge : graph.edges) {
        const Stage *from = graph.stage(edge.from);
        const Stage *to = graph.stage(edge.to);
        if (edge.from.kind != NodeKind::Stage || !from || !to || from->index > to->index)
            continue;
        if (place[size_t(from->index)] < place[size_t(to->index)])
            continue;
        return edge.kind == EdgeKind::Base
                   ? Text::tr("\"%1\" is built on \"%2\", which must stand above it.")
                         .arg(to->displayName(), from->displayName())
                   : Text::tr("\"%1\" takes files from \"%2\", which must stand above it.")
                         .arg(to->displayName(), from->displayName());
    }
    return {};
}

/// What CMD, ENTRYPOINT and ONBUILD do across a FROM: why `upper` and `lower` are not the same in one stage
/// as in two.
QString whyNotSeparable(const Tree &tree, const std::vector<int> &upper, const std::vector<int> &lower)
{
    const auto has = [&tree](const std::vector<int> &lines, Keyword keyword) {
        return std::ranges::any_of(lines, [&](int line) { return tree.line(line).keyword == keyword; });
    };
    if (has(upper, Keyword::Onbuild))
        return Text::tr("ONBUILD of the upper part runs in a stage that is FROM it, and only there.");
    // dispatchEntrypoint: an ENTRYPOINT forgets the CMD that came with the base.
    if (has(upper, Keyword::Cmd) && has(lower, Keyword::Entrypoint) && !has(lower, Keyword::Cmd))
        return Text::tr("The ENTRYPOINT below forgets a CMD of its base, but not one of its own stage.");
    return {};
}

}

QString freeStageName(const StageGraph &graph, const QString &like)
{
    const QString stem = dockerfile::whyNoStageName(like).isEmpty() ? like : u"stage"_s;
    for (int i = 2;; ++i) {
        const QString name = stem + u'-' + QString::number(i);
        if (whyNoStageName(graph, name).isEmpty())
            return name;
    }
}

Result<TextEdit> duplicateStage(const Tree &tree, const StageGraph &graph, const NodeKey &key,
                                const QString &name)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    if (const QString reason = whyNoStageName(graph, name); !reason.isEmpty())
        return refused(reason);
    const int last = lastLineOf(tree, *stage);
    if (const QString reason = whyNothingCanFollow(tree, last); !reason.isEmpty())
        return refused(reason);
    const auto rename = named(tree, *stage, name);
    if (!rename)
        return rename;

    const int index = stage->index;
    TextEdit edit = renumbered(tree, graph, [index](int old) { return old > index ? old + 1 : old; });
    TextEdit inside = edit;
    add(inside, *rename);
    const Style style = styleOf(tree);
    const QString rows = taken(tree, contentOf(tree, stage->fromLine, last), inside);
    add(edit, insertRowsAfter(tree, last, blankRows(style.lineEnd, style.blankLinesBetweenStages) + rows));

    Promise promise;
    promise.lines = instructionLines(tree);
    const auto own = linesOf(*stage);
    const auto after = std::ranges::find(promise.lines, own.back());
    promise.lines.insert(after + 1, own.begin(), own.end());
    promise.stages.insert(index, index);
    return ifKept(tree, edit, promise);
}

Result<TextEdit> moveStage(const Tree &tree, const StageGraph &graph, const NodeKey &key, int position)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    const int count = int(graph.stages.size());
    const int to = std::clamp(position, 0, count - 1);
    const int from = stage->index;
    if (to == from)
        return TextEdit();
    std::vector<int> order;
    for (int i = 0; i < count; ++i)
        order.push_back(i);
    order.erase(order.begin() + from);
    order.insert(order.begin() + to, from);
    if (const QString reason = whyOrderBreaks(graph, order); !reason.isEmpty())
        return refused(reason, Text::tr("Move the other stage first."));
    for (const int index : {from, to, count - 1}) {
        const QString reason = whyNothingCanFollow(tree, lastLineOf(tree, graph.stages[size_t(index)]));
        if (!reason.isEmpty())
            return refused(reason);
    }

    // A block moves with the gap on its other side, so that the last one may end without a line end.
    const auto contentAt = [&](int index) {
        const Stage &one = graph.stages[size_t(index)];
        return contentOf(tree, firstLineOfStage(tree, one), lastLineOf(tree, one));
    };
    TextEdit edit = renumbered(
        tree, graph, [&order](int old) { return int(std::ranges::find(order, old) - order.begin()); });
    const TextRange content = contentAt(from);
    const QString moved = taken(tree, content, edit);
    if (to < from) {
        const qsizetype gapStart = contentAt(from - 1).end();
        const TextRange gap{gapStart, content.start - gapStart};
        const QString gapText = textOf(tree, gap);
        edit.remove({gap.start, content.end() - gap.start});
        edit.insert(contentAt(to).start, moved + gapText);
    } else {
        const TextRange gap{content.end(), contentAt(from + 1).start - content.end()};
        const QString gapText = textOf(tree, gap);
        edit.remove({content.start, gap.end() - content.start});
        edit.insert(contentAt(to).end(), gapText + moved);
    }
    return ifKept(tree, edit, promiseOf(linesInOrder(tree, graph, order)));
}

Result<TextEdit> moveStageUp(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    const Stage *stage = graph.stage(key);
    if (stage && stage->index == 0)
        return refused(Text::tr("It is the first stage."));
    return moveStage(tree, graph, key, stage ? stage->index - 1 : 0);
}

Result<TextEdit> moveStageDown(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    const Stage *stage = graph.stage(key);
    if (stage && stage->index + 1 == int(graph.stages.size()))
        return refused(Text::tr("It is the last stage."));
    return moveStage(tree, graph, key, stage ? stage->index + 1 : 0);
}

Result<TextEdit> splitStage(const Tree &tree, const StageGraph &graph, int line, const QString &name)
{
    const auto holds = [line](const Stage &one) { return std::ranges::count(one.instructions, line) > 0; };
    const auto found = std::ranges::find_if(graph.stages, holds);
    if (found == graph.stages.end())
        return refused(Text::tr("A stage is split at one of its instructions."));
    const Stage &stage = *found;
    if (const QString reason = whyNoStageName(graph, name); !reason.isEmpty())
        return refused(reason);
    const auto at = std::ranges::find(stage.instructions, line);
    if (const QString reason =
            whyNotSeparable(tree, {stage.instructions.begin(), at}, {at, stage.instructions.end()});
        !reason.isEmpty())
        return refused(reason);
    const auto rename = named(tree, stage, name);
    if (!rename)
        return rename;

    const Style style = styleOf(tree);
    const int first = std::max(firstLineOf(tree, line), stage.fromLine + 1);
    int blanks = 0;
    while (tree.line(first - 1 - blanks).kind == LineKind::Blank)
        ++blanks;
    QString text = blankRows(style.lineEnd, std::max(0, style.blankLinesBetweenStages - blanks));
    text += styledKeyword(style, Keyword::From) + u' ' + name.toLower();
    if (!stage.name.isEmpty())
        text += (style.lowerCaseKeywords ? " as "_L1 : " AS "_L1) + stage.name;
    text += style.lineEnd;

    const int index = stage.index;
    TextEdit edit = renumbered(tree, graph, [index](int old) { return old >= index ? old + 1 : old; });
    add(edit, *rename);
    edit.insert(tree.lineRange(first).start, text);

    Promise promise;
    promise.lines = instructionLines(tree);
    promise.lines.insert(std::ranges::find(promise.lines, line), -1);
    promise.stages.insert(index, index + 1);
    return ifKept(tree, edit, promise);
}

Result<TextEdit> setPlatform(const Tree &tree, const StageGraph &graph, const NodeKey &key,
                             const QString &platform)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    const QString wanted = platform.trimmed();
    if (const QString reason = wanted.isEmpty() ? QString() : whyNoPlatform(wanted); !reason.isEmpty())
        return refused(reason);
    InstructionEditor editor(Instruction(tree, stage->fromLine));
    editor.setFlag(u"platform"_s, wanted);
    const auto edit = editor.edit();
    if (!edit || edit->isEmpty())
        return edit;
    return ifKept(tree, *edit, promiseOf(instructionLines(tree)));
}

namespace {

/// Why the upper stage cannot go into the lower one.
QString whyNotMerged(const Tree &tree, const StageGraph &graph, const Stage &upper, const Stage &lower)
{
    for (const Edge &edge : graph.edges) {
        if (edge.from == upper.key && (edge.to != lower.key || edge.kind != EdgeKind::Base)) {
            const Stage *user = graph.stage(edge.to);
            return Text::tr("\"%1\" uses \"%2\" as well.")
                .arg(user ? user->displayName() : edge.to.name, upper.displayName());
        }
    }
    if (graph.target == upper.index)
        return Text::tr("\"%1\" is what is built.").arg(upper.displayName());
    return whyNotSeparable(tree, upper.instructions, lower.instructions);
}

}

Result<TextEdit> mergeWithBase(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    const Stage *lower = graph.stage(key);
    if (!lower)
        return noSuchStage(key);
    if (lower->baseStage < 0) {
        return refused(Text::tr("\"%1\" is built on an image, not on a stage.").arg(lower->displayName()));
    }
    const Stage &upper = graph.stages[size_t(lower->baseStage)];
    if (const QString reason = whyNotMerged(tree, graph, upper, *lower); !reason.isEmpty())
        return refused(reason);

    const int gone = upper.index;
    const auto rename =
        lower->name.isEmpty() ? Result<TextEdit>(TextEdit()) : named(tree, upper, lower->name);
    if (!rename)
        return rename;
    TextEdit edit = renumbered(tree, graph, [gone](int old) { return old > gone ? old - 1 : old; });
    add(edit, *rename);
    const TextRange fromLine = contentOf(tree, lower->fromLine, lower->fromLine);
    if (lower->index == gone + 1) {
        edit.remove({fromLine.start, tree.lineRange(lower->fromLine).end() - fromLine.start});
    } else {
        // Down to the lower one: what that uses may stand between the two.
        const int first = firstLineOfStage(tree, upper);
        const TextRange content = contentOf(tree, first, lastLineOf(tree, upper));
        const Stage &next = graph.stages[size_t(gone) + 1];
        const qsizetype end = contentOf(tree, firstLineOfStage(tree, next), next.fromLine).start;
        const QString moved = taken(tree, content, edit);
        edit.remove({content.start, end - content.start});
        edit.replace(fromLine, moved);
    }

    Promise promise;
    promise.lines = instructionLines(tree);
    const auto own = linesOf(upper);
    std::erase_if(promise.lines, [&own](int line) { return std::ranges::count(own, line) > 0; });
    const auto place = promise.lines.erase(std::ranges::find(promise.lines, lower->fromLine));
    promise.lines.insert(place, own.begin(), own.end());
    promise.stages.insert(gone, lower->index - 1);
    promise.stages.insert(lower->index, lower->index - 1);
    return ifKept(tree, edit, promise);
}

Result<TextEdit> mergeWithDerived(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    const Stage *upper = graph.stage(key);
    if (!upper)
        return noSuchStage(key);
    const Stage *lower = nullptr;
    for (const Stage &stage : graph.stages) {
        if (stage.baseStage != upper->index)
            continue;
        if (lower)
            return refused(Text::tr("More than one stage is built on \"%1\".").arg(upper->displayName()));
        lower = &stage;
    }
    if (!lower)
        return refused(Text::tr("No stage is built on \"%1\".").arg(upper->displayName()));
    return mergeWithBase(tree, graph, lower->key);
}

}
