// SPDX-License-Identifier: Apache-2.0
#include "commands/designverbs.h"

#include "dockerfile/commandverbs.h"
#include "dockerfile/keyword.h"
#include "graph/edgeverbs.h"
#include "graph/graphedits.h"
#include "graph/instructionverbs.h"
#include "graph/stageverbs.h"

using namespace Qt::StringLiterals;

namespace ui {

using dockerfile::Instruction;
using dockerfile::Keyword;

namespace {

/// What stands behind "Undo".
QString undoLabel(InstructionVerb verb, const QString &word)
{
    switch (verb) {
    case InstructionVerb::MoveUp:
        return DesignVerbs::tr("move %1 up").arg(word);
    case InstructionVerb::MoveDown:
        return DesignVerbs::tr("move %1 down").arg(word);
    case InstructionVerb::Duplicate:
        return DesignVerbs::tr("duplicate %1").arg(word);
    case InstructionVerb::CommentOut:
        return DesignVerbs::tr("comment out %1").arg(word);
    case InstructionVerb::Delete:
        return DesignVerbs::tr("delete %1").arg(word);
    case InstructionVerb::ToJsonForm:
        return DesignVerbs::tr("turn %1 into JSON form").arg(word);
    case InstructionVerb::ToShellForm:
        return DesignVerbs::tr("turn %1 into shell form").arg(word);
    case InstructionVerb::ToJsonPaths:
        return DesignVerbs::tr("write paths of %1 as a JSON list").arg(word);
    case InstructionVerb::ToPlainPaths:
        return DesignVerbs::tr("write paths of %1 as words").arg(word);
    case InstructionVerb::JoinWithNext:
        return DesignVerbs::tr("join two %1").arg(word);
    case InstructionVerb::Split:
        return DesignVerbs::tr("split %1").arg(word);
    case InstructionVerb::ToHeredoc:
        return DesignVerbs::tr("turn %1 into a heredoc").arg(word);
    case InstructionVerb::FromHeredoc:
        return DesignVerbs::tr("turn %1 into one command line").arg(word);
    }
    Q_UNREACHABLE_RETURN({});
}

QString undoLabel(StageVerb verb, const QString &stage)
{
    switch (verb) {
    case StageVerb::MoveUp:
        return DesignVerbs::tr("move stage %1 up").arg(stage);
    case StageVerb::MoveDown:
        return DesignVerbs::tr("move stage %1 down").arg(stage);
    case StageVerb::Duplicate:
        return DesignVerbs::tr("duplicate stage %1").arg(stage);
    case StageVerb::MergeWithBase:
        return DesignVerbs::tr("merge %1 with its base").arg(stage);
    case StageVerb::MergeWithDerived:
        return DesignVerbs::tr("merge %1 with the stage FROM it").arg(stage);
    }
    Q_UNREACHABLE_RETURN({});
}

}

DesignVerbs::DesignVerbs(workspace::Workspace &workspace, CommandStack &stack, QWidget *window,
                         QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_stack(stack)
    , m_window(window)
{}

QString DesignVerbs::title(InstructionVerb verb)
{
    switch (verb) {
    case InstructionVerb::MoveUp:
        return tr("Move up");
    case InstructionVerb::MoveDown:
        return tr("Move down");
    case InstructionVerb::Duplicate:
        return tr("Duplicate");
    case InstructionVerb::CommentOut:
        return tr("Comment out");
    case InstructionVerb::Delete:
        return tr("Delete");
    case InstructionVerb::ToJsonForm:
        return tr("Turn into JSON form");
    case InstructionVerb::ToShellForm:
        return tr("Turn into shell form");
    case InstructionVerb::ToJsonPaths:
        return tr("Write paths as a JSON list");
    case InstructionVerb::ToPlainPaths:
        return tr("Write paths as words");
    case InstructionVerb::JoinWithNext:
        return tr("Join with the next RUN");
    case InstructionVerb::Split:
        return tr("Split at &&&&"); // a lone & would mark a key
    case InstructionVerb::ToHeredoc:
        return tr("Turn into a heredoc");
    case InstructionVerb::FromHeredoc:
        return tr("Turn back into one command line");
    }
    Q_UNREACHABLE_RETURN({});
}

QString DesignVerbs::title(StageVerb verb)
{
    switch (verb) {
    case StageVerb::MoveUp:
        return tr("Move stage up");
    case StageVerb::MoveDown:
        return tr("Move stage down");
    case StageVerb::Duplicate:
        return tr("Duplicate stage");
    case StageVerb::MergeWithBase:
        return tr("Merge with the stage it is FROM");
    case StageVerb::MergeWithDerived:
        return tr("Merge with the stage FROM it");
    }
    Q_UNREACHABLE_RETURN({});
}

std::vector<InstructionVerb> DesignVerbs::verbsFor(Keyword keyword)
{
    using enum InstructionVerb;
    std::vector<InstructionVerb> verbs{MoveUp, MoveDown, Duplicate, CommentOut};
    switch (keyword) {
    case Keyword::Run:
        verbs.insert(verbs.end(), {ToJsonForm, ToShellForm, JoinWithNext, Split, ToHeredoc, FromHeredoc});
        break;
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Healthcheck:
        verbs.insert(verbs.end(), {ToJsonForm, ToShellForm});
        break;
    case Keyword::Copy:
    case Keyword::Add:
    case Keyword::Volume:
        verbs.insert(verbs.end(), {ToJsonPaths, ToPlainPaths});
        break;
    default:
        break;
    }
    verbs.push_back(Delete);
    return verbs;
}

bool DesignVerbs::isInstruction(int line) const
{
    const auto &tree = m_workspace.snapshot().tree;
    return line >= 0 && line < tree.lineCount() && tree.line(line).kind == dockerfile::LineKind::Instruction;
}

base::Result<base::TextEdit> DesignVerbs::edit(InstructionVerb verb, int line) const
{
    const auto &[tree, graph] = std::tie(m_workspace.snapshot().tree, m_workspace.snapshot().graph);
    if (!isInstruction(line)) {
        return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                           .message = tr("there is no instruction any more"),
                                           .where = {},
                                           .hint = {},
                                           .detail = {}});
    }
    switch (verb) {
    case InstructionVerb::MoveUp:
        return graph::moveInstructionUp(tree, graph, line);
    case InstructionVerb::MoveDown:
        return graph::moveInstructionDown(tree, graph, line);
    case InstructionVerb::Duplicate:
        return graph::duplicateInstruction(tree, graph, line);
    case InstructionVerb::CommentOut:
        return graph::commentOutInstruction(tree, graph, line);
    case InstructionVerb::Delete:
        return graph::deleteInstruction(tree, graph, line);
    case InstructionVerb::ToJsonForm:
        return dockerfile::toJsonForm(Instruction(tree, line));
    case InstructionVerb::ToShellForm:
        return dockerfile::toShellForm(Instruction(tree, line));
    case InstructionVerb::ToJsonPaths:
        return dockerfile::toJsonPaths(Instruction(tree, line));
    case InstructionVerb::ToPlainPaths:
        return dockerfile::toPlainPaths(Instruction(tree, line));
    case InstructionVerb::JoinWithNext:
        return dockerfile::joinWithNextRun(Instruction(tree, line));
    case InstructionVerb::Split:
        return dockerfile::splitRun(Instruction(tree, line));
    case InstructionVerb::ToHeredoc:
        return dockerfile::toHeredoc(Instruction(tree, line));
    case InstructionVerb::FromHeredoc:
        return dockerfile::fromHeredoc(Instruction(tree, line));
    }
    Q_UNREACHABLE_RETURN({});
}

base::Result<base::TextEdit> DesignVerbs::edit(StageVerb verb, const graph::NodeKey &stage) const
{
    const auto &[tree, graph] = std::tie(m_workspace.snapshot().tree, m_workspace.snapshot().graph);
    switch (verb) {
    case StageVerb::MoveUp:
        return graph::moveStageUp(tree, graph, stage);
    case StageVerb::MoveDown:
        return graph::moveStageDown(tree, graph, stage);
    case StageVerb::Duplicate:
        return graph::duplicateStage(tree, graph, stage, graph::freeStageName(graph, titleOf(stage)));
    case StageVerb::MergeWithBase:
        return graph::mergeWithBase(tree, graph, stage);
    case StageVerb::MergeWithDerived:
        return graph::mergeWithDerived(tree, graph, stage);
    }
    Q_UNREACHABLE_RETURN({});
}

void DesignVerbs::apply(InstructionVerb verb, int line)
{
    m_stack.push(edit(verb, line), undoLabel(verb, wordOf(line)));
}

void DesignVerbs::applyToStage(StageVerb verb, const graph::NodeKey &stage)
{
    m_stack.push(edit(verb, stage), undoLabel(verb, titleOf(stage)));
}

void DesignVerbs::editForm(int line, const dockerfile::Form &form)
{
    const auto &snapshot = m_workspace.snapshot();
    if (isInstruction(line))
        m_stack.push(graph::editInstruction(snapshot.tree, snapshot.graph, line, form),
                     tr("edit %1").arg(wordOf(line)));
}

void DesignVerbs::replaceText(int line, const QString &text)
{
    const auto &snapshot = m_workspace.snapshot();
    if (isInstruction(line))
        m_stack.push(graph::replaceInstruction(snapshot.tree, snapshot.graph, line, text),
                     tr("edit %1").arg(wordOf(line)));
}

void DesignVerbs::addInstruction(const graph::NodeKey &stage, const dockerfile::Form &form,
                                 std::optional<int> after)
{
    const auto &snapshot = m_workspace.snapshot();
    const auto text = dockerfile::newInstruction(dockerfile::styleOf(snapshot.tree), form);
    if (!text) {
        Q_EMIT m_stack.refused(text.error());
        return;
    }
    m_stack.push(graph::addInstruction(snapshot.tree, snapshot.graph, stage, *text, after),
                 tr("add %1 to %2").arg(text->section(u' ', 0, 0).toUpper(), titleOf(stage)));
}

void DesignVerbs::commentIn(int line)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::commentInInstruction(snapshot.tree, snapshot.graph, line), tr("comment in"));
}

void DesignVerbs::moveInstruction(int line, const graph::NodeKey &stage, int position)
{
    const auto &snapshot = m_workspace.snapshot();
    if (isInstruction(line))
        m_stack.push(graph::moveInstruction(snapshot.tree, snapshot.graph, line, stage, position),
                     tr("move %1 to %2").arg(wordOf(line), titleOf(stage)));
}

void DesignVerbs::setPlatform(const graph::NodeKey &stage, const QString &platform)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::setPlatform(snapshot.tree, snapshot.graph, stage, platform),
                 platform.isEmpty() ? tr("take the platform from %1").arg(titleOf(stage))
                                    : tr("platform of %1: %2").arg(titleOf(stage), platform));
}

void DesignVerbs::retargetEdge(const graph::Edge &edge, const graph::NodeKey &from)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::retargetEdge(snapshot.tree, snapshot.graph, edge, from),
                 tr("take from %1 instead of %2").arg(titleOf(from), titleOf(edge.from)));
}

void DesignVerbs::removeEdge(const graph::Edge &edge)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::removeEdge(snapshot.tree, snapshot.graph, edge),
                 tr("disconnect %1 from %2").arg(titleOf(edge.from), titleOf(edge.to)));
}

QString DesignVerbs::titleOf(const graph::NodeKey &key) const
{
    const graph::Stage *stage = m_workspace.snapshot().graph.stage(key);
    if (stage)
        return stage->displayName();
    return key.name.isEmpty() ? tr("the build context") : key.name;
}

QString DesignVerbs::wordOf(int line) const
{
    return isInstruction(line) ? dockerfile::keywordText(m_workspace.snapshot().tree.line(line).keyword)
                               : QString();
}

}
