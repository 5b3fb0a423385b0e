// SPDX-License-Identifier: Apache-2.0
#include "inspector/instructionbar.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

InstructionBar::InstructionBar(QWidget *parent)
    : QWidget(parent)
    , m_more(new QToolButton(this))
    , m_menu(new QMenu(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(addButton(InstructionVerb::MoveUp, u"move-up"_s));
    layout->addWidget(addButton(InstructionVerb::MoveDown, u"move-down"_s));
    layout->addWidget(addButton(InstructionVerb::Duplicate, u"copy"_s));
    layout->addWidget(addButton(InstructionVerb::CommentOut, u"comment"_s));
    layout->addWidget(addButton(InstructionVerb::Delete, u"delete"_s));
    m_more->setIcon(icon(u"more"_s));
    m_more->setToolTip(tr("More to do with this instruction"));
    m_more->setAccessibleName(m_more->toolTip());
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    m_more->setAutoRaise(true);
    layout->addWidget(m_more);
    layout->addStretch(1);
    setTabOrder(m_buttons.back().second, m_more); // as they stand
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &InstructionBar::fillMenu);
}

QToolButton *InstructionBar::addButton(InstructionVerb verb, const QString &iconName)
{
    auto *button = new QToolButton(this);
    button->setIcon(icon(iconName));
    button->setToolTip(DesignVerbs::title(verb));
    button->setAccessibleName(DesignVerbs::title(verb));
    button->setAutoRaise(true);
    connect(button, &QAbstractButton::clicked, this, [this, verb] { Q_EMIT verbRequested(verb, m_line); });
    m_buttons.emplace_back(verb, button);
    return button;
}

void InstructionBar::showInstruction(dockerfile::Keyword keyword, int line, bool canSplitStage)
{
    m_keyword = keyword;
    m_line = line;
    m_canSplit = canSplitStage;
    setVisible(keyword != dockerfile::Keyword::From);
}

// Whether a verb can be done is asked when the menu opens: a few of them try the edit on the whole file.
void InstructionBar::fillMenu()
{
    m_menu->clear();
    for (const InstructionVerb verb : DesignVerbs::verbsFor(m_keyword)) {
        QAction *action = m_menu->addAction(DesignVerbs::title(verb), this,
                                            [this, verb] { Q_EMIT verbRequested(verb, m_line); });
        const QString reason = m_whyNot ? m_whyNot(verb, m_line) : QString();
        action->setEnabled(reason.isEmpty());
        action->setToolTip(reason);
    }
    m_menu->addSeparator();
    QAction *split =
        m_menu->addAction(tr("Split the stage here…"), this, [this] { Q_EMIT splitStageRequested(m_line); });
    split->setEnabled(m_canSplit);
    if (!m_canSplit)
        split->setToolTip(tr("Nothing stands above it in this stage."));
}

}
