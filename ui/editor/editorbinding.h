// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"
#include "editor/displaymap.h"
#include "editor/dockerfileeditor.h"

#include <QObject>
#include <QPointer>

namespace workspace {
struct Snapshot;
class Workspace;
}

namespace ui {

/// Keeps an editor and a document the same, both ways. What a person types becomes the exact edit of the
/// document's text, told by editRequested(); what changes the document elsewhere (undo, the graph) is put
/// into the editor. Both directions ask one question, "does the editor already show that text?", so neither
/// needs to know who began.
class EditorBinding : public QObject, private EditorText
{
    Q_OBJECT

public:
    /// Both must outlive it.
    EditorBinding(DockerfileEditor &editor, workspace::Workspace &workspace, QObject *parent = nullptr);
    ~EditorBinding() override;

    /// Selects a range of the document's text and scrolls to it.
    void selectRange(base::TextRange range);
    /// Where the cursor stands in the document's text.
    [[nodiscard]] qsizetype cursorOffset() const;
    /// The text that the editor shows, and how positions translate.
    [[nodiscard]] const DisplayMap &map() const { return m_map; }

Q_SIGNALS:
    /// To be applied to the workspace at once (CommandStack::pushTyped).
    void editRequested(const base::TextEdit &edit);
    /// The editor shows this snapshot now.
    void shown(const workspace::Snapshot &snapshot);

private:
    void takeFromWidget();
    void showDocument();
    void showEdit(const base::TextEdit &edit);
    void showFindings();
    void replaceInWidget(const base::Replacement &change);
    [[nodiscard]] QString widgetText(base::TextRange display) const;
    [[nodiscard]] qsizetype widgetLength() const;

    [[nodiscard]] QString textOf(base::TextRange display) const override;
    void replaceText(base::TextRange display, const QString &text) override;

    DockerfileEditor &m_editor;
    workspace::Workspace &m_workspace;
    DisplayMap m_map; ///< its text is the text that the widget shows

    /// Where the widget said it changed: the start of its report, and how many characters it has there now.
    struct Report
    {
        int position = 0;
        int added = 0;
    };
    std::optional<Report> m_report;
};

}
