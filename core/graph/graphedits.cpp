// SPDX-License-Identifier: Apache-2.0
#include "graph/graphedits.h"

#include "dockerfile/commandverbs.h"
#include "dockerfile/edits.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"
#include "dockerfile/views.h"
#include "graph/instructionverbs.h"
#include "graph/stagereferences.h"
#include "graph/verbtools.h"

#include <QRegularExpression>
#include <QSet>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

/// The base as FROM must spell it, for a stage at `index`: stages in lower case.
Result<QString> baseFor(const StageGraph &graph, const QString &base, int index)
{
    const QString wanted = base.trimmed();
    if (const QString reason = whyNoImage(wanted); !reason.isEmpty())
        return refused(reason);
    bool isNumber = false;
    (void)wanted.toInt(&isNumber);
    if (isNumber)
        return refused(Text::tr("FROM knows stages by name only."), Text::tr("Give the stage a name first."));
    const Stage *earlier = graph.stageCalled(wanted, index);
    if (earlier)
        return wanted.toLower();
    const Stage *named = graph.stageCalled(wanted);
    if (named && named->index == index)
        return refused(Text::tr("A stage cannot be its own base."));
    if (named) {
        return refused(Text::tr("The stage \"%1\" comes later: a base must stand above.").arg(named->name),
                       Text::tr("Move that stage up first."));
    }
    return wanted;
}

/// All stays, and one instruction is new below the line.
Promise promiseWithNew(const Tree &tree, int line)
{
    Promise promise = promiseOf(instructionLines(tree));
    promise.lines.insert(std::ranges::upper_bound(promise.lines, line), -1);
    return promise;
}

}

QString whyNoStageName(const StageGraph &graph, const QString &name, std::optional<NodeKey> renamed)
{
    if (const QString reason = dockerfile::whyNoStageName(name); !reason.isEmpty())
        return reason;
    const QString lower = name.toLower();
    for (const Stage &stage : graph.stages) {
        if (stage.key != renamed && stage.name.toLower() == lower)
            return Text::tr("Another stage is called \"%1\" already.").arg(stage.name);
    }
    // A stage hides the image of its name: what used the image would get the stage.
    for (const Edge &edge : graph.edges) {
        if (edge.from.kind == NodeKind::Image && edge.from.name.toLower() == lower &&
            (edge.to != renamed || edge.kind != EdgeKind::Base))
            return Text::tr("The image \"%1\" is used under that name.").arg(edge.from.name);
    }
    return {};
}

Result<TextEdit> addStage(const Tree &tree, const StageGraph &graph, const QString &name, const QString &base,
                          std::optional<NodeKey> after)
{
    const Stage *previous = after ? graph.stage(*after) : nullptr;
    if (after && !previous)
        return noSuchStage(*after);
    if (!name.isEmpty()) {
        if (const QString reason = whyNoStageName(graph, name); !reason.isEmpty())
            return refused(reason);
    }
    const int index = previous ? previous->index + 1 : int(graph.stages.size());
    const auto wanted = baseFor(graph, base, index);
    if (!wanted)
        return std::unexpected(wanted.error());

    const Style style = styleOf(tree);
    QString text = styledKeyword(style, Keyword::From) + u' ' + *wanted;
    if (!name.isEmpty())
        text += (style.lowerCaseKeywords ? " as "_L1 : " AS "_L1) + name;
    text += style.lineEnd;

    const int last = lastLineWithText(tree, -1, previous ? previous->lastLine : tree.lineCount() - 1);
    if (last < 0)
        return TextEdit({tree.length(), 0}, text);
    if (const QString reason = whyNothingCanFollow(tree, last); !reason.isEmpty())
        return refused(reason);
    QString gap;
    if (!endsItsRow(tree, last))
        gap += style.lineEnd;
    if (!graph.stages.empty()) {
        for (int i = 0; i < style.blankLinesBetweenStages; ++i)
            gap += style.lineEnd;
    }
    TextEdit edit({tree.lineRange(last).end(), 0}, gap + text);
    const int place = index;
    add(edit, renumbered(tree, graph, [place](int old) { return old >= place ? old + 1 : old; }));
    return ifKept(tree, edit, promiseWithNew(tree, last));
}

Result<TextEdit> renameStage(const Tree &tree, const StageGraph &graph, const NodeKey &key,
                             const QString &name)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    if (const QString reason = whyNoStageName(graph, name, key); !reason.isEmpty())
        return refused(reason);
    if (stage->name == name)
        return TextEdit();

    const Instruction line(tree, stage->fromLine);
    const From from = viewFrom(line);
    if (!from.image) {
        return refused(Text::tr("The stage in line %1 has no base yet.").arg(tree.firstRow(stage->fromLine)),
                       Text::tr("Give it an image first."));
    }
    TextEdit edit;
    if (from.name) {
        edit.replace(from.name->range, name);
    } else {
        const Word &last = line.words().back();
        const bool hasAs = last != *from.image && last.text.compare("as"_L1, Qt::CaseInsensitive) == 0;
        QString text = hasAs ? u" "_s : styleOf(tree).lowerCaseKeywords ? u" as "_s : u" AS "_s;
        edit.insert(hasAs ? last.range.end() : from.image->range.end(), text += name);
    }
    for (const StageReference &reference : stageReferences(tree, graph)) {
        if (reference.stage != stage->index || reference.byIndex)
            continue;
        if (reference.byVariable) {
            return refused(
                Text::tr("Line %1 names this stage through a variable.").arg(tree.firstRow(reference.line)),
                Text::tr("Write the name there, or change it by hand."));
        }
        edit.replace(reference.range, reference.place == StageReference::Place::Base ? name.toLower() : name);
    }
    return ifKept(tree, edit, promiseOf(instructionLines(tree)));
}

std::vector<int> linesReferringTo(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    std::vector<int> lines;
    const Stage *stage = graph.stage(key);
    if (!stage)
        return lines;
    for (const StageReference &reference : stageReferences(tree, graph)) {
        if (reference.stage == stage->index && reference.inStage != stage->index &&
            (lines.empty() || lines.back() != reference.line))
            lines.push_back(reference.line);
    }
    return lines;
}

Result<TextEdit> deleteStage(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    if (graph.stages.size() == 1)
        return refused(Text::tr("A Dockerfile needs a stage."), Text::tr("Change its base instead."));
    for (const Stage &other : graph.stages) {
        if (other.baseStage == stage->index) {
            return refused(Text::tr("The stage \"%1\" is built on it.").arg(other.displayName()),
                           Text::tr("Give that stage another base first."));
        }
    }

    // The comments right above a FROM describe its stage and go with it; above the first they speak of the
    // file.
    const bool isFirst = stage->index == 0;
    const bool isLast = stage->index + 1 == int(graph.stages.size());
    int first = isFirst ? stage->fromLine : graph.stages[stage->index - 1].lastLine + 1;
    if (isLast)
        first = lastLineWithText(tree, -1, first - 1) + 1; // with the blank lines that set it apart
    const qsizetype start = tree.lineRange(first).start;
    QSet<int> gone;
    QSet<int> changed;
    std::vector<Edge> edges;
    std::ranges::copy_if(graph.edges, std::back_inserter(edges),
                         [&key](const Edge &edge) { return edge.from == key && edge.to != key; });
    auto edit = withoutEdges(tree, graph, edges, gone, changed);
    if (!edit)
        return edit;
    edit->remove({start, tree.lineRange(stage->lastLine).end() - start});
    for (int line = first; line <= stage->lastLine; ++line)
        gone.insert(line);
    const int index = stage->index;
    add(*edit, renumbered(tree, graph, [index](int old) { return old > index ? old - 1 : old; }, gone));
    Promise promise = promiseOf(instructionLines(tree));
    std::erase_if(promise.lines, [&gone](int line) { return gone.contains(line); });
    promise.changed = changed;
    return ifKept(tree, *edit, promise);
}

Result<TextEdit> changeBase(const Tree &tree, const StageGraph &graph, const NodeKey &key,
                            const QString &base)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    const auto wanted = baseFor(graph, base, stage->index);
    if (!wanted)
        return std::unexpected(wanted.error());

    const Instruction line(tree, stage->fromLine);
    const From from = viewFrom(line);
    if (from.image && from.image->text == *wanted)
        return TextEdit();
    Promise promise = promiseOf(instructionLines(tree));
    promise.changed = {stage->fromLine};
    promise.keepsVariables = false; // those of the base come along
    if (from.image)
        return ifKept(tree, replaceWord(*from.image, *wanted), promise);
    const qsizetype end =
        line.flags().empty() ? line.keywordWord().range.end() : line.flags().back().range.end();
    QString text = u' ' + *wanted;
    return ifKept(tree, {{end, 0}, text}, promise);
}

namespace {

QString copyText(const Style &style, const QString &from, const QString &source, const QString &destination)
{
    QString text = styledKeyword(style, Keyword::Copy) + u' ';
    if (!from.isEmpty())
        text += "--from="_L1 + from + u' ';
    static const QRegularExpression blank(uR"(\s)"_s);
    if (!source.contains(blank) && !destination.contains(blank))
        return text += source + u' ' + destination;
    return text += jsonListText({source, destination});
}

}

Result<TextEdit> connectByCopy(const Tree &tree, const StageGraph &graph, const NodeKey &from,
                               const NodeKey &to, const QString &source, const QString &destination)
{
    const Stage *stage = graph.stage(to);
    if (!stage)
        return noSuchStage(to);
    if (source.trimmed().isEmpty() || destination.trimmed().isEmpty())
        return refused(Text::tr("A copy needs a path to take and a path to put it."));
    const auto name = sourceText(graph, from, *stage, SourceUse::Copy);
    if (!name)
        return std::unexpected(name.error());

    const int line = placeFor(tree, graph, to, Keyword::Copy);
    if (const QString reason = whyNothingCanFollow(tree, line); !reason.isEmpty())
        return refused(reason);
    return ifKept(
        tree,
        insertLineAfter(tree, line, copyText(styleOf(tree), *name, source.trimmed(), destination.trimmed())),
        promiseWithNew(tree, line));
}

}
