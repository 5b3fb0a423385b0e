// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"
#include "editor/dockerfileeditor.h"
#include "editor/editorpage.h"

#include <QTest>

/// The editor's page, a document and its history, joined as the window joins them.
struct PageDesk
{
    explicit PageDesk(const QString &text)
    {
        QObject::connect(&page, &ui::EditorPage::typed, &stack, &ui::CommandStack::pushTyped);
        QObject::connect(
            &page, &ui::EditorPage::editRequested, &stack,
            [this](const base::TextEdit &edit, const QString &label) { stack.push(edit, label); });
        QObject::connect(&page, &ui::EditorPage::refused, &page,
                         [this](const base::Error &error) { refusals += error.message; });
        QObject::connect(editor, &ui::DockerfileEditor::undoRequested, &stack, &ui::CommandStack::undo);
        workspace.replaceDocument(text);
        page.resize(700, 500);
        page.show();
        page.activateWindow();
        editor->setFocus();
        (void)QTest::qWaitForWindowActive(&page);
    }

    /// Puts the cursor where '|' stands in `place`, which is looked for without it.
    void putAt(const QString &place)
    {
        QString found = place;
        const qsizetype bar = found.indexOf(u'|');
        found.remove(bar, 1);
        const qsizetype at = text().indexOf(found);
        QVERIFY2(at >= 0, qPrintable(place));
        page.binding()->selectRange({at + bar, 0});
    }
    void select(const QString &part) { page.binding()->selectRange({text().indexOf(part), part.size()}); }
    [[nodiscard]] QString text() const { return workspace.snapshot().text; }
    [[nodiscard]] QString selected() const { return editor->textCursor().selectedText(); }
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(editor, Qt::Key(key), modifiers);
    }
    void type(const QString &letters) { QTest::keyClicks(editor, letters); }
    /// The field, button ... that has the keyboard.
    [[nodiscard]] static QWidget *focused() { return QApplication::focusWidget(); }

    workspace::Workspace workspace;
    ui::CommandStack stack{workspace};
    ui::EditorPage page{workspace};
    ui::DockerfileEditor *editor = page.editor();
    QStringList refusals;
};
