// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"
#include "dockerfile/forms/form.h"
#include "graph/stagegraph.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QDialog;
class QWidget;

namespace ui {

/// What can be done with one instruction without asking for more.
enum class InstructionVerb : quint8 {
    MoveUp,
    MoveDown,
    Duplicate,
    CommentOut,
    Delete,
    ToJsonForm,
    ToShellForm,
    ToJsonPaths,
    ToPlainPaths,
    JoinWithNext,
    Split,
    ToHeredoc,
    FromHeredoc
};

enum class StageVerb : quint8 { MoveUp, MoveDown, Duplicate, MergeWithBase, MergeWithDerived };

/// The verbs on instructions, stages and edges as commands on the one undo stack, beside those of
/// DesignController. What cannot be done is told by CommandStack::refused().
class DesignVerbs : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it; dialogs open over `window`.
    DesignVerbs(workspace::Workspace &workspace, CommandStack &stack, QWidget *window,
                QObject *parent = nullptr);

    /// "Turn into JSON form".
    [[nodiscard]] static QString title(InstructionVerb verb);
    [[nodiscard]] static QString title(StageVerb verb);
    /// Those that make sense for an instruction of that kind, in the order of menus.
    [[nodiscard]] static std::vector<InstructionVerb> verbsFor(dockerfile::Keyword keyword);

    /// The edit, or why not: for greying with the reason.
    [[nodiscard]] base::Result<base::TextEdit> edit(InstructionVerb verb, int line) const;
    [[nodiscard]] base::Result<base::TextEdit> edit(StageVerb verb, const graph::NodeKey &stage) const;

public Q_SLOTS:
    /// `line` is a logical line, here and below.
    void apply(ui::InstructionVerb verb, int line);
    void applyToStage(ui::StageVerb verb, const graph::NodeKey &stage);

    void editForm(int line, const dockerfile::Form &form);
    /// As typed.
    void replaceText(int line, const QString &text);
    /// Where it stands best, or below the logical line `after`.
    void addInstruction(const graph::NodeKey &stage, const dockerfile::Form &form,
                        std::optional<int> after = {});
    /// A comment that holds an instruction.
    void commentIn(int line);
    /// Dragged to stand as number `position` among the instructions of the stage.
    void moveInstruction(int line, const graph::NodeKey &stage, int position);

    /// Asks for the name of the part above.
    void splitStage(int line);
    void setPlatform(const graph::NodeKey &stage, const QString &platform);

    void retargetEdge(const graph::Edge &edge, const graph::NodeKey &from);
    /// Asks for the reference of the image to take from.
    void retargetToImage(const graph::Edge &edge);
    /// Shows which lines go, and asks.
    void disconnect(const graph::Edge &edge);
    void removeEdge(const graph::Edge &edge);
    /// Whatever takes from the image takes from another one.
    void replaceImage(const graph::NodeKey &image, const QString &reference);

private:
    /// A question that a change of the document takes back: the lines may be others then.
    void ask(QDialog *dialog);
    [[nodiscard]] QString titleOf(const graph::NodeKey &key) const;
    [[nodiscard]] QString wordOf(int line) const;
    [[nodiscard]] bool isInstruction(int line) const;

    workspace::Workspace &m_workspace;
    CommandStack &m_stack;
    QPointer<QWidget> m_window;
};

}
