// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

#include <functional>

class QLabel;

namespace ui {

/// A line edit over a name that is shown: a card's, a word's in the text. It says below itself why a name cannot be taken, and only hands out one
/// that can.
class RenameField final : public QLineEdit
{
    Q_OBJECT

public:
    /// `whyNot` gives the reason against a name, or an empty string.
    RenameField(const QString &name, std::function<QString(const QString &)> whyNot, QWidget *parent);

    /// Goes away without a word; it is deleted later, so this is safe at any time.
    void finish();

Q_SIGNALS:
    void accepted(const QString &name);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void moveEvent(QMoveEvent *event) override;

private:
    void check();
    void placeReason();

    QString m_before;
    std::function<QString(const QString &)> m_whyNot;
    QLabel *m_reason;
    bool m_isDone = false;
};

}
