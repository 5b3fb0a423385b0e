// SPDX-License-Identifier: Apache-2.0
#include "window/mergeeditor.h"

#include "editor/dockerfileeditor.h"
#include "editor/editorbinding.h"
#include "theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
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
            m_conflicts.push_back({.chunk = chunk, .range = {text.size(), part.size()}});
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
    connect(m_editor, &ui::DockerfileEditor::undoRequested, &m_stack, &ui::CommandStack::undo);
    connect(m_editor, &ui::DockerfileEditor::redoRequested, &m_stack, &ui::CommandStack::redo);
    connect(&m_workspace, &workspace::Workspace::documentChanged, this,
            [this](const workspace::Snapshot &, const base::TextEdit &edit) { follow(edit); });
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
    return int(std::ranges::count(m_conflicts, false, &Conflict::isSettled));
}

void MergeEditor::showConflict(int index)
{
    m_shown = std::clamp(index, 0, conflictCount() - 1);
    m_binding->selectRange(m_conflicts[size_t(m_shown)].range);
    refresh();
}

void MergeEditor::choose(merge::Choice choice)
{
    auto &conflict = m_conflicts[size_t(m_shown)];
    const QString text = conflict.chunk.text(choice);
    const auto place = conflict.range;
    m_workspace.apply(base::TextEdit(place, text));
    // Following the edit, the range has shrunk to nothing: what replaced it is its text now.
    conflict.range = {place.start, text.size()};
    conflict.choice = choice;
    conflict.isEdited = false;
    // A choice is taken back by another choice; what was typed before it has no place to go back to.
    m_stack.undoStack()->clear();
    m_binding->selectRange(conflict.range);
    refresh();
    Q_EMIT settledChanged();
}

void MergeEditor::typed(const base::TextEdit &edit)
{
    for (auto &conflict : m_conflicts)
        for (const auto &[range, text] : edit.replacements())
            if (range.start <= conflict.range.end() && conflict.range.start <= range.end() &&
                (range.overlaps(conflict.range) || range.isEmpty() || conflict.range.isEmpty())) {
                conflict.isEdited = true;
                conflict.choice.reset();
            }
    m_stack.pushTyped(edit);
    refresh();
    Q_EMIT settledChanged();
}

void MergeEditor::follow(const base::TextEdit &edit)
{
    for (auto &conflict : m_conflicts)
        conflict.range = edit.mapped(conflict.range);
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
    const auto &conflict = m_conflicts[size_t(m_shown)];
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
