// SPDX-License-Identifier: Apache-2.0
#include "window/mergeeditor.h"

#include "editor/dockerfileeditor.h"
#include "editor/editorbinding.h"
#include "theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

namespace app {

using namespace Qt::StringLiterals;

MergeEditor::MergeEditor(const std::vector<merge::Chunk> &chunks, QWidget *parent)
    : QWidget(parent)
    , m_stack(m_workspace)
    , m_editor(new ui::DockerfileEditor(this))
    , m_binding(new ui::EditorBinding(*m_editor, m_workspace, this))
{
    QString text;
    for (const auto &chunk : chunks) {
        const QString part = chunk.text();
        if (chunk.kind == merge::Chunk::Kind::Conflict)
            m_conflicts.push_back({.chunk = chunk, .state = {.range = {text.size(), part.size()}}});
        text += part;
    }
    m_workspace.replaceDocument(text);
    m_editor->setAccessibleName(tr("Merged text"));
    m_editor->setMinimumHeight(90);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(ui::space::xs);
    layout->addWidget(makeConflictBar());
    layout->addWidget(m_editor, 1);

    connect(m_binding, &ui::EditorBinding::editRequested, this, &MergeEditor::typed);
    connect(m_editor, &ui::DockerfileEditor::undoRequested, this, &MergeEditor::undo);
    connect(m_editor, &ui::DockerfileEditor::redoRequested, this, &MergeEditor::redo);
    // Whatever has the keyboard: a choice is made with a button.
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, this, &MergeEditor::undo);
    connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, this, &MergeEditor::redo);
    connect(&m_workspace, &workspace::Workspace::documentChanged, this,
            [this](const workspace::Snapshot &, const base::TextEdit &edit) { follow(edit); });
    remember();
    if (m_conflicts.empty())
        refresh();
    else
        showConflict(0);
}

MergeEditor::~MergeEditor()
{
    // Both look at the document, which is about to go.
    delete m_binding;
    delete m_editor;
}

QWidget *MergeEditor::makeConflictBar()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(ui::space::s);
    m_words = new QLabel(bar);
    m_words->setFont(ui::sectionFont(font()));
    layout->addWidget(m_words, 1);
    m_choices = new QButtonGroup(this);
    const std::pair<QString, merge::Choice> choices[]{{tr("&Mine"), merge::Choice::Mine},
                                                      {tr("&Theirs"), merge::Choice::Theirs},
                                                      {tr("&Both"), merge::Choice::Both}};
    for (const auto &[words, choice] : choices) {
        auto *button = new QPushButton(words, bar);
        button->setCheckable(true);
        button->setAutoDefault(false);
        m_choices->addButton(button, int(choice));
        layout->addWidget(button);
    }
    const auto stepper = [&](Qt::ArrowType arrow, const QString &words, int by) {
        auto *button = new QToolButton(bar);
        button->setArrowType(arrow);
        button->setAutoRaise(true);
        button->setToolTip(words);
        button->setAccessibleName(words);
        connect(button, &QToolButton::clicked, this, [this, by] { showConflict(m_shown + by); });
        layout->addWidget(button);
        return button;
    };
    m_before = stepper(Qt::LeftArrow, tr("Conflict before"), -1);
    m_next = stepper(Qt::RightArrow, tr("Next conflict"), 1);
    connect(m_choices, &QButtonGroup::idClicked, this, [this](int id) { choose(merge::Choice(id)); });
    return bar;
}

int MergeEditor::unsettledCount() const
{
    return int(std::ranges::count_if(m_conflicts,
                                     [](const Conflict &conflict) { return !conflict.state.isSettled(); }));
}

void MergeEditor::showConflict(int index)
{
    m_shown = std::clamp(index, 0, conflictCount() - 1);
    m_binding->selectRange(m_conflicts[size_t(m_shown)].state.range);
    refresh();
}

void MergeEditor::choose(merge::Choice choice)
{
    auto &[chunk, state] = m_conflicts[size_t(m_shown)];
    const QString text = chunk.text(choice);
    const auto place = state.range;
    const QString label = tr("choose a text");
    // A choice is a step even where the text was chosen already: it settles the conflict.
    if (!m_stack.push(base::TextEdit(place, text), label))
        m_stack.undoStack()->push(new QUndoCommand(label));
    // Following the edit, the range has shrunk to nothing: what replaced it is its text now.
    state = {.range = {place.start, text.size()}, .choice = choice};
    remember();
    m_binding->selectRange(state.range);
    refresh();
    Q_EMIT settledChanged();
}

void MergeEditor::typed(const base::TextEdit &edit)
{
    for (auto &[chunk, state] : m_conflicts)
        for (const auto &[range, text] : edit.replacements())
            if (range.start <= state.range.end() && state.range.start <= range.end() &&
                (range.overlaps(state.range) || range.isEmpty() || state.range.isEmpty())) {
                state.isEdited = true;
                state.choice.reset();
            }
    m_stack.pushTyped(edit);
    remember();
    refresh();
    Q_EMIT settledChanged();
}

void MergeEditor::follow(const base::TextEdit &edit)
{
    for (auto &conflict : m_conflicts)
        conflict.state.range = edit.mapped(conflict.state.range);
}

// What was undone before is gone for good.
void MergeEditor::remember()
{
    const auto place = size_t(m_stack.undoStack()->index());
    m_states.resize(place + 1);
    m_states[place].clear();
    for (const auto &conflict : m_conflicts)
        m_states[place].push_back(conflict.state);
}

void MergeEditor::undo()
{
    m_stack.undo();
    takeBack();
}

void MergeEditor::redo()
{
    m_stack.redo();
    takeBack();
}

// The conflicts as they were at this place of the history; one that changed is shown.
void MergeEditor::takeBack()
{
    const auto &states = m_states[size_t(m_stack.undoStack()->index())];
    for (size_t i = 0; i < m_conflicts.size(); ++i) {
        State &state = m_conflicts[i].state;
        if (state.choice != states[i].choice || state.isEdited != states[i].isEdited)
            m_shown = int(i);
        state = states[i];
    }
    refresh();
    Q_EMIT settledChanged();
}

void MergeEditor::refresh()
{
    const bool hasAny = !m_conflicts.empty();
    for (auto *button : m_choices->buttons())
        button->setVisible(hasAny);
    m_before->setVisible(conflictCount() > 1);
    m_next->setVisible(conflictCount() > 1);
    if (!hasAny) {
        m_words->setText(tr("Merged, without conflicts"));
        return;
    }
    const State &conflict = m_conflicts[size_t(m_shown)].state;
    const auto &tree = m_workspace.snapshot().tree;
    const int first = tree.rowAt(conflict.range.start);
    m_editor->setBand(first, conflict.range.isEmpty() ? first : tree.rowAt(conflict.range.end() - 1));
    const QString state = conflict.isEdited ? tr("edited")
                          : conflict.choice ? tr("settled")
                                            : tr("choose a text");
    m_words->setText(tr("Conflict %1 of %2: %3").arg(m_shown + 1).arg(conflictCount()).arg(state));
    m_choices->setExclusive(false);
    for (auto *button : m_choices->buttons())
        button->setChecked(conflict.choice && int(*conflict.choice) == m_choices->id(button));
    m_choices->setExclusive(true);
    m_before->setEnabled(m_shown > 0);
    m_next->setEnabled(m_shown + 1 < conflictCount());
}

}
