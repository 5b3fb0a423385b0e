// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/designverbs.h"

#include <QWidget>

#include <functional>

class QMenu;
class QToolButton;

namespace ui {

/// The verbs on one instruction as buttons, the rarer ones in a menu. What cannot be done is greyed, with the
/// reason as its tool tip.
class InstructionBar final : public QWidget
{
    Q_OBJECT

public:
    using WhyNot = std::function<QString(InstructionVerb verb, int line)>;

    explicit InstructionBar(QWidget *parent = nullptr);

    void setWhyNot(const WhyNot &whyNot) { m_whyNot = whyNot; }
    /// `line` is the instruction's logical line; a FROM has no verbs of this kind.
    void showInstruction(dockerfile::Keyword keyword, int line, bool canSplitStage);
    [[nodiscard]] QMenu *menu() const { return m_menu; }

Q_SIGNALS:
    void verbRequested(ui::InstructionVerb verb, int line);
    void splitStageRequested(int line);

private:
    QToolButton *addButton(InstructionVerb verb, const QString &iconName);
    void fillMenu();

    WhyNot m_whyNot;
    dockerfile::Keyword m_keyword = dockerfile::Keyword::Unknown;
    int m_line = -1;
    bool m_canSplit = false;
    std::vector<std::pair<InstructionVerb, QToolButton *>> m_buttons;
    QToolButton *m_more;
    QMenu *m_menu;
};

}
