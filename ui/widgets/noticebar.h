// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace ui {

/// A message across the top of a panel: what happened, what to do, and buttons for it. It stays until it is
/// answered, closed or hidden, and takes no focus away from what is being typed.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Info, Success, Warning, Error };

    explicit NoticeBar(QWidget *parent = nullptr); ///< hidden until something is shown

    /// Replaces what is shown, its actions included.
    void showMessage(Kind kind, const QString &message, const QString &hint = {});
    void showError(const base::Error &error);
    /// A button of the current message; `actionTriggered(id)` tells that it was pressed, and the bar hides.
    void addAction(const QString &id, const QString &text);
    using QWidget::addAction;
    void dismiss();

    [[nodiscard]] QString message() const;

Q_SIGNALS:
    void actionTriggered(const QString &id);
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refreshLook();

    Kind m_kind = Kind::Info;
    QLabel *m_picture;
    QLabel *m_message;
    QLabel *m_hint;
    QHBoxLayout *m_actions;
    QToolButton *m_close;
};

/// "permission denied" -> "Permission denied": errors are written to stand behind a place, too.
QString asSentence(const QString &message);

}
