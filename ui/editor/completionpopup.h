// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "language/completion.h"

#include <QFrame>

class QListView;
class QTextBrowser;

namespace ui {

class CompletionModel;

/// The list of proposals under the cursor, with what the reference says of the current one beside it. It
/// never takes the keyboard: its owner hands it the keys that it knows.
class CompletionPopup : public QFrame
{
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget *owner);

    /// `word` is where the word begins that is completed, in global coordinates.
    void showItems(std::vector<language::CompletionItem> items, const QRect &word);
    [[nodiscard]] const language::CompletionItem *current() const;
    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] QString documentation() const;

    /// Up, Down, Page Up, Page Down. True when it was one of them.
    bool moveBy(const QKeyEvent &event);

Q_SIGNALS:
    void accepted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showDocumentation();
    void place(const QRect &word);

    CompletionModel *m_model;
    QListView *m_list;
    QTextBrowser *m_documentation;
    QRect m_word;
};

}
