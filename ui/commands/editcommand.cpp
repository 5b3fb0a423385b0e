// SPDX-License-Identifier: Apache-2.0
#include "commands/editcommand.h"

#include "commands/commandids.h"
#include "workspace/workspace.h"

using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr auto pauseThatEndsARun = 1s;

bool hasLineEnd(const QString &text)
{
    return text.contains(u'\n') || text.contains(u'\r');
}

/// A blank after a word still belongs to it, so that undo takes "word " away at once.
bool startsAWord(const QString &typedBefore, const QString &typedNow)
{
    return !typedBefore.isEmpty() && typedBefore.back().isSpace() && !typedNow.front().isSpace();
}

}

EditCommand::EditCommand(workspace::Workspace &workspace, base::TextEdit edit, Source source,
                         const QString &label)
    : QUndoCommand(label)
    , m_workspace(workspace)
    , m_edit(std::move(edit))
    , m_source(source)
    , m_lastTyped(std::chrono::steady_clock::now())
{}

void EditCommand::redo()
{
    m_inverse = m_workspace.apply(m_edit);
}

void EditCommand::undo()
{
    m_edit = m_workspace.apply(m_inverse);
}

int EditCommand::id() const
{
    return m_source == Source::Typing ? int(CommandId::Typing) : -1;
}

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto &next = static_cast<const EditCommand &>(*other);
    if (m_edit.replacements().size() != 1 || next.m_edit.replacements().size() != 1 ||
        next.m_lastTyped - m_lastTyped > pauseThatEndsARun)
        return false;
    const auto &mine = m_edit.replacements().front();
    const auto &its = next.m_edit.replacements().front();
    const QString removedByMe = m_inverse.replacements().front().text;
    const QString removedByIt = next.m_inverse.replacements().front().text;

    const bool typesOn = its.range.isEmpty() && !its.text.isEmpty() && !mine.text.isEmpty() &&
                         its.range.start == mine.range.start + mine.text.size();
    if (typesOn) {
        if (hasLineEnd(mine.text) || hasLineEnd(its.text) || startsAWord(mine.text, its.text))
            return false;
        const QString text = mine.text + its.text;
        const auto range = mine.range;
        m_edit = {range, text};
        m_inverse = {{range.start, text.size()}, removedByMe};
    } else {
        const bool bothDelete = mine.text.isEmpty() && its.text.isEmpty();
        const bool backwards = its.range.end() == mine.range.start;
        const bool forwards = its.range.start == mine.range.start;
        if (!bothDelete || !(backwards || forwards) || hasLineEnd(removedByMe) || hasLineEnd(removedByIt))
            return false;
        const QString removed =
            backwards ? QString(removedByIt + removedByMe) : QString(removedByMe + removedByIt);
        const qsizetype start = its.range.start;
        m_edit = {{start, removed.size()}, QString()};
        m_inverse = {{start, 0}, removed};
    }
    m_lastTyped = next.m_lastTyped;
    return true;
}

}
