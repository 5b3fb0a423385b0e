// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/textsearch.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QToolButton;

namespace ui {

/// The bar to find and replace with: fields, ways to search, and what was found. Enter asks for the next hit,
/// Shift+Enter for the one before, Escape leaves.
class FindBar : public QFrame
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr); ///< hidden

    /// Puts the cursor into the field for finding, with or without the row for replacing.
    void open(bool withReplace);
    void setPattern(const QString &pattern); ///< tells nobody

    [[nodiscard]] SearchQuery query() const;
    [[nodiscard]] QString replacement() const;
    [[nodiscard]] bool isInSelection() const;
    void setInSelection(bool on); ///< tells nobody

    /// "3 of 17"; `canReplace` when there is something.
    void showCount(const QString &count, bool canReplace);
    /// Why nothing can be found; empty when it can.
    void showProblem(const QString &problem);

Q_SIGNALS:
    void queryChanged();
    void inSelectionChanged(bool on);
    void nextRequested();
    void previousRequested();
    void replaceRequested();
    void replaceAllRequested();
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addOption(const QString &text, const QString &tooltip, const QKeySequence &key);
    void makeRows();
    void refreshLook();

    QLineEdit *m_pattern;
    QLineEdit *m_replacement;
    QWidget *m_replaceRow;
    QToolButton *m_case;
    QToolButton *m_words;
    QToolButton *m_regex;
    QToolButton *m_selection;
    QToolButton *m_replaceOne;
    QToolButton *m_replaceAll;
    QLabel *m_count;
    QLabel *m_problem;
};

}
