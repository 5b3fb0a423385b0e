// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorparts.h"
#include "language/completion.h"

#include <QObject>

namespace ui {

class CompletionPopup;

/// Proposes how the word at the cursor may go on: when it is asked, and by itself after characters that begin
/// something. A list that opened by itself over an empty word leaves Enter to the text.
class EditorCompleter : public QObject
{
    Q_OBJECT

public:
    explicit EditorCompleter(const EditorParts &parts, QObject *parent = nullptr);

    void complete();
    void close();
    /// More is known now than when it was asked last, if the cursor is where it was then.
    void askAgain();
    [[nodiscard]] CompletionPopup *popup() const { return m_popup; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool takeKey(const QKeyEvent &event);
    void followTyping(const QString &text);
    [[nodiscard]] bool startsWord(QChar typed) const;
    void refresh();
    void accept();
    [[nodiscard]] QRect wordPlace() const;

    EditorParts m_parts;
    CompletionPopup *m_popup;
    base::TextRange m_range;  ///< what is replaced, in the document
    qsizetype m_askedAt = -1; ///< -1: nobody waits for an answer
    bool m_wasAsked = false;  ///< by a person
    bool m_isAccepting = false;
};

}
