// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui {

/// Beside the mouse, while something is dragged: what letting go would do, or why it would do nothing.
class DragNote final : public QLabel
{
    Q_OBJECT

public:
    explicit DragNote(QWidget *view);

    void promise(const QString &what) { say(what, false); }
    void refuse(const QString &why) { say(why, true); }
    [[nodiscard]] bool isRefusal() const { return m_isRefusal; }
    /// Stays within the view.
    void moveBeside(QPoint mouse);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say(const QString &text, bool isRefusal);

    bool m_isRefusal = false;
};

}
