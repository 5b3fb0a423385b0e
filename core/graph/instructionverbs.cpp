// SPDX-License-Identifier: Apache-2.0
#include "graph/instructionverbs.h"

#include "dockerfile/lineverbs.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"
#include "graph/graphedits.h"
#include "graph/stageverbs.h"
#include "graph/verbtools.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

bool isInstruction(const Tree &tree, int line)
{
    return line >= 0 && line < tree.lineCount() && tree.line(line).kind == LineKind::Instruction;
}

std::unexpected<Error> notForStages(const QString &verb)
{
    return refused(Text::tr("FROM opens a stage."), verb);
}

// ... and all other lines keep their keywords; what they mean may be what is changed.
Promise sameLines(std::vector<int> lines)
{
    Promise promise = promiseOf(std::move(lines));
    promise.keepsReferences = false;
    promise.keepsVariables = false;
    return promise;
}

std::vector<int> withNewAfter(const Tree &tree, int line)
{
    std::vector<int> lines = instructionLines(tree);
    lines.insert(std::ranges::upper_bound(lines, line), -1);
    return lines;
}

std::vector<int> without(const Tree &tree, int line)
{
    std::vector<int> lines = instructionLines(tree);
    std::erase(lines, line);
    return lines;
}

bool standsAtTheEnd(Keyword keyword)
{
    return keyword == Keyword::Cmd || keyword == Keyword::Entrypoint;
}

// What tells how the image runs comes after what makes its files.
bool standsAfterFiles(Keyword keyword)
{
    switch (keyword) {
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Expose:
    case Keyword::User:
    case Keyword::Healthcheck:
    case Keyword::Stopsignal:
    case Keyword::Volume:
        return true;
    default:
        return false;
    }
}

int lastOf(const Tree &tree, const Stage &stage, bool (*counts)(Keyword))
{
    int last = stage.fromLine;
    for (const int line : stage.instructions) {
        if (counts(tree.line(line).keyword))
            last = line;
    }
    return last;
}

// Above the comments of the first instruction after `last` that should come behind; else at the end.
int lineBefore(const Tree &tree, const Stage &stage, int last, bool (*comesBehind)(Keyword))
{
    for (const int line : stage.instructions) {
        if (line > last && comesBehind(tree.line(line).keyword))
            return lastLineWithText(tree, last, std::max(last + 1, firstLineOf(tree, line)) - 1);
    }
    return lastLineWithText(tree, stage.fromLine, stage.lastLine);
}

int lineAfterArgs(const Tree &tree, const Stage &stage)
{
    int last = stage.fromLine;
    for (const int line : stage.instructions) {
        if (tree.line(line).keyword != Keyword::Arg)
            break;
        last = line;
    }
    return last;
}

}

int placeFor(const Tree &tree, const StageGraph &graph, const NodeKey &key, Keyword keyword)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return -1;
    switch (keyword) {
    case Keyword::Arg:
        return lineAfterArgs(tree, *stage);
    case Keyword::Cmd:
        return lastLineWithText(tree, stage->fromLine, stage->lastLine);
    case Keyword::Entrypoint:
        return lineBefore(tree, *stage,
                          lastOf(tree, *stage, [](Keyword one) { return !standsAtTheEnd(one); }),
                          standsAtTheEnd);
    case Keyword::Copy:
    case Keyword::Add:
        return lineBefore(
            tree, *stage,
            lastOf(tree, *stage, [](Keyword one) { return one == Keyword::Copy || one == Keyword::Add; }),
            standsAfterFiles);
    default:
        break;
    }
    const bool isAboutRunning = standsAfterFiles(keyword);
    const auto isFiles = [](Keyword one) { return !standsAfterFiles(one); };
    const auto isBeforeEnd = [](Keyword one) { return !standsAtTheEnd(one); };
    return isAboutRunning ? lineBefore(tree, *stage, lastOf(tree, *stage, isBeforeEnd), standsAtTheEnd)
                          : lineBefore(tree, *stage, lastOf(tree, *stage, isFiles), standsAfterFiles);
}

Result<TextEdit> addInstruction(const Tree &tree, const StageGraph &graph, const NodeKey &key,
                                const QString &text, std::optional<int> after)
{
    const Stage *stage = graph.stage(key);
    if (!stage)
        return noSuchStage(key);
    const QString rows = withLineEnds(text.trimmed(), styleOf(tree).lineEnd);
    if (const QString reason = whyNotOneInstruction(tree, rows); !reason.isEmpty())
        return refused(reason);
    const Keyword keyword = keywordFromText(rows.section(u' ', 0, 0).trimmed());
    if (keyword == Keyword::From)
        return notForStages(Text::tr("Add a stage instead."));
    const int place = after.value_or(placeFor(tree, graph, key, keyword));
    if (place < stage->fromLine || place > stage->lastLine)
        return refused(Text::tr("That place is not in the stage \"%1\".").arg(stage->displayName()));
    if (const QString reason = whyNothingCanFollow(tree, place); !reason.isEmpty())
        return refused(reason);
    return ifKept(tree, insertRowsAfter(tree, place, rows), sameLines(withNewAfter(tree, place)));
}

Result<TextEdit> replaceInstruction(const Tree &tree, const StageGraph &graph, int line, const QString &text)
{
    Q_UNUSED(graph)
    const auto edit = dockerfile::replaceInstruction(tree, line, text);
    if (!edit || edit->isEmpty())
        return edit;
    const Keyword keyword = tree.line(line).keyword;
    const bool wasFrom = keyword == Keyword::From;
    const Tree after = tree.edited(*edit);
    if (wasFrom != (after.line(line).keyword == Keyword::From))
        return notForStages(Text::tr("Add or delete the stage instead."));
    Promise promise = sameLines(instructionLines(tree));
    promise.changed = {line};
    if (wasFrom)
        promise.keepsReferences = true; // to the stage, by its name
    else
        std::ranges::replace(promise.lines, line, -1); // another keyword, maybe
    return ifKept(tree, *edit, promise);
}

namespace {

/// Adds the other's replacements, unless the two are about the same characters: a half-typed "FROM -" is a
/// flag to one verb and the base to another.
bool addIfApart(TextEdit &edit, const TextEdit &other)
{
    for (const auto &[range, text] : edit.replacements()) {
        for (const auto &[added, addedText] : other.replacements()) {
            if (added.start < range.end() && range.start < added.end())
                return false;
        }
    }
    add(edit, other);
    return true;
}

std::unexpected<Error> cannotBeFollowed()
{
    return refused(Text::tr("The line is written in a way that cannot be followed."),
                   Text::tr("Edit it as text."));
}

/// Base, platform and name, each by its own verb, so that the references follow.
Result<TextEdit> editFrom(const Tree &tree, const StageGraph &graph, const Stage &stage, const FromForm &form)
{
    const FromForm now = readFrom(Instruction(tree, stage.fromLine));
    TextEdit all;
    if (form.platform != now.platform) {
        const auto edit = setPlatform(tree, graph, stage.key, form.platform);
        if (!edit)
            return edit;
        add(all, *edit);
    }
    if (form.image != now.image) {
        const auto edit = changeBase(tree, graph, stage.key, form.image);
        if (!edit)
            return edit;
        if (!addIfApart(all, *edit))
            return cannotBeFollowed();
    }
    const auto ifSaid = [&]() -> Result<TextEdit> {
        const Tree after = tree.edited(all);
        const bool isSaid =
            after.lineCount() == tree.lineCount() && readFrom(Instruction(after, stage.fromLine)) == form;
        return isSaid || !whyNot(form).isEmpty() ? Result<TextEdit>(all) : cannotBeFollowed();
    };
    if (form.name == now.name)
        return ifSaid();
    if (form.name.isEmpty() && !linesReferringTo(tree, graph, stage.key).empty())
        return refused(Text::tr("Other lines refer to \"%1\" by its name.").arg(now.name));
    FromForm onlyName = now;
    onlyName.name.clear();
    const auto edit = form.name.isEmpty() ? editTo(Instruction(tree, stage.fromLine), onlyName)
                                          : renameStage(tree, graph, stage.key, form.name);
    if (!edit)
        return edit;
    if (!addIfApart(all, *edit))
        return cannotBeFollowed();
    return ifSaid();
}

}

Result<TextEdit> editInstruction(const Tree &tree, const StageGraph &graph, int line, const Form &form)
{
    if (!isInstruction(tree, line))
        return noSuchInstruction();
    const Stage *stage = graph.stageAtLine(line);
    if (const auto *from = std::get_if<FromForm>(&form); from && stage && stage->fromLine == line)
        return editFrom(tree, graph, *stage, *from);
    const auto edit = editTo(Instruction(tree, line), form);
    if (!edit || edit->isEmpty())
        return edit;
    return ifKept(tree, *edit, sameLines(instructionLines(tree)));
}

Result<TextEdit> duplicateInstruction(const Tree &tree, const StageGraph &graph, int line)
{
    Q_UNUSED(graph)
    if (!isInstruction(tree, line))
        return noSuchInstruction();
    if (tree.line(line).keyword == Keyword::From)
        return notForStages(Text::tr("Duplicate the stage instead."));
    const auto edit = dockerfile::duplicateInstruction(tree, line);
    return edit ? ifKept(tree, *edit, sameLines(withNewAfter(tree, line))) : edit;
}

Result<TextEdit> deleteInstruction(const Tree &tree, const StageGraph &graph, int line)
{
    Q_UNUSED(graph)
    if (!isInstruction(tree, line))
        return noSuchInstruction();
    if (tree.line(line).keyword == Keyword::From)
        return notForStages(Text::tr("Delete the stage instead."));
    const auto edit = dockerfile::deleteInstruction(tree, line);
    Promise promise = promiseOf(without(tree, line));
    promise.keepsVariables = false;
    return edit ? ifKept(tree, *edit, promise) : edit;
}

Result<TextEdit> commentOutInstruction(const Tree &tree, const StageGraph &graph, int line)
{
    Q_UNUSED(graph)
    if (!isInstruction(tree, line))
        return noSuchInstruction();
    if (tree.line(line).keyword == Keyword::From)
        return notForStages(Text::tr("Delete the stage instead."));
    const auto edit = commentOut(tree, line, line);
    Promise promise = promiseOf(without(tree, line));
    promise.keepsVariables = false;
    return edit ? ifKept(tree, *edit, promise) : edit;
}

Result<TextEdit> commentInInstruction(const Tree &tree, const StageGraph &graph, int line)
{
    Q_UNUSED(graph)
    const auto span = commentedInstruction(tree, line);
    if (!span)
        return refused(Text::tr("The comment holds no complete instruction."));
    const auto edit = commentIn(tree, span->first, span->last);
    Promise promise = promiseOf(withNewAfter(tree, span->first));
    promise.keepsVariables = false;
    return edit ? ifKept(tree, *edit, promise) : edit;
}

}
