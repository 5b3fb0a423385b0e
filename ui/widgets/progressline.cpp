// SPDX-License-Identifier: Apache-2.0
#include "widgets/progressline.h"

#include "theme/theme.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

void paintProgressBar(QPainter *painter, const QRectF &rect, qreal share, const QPalette &palette,
                      qreal phase)
{
    const ThemeColors &colors = colorsFor(palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(colors.panel, colors.text, 0.12));
    const qreal rounding = rect.height() / 2;
    painter->drawRoundedRect(rect, rounding, rounding);
    QRectF done = rect;
    if (share >= 0) {
        done.setWidth(qMax(rect.height(), rect.width() * qMin<qreal>(1, share)));
    } else {
        done.setWidth(rect.width() * 0.3);
        done.moveLeft(rect.left() + (rect.width() - done.width()) * (0.5 - 0.5 * std::cos(phase * 2 * M_PI)));
    }
    painter->setBrush(colors.accent);
    if (share != 0)
        painter->drawRoundedRect(done, rounding, rounding);
    painter->restore();
}

class ProgressLine::Bar final : public QWidget
{
public:
    explicit Bar(QWidget *parent)
        : QWidget(parent)
    {
        setFixedHeight(4);
        m_tick.setInterval(33ms);
        connect(&m_tick, &QTimer::timeout, this, [this] {
            m_phase += 0.016;
            update();
        });
    }
    void setShare(qreal share)
    {
        m_share = share;
        setAccessibleDescription(share < 0 ? QString() : locale().toString(qRound(share * 100)) + u" %"_s);
        refreshTimer();
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintProgressBar(&painter, rect(), m_share, palette(), m_phase);
    }
    void showEvent(QShowEvent *) override { refreshTimer(); }
    void hideEvent(QHideEvent *) override { m_tick.stop(); }

private:
    void refreshTimer()
    {
        if (m_share < 0 && isVisible())
            m_tick.start();
        else
            m_tick.stop();
    }

    qreal m_share = -1;
    qreal m_phase = 0;
    QTimer m_tick;
};

ProgressLine::ProgressLine(QWidget *parent)
    : QWidget(parent)
    , m_text(new ElidedLabel({}, Qt::ElideMiddle, this))
    , m_bar(new Bar(this))
    , m_cancel(new QToolButton(this))
{
    m_cancel->setIcon(icon(u"close"_s));
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::xs);
    texts->addWidget(m_text);
    texts->addWidget(m_bar);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, space::xs, space::s, space::xs);
    layout->addLayout(texts, 1);
    layout->addWidget(m_cancel);
    hide();

    m_patience.setSingleShot(true);
    m_patience.setInterval(500ms);
    connect(&m_patience, &QTimer::timeout, this, &QWidget::show);
    connect(m_cancel, &QToolButton::clicked, this, &ProgressLine::cancelRequested);
}

void ProgressLine::start(const QString &what, bool canCancel)
{
    m_running = true;
    setText(what);
    m_cancel->setVisible(canCancel);
    m_bar->setShare(-1);
    m_patience.start();
}

void ProgressLine::setProgress(qint64 current, qint64 total)
{
    m_bar->setShare(total > 0 ? qreal(current) / qreal(total) : -1);
}

void ProgressLine::setText(const QString &what)
{
    m_text->setText(what);
    setAccessibleName(what);
}

void ProgressLine::finish()
{
    m_running = false;
    m_patience.stop();
    hide();
}

}
