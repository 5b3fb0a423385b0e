// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace ui {

class ElidedLabel;

/// One line for work that takes a while: what is done, how far, and a way to stop it. It appears only when
/// the work lasts longer than half a second, so that quick things do not flicker.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);

    void start(const QString &what, bool canCancel = true);
    /// total <= 0: how much there is, is not known.
    void setProgress(qint64 current, qint64 total);
    void setText(const QString &what);
    void finish();

    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    void cancelRequested();

private:
    class Bar;

    bool m_running = false;
    QTimer m_patience;
    ElidedLabel *m_text;
    Bar *m_bar;
    QToolButton *m_cancel;
};

/// A thin bar for progress, or one that wanders while the end is unknown. `phase` (0..1) moves the latter.
void paintProgressBar(QPainter *painter, const QRectF &rect, qreal share, const QPalette &palette,
                      qreal phase = 0);

}
