// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/ansitext.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QPlainTextEdit;

namespace ui {

class ElidedLabel;
class SearchField;

/// A log as it grows: in the theme's terminal colours, searchable, following its end until someone scrolls
/// up.
class LogView : public QWidget
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);

    /// Shows another log from its kept beginning. `note` is said above it.
    void showLog(const QString &title, const QString &text, const QString &note);
    /// More of the log that is shown. Put on screen a few times a second, however often it is called.
    void append(const QString &text);

    [[nodiscard]] QPlainTextEdit *edit() const { return m_edit; }
    [[nodiscard]] QAction *allStepsAction() const { return m_allSteps; }
    [[nodiscard]] bool followsTail() const;
    /// What is waiting is put on screen now; the rest of very much follows by itself.
    void flush();

Q_SIGNALS:
    void allStepsRequested(bool all);
    void saveRequested();
    /// The colours changed: the text is to be shown again.
    void refreshRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHeader();
    void find(bool backwards);
    void scrolled(int value);
    void scrollToEnd();

    ElidedLabel *m_title;
    QPlainTextEdit *m_edit;
    SearchField *m_search;
    QAction *m_allSteps;
    QAction *m_follow;
    AnsiText m_ansi;
    QString m_waiting;
    QTimer m_flushTimer;
    const ThemeColors *m_colors;
    bool m_appending = false;
};

}
