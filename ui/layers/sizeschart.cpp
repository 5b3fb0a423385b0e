// SPDX-License-Identifier: Apache-2.0
#include "layers/sizeschart.h"

#include "layers/chartpainter.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

namespace {

constexpr int margin = space::m;

/// Speaks the current segment, as it changes, to a screen reader.
class AccessibleChart final : public QAccessibleWidget
{
public:
    explicit AccessibleChart(SizesChart *chart)
        : QAccessibleWidget(chart, QAccessible::Chart)
    {}

    QString text(QAccessible::Text kind) const override
    {
        const auto *chart = static_cast<const SizesChart *>(widget());
        if (kind == QAccessible::Name && !chart->currentDescription().isEmpty())
            return chart->currentDescription();
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *chart = qobject_cast<SizesChart *>(object);
    return chart ? new AccessibleChart(chart) : nullptr;
}

}

SizesChart::SizesChart(QWidget *parent)
    : QWidget(parent)
{
    // Qt keeps one list of factories for the whole process; a second entry of the same function is ignored by
    // it.
    QAccessible::installFactory(makeAccessible);
    setAccessibleName(tr("Layer sizes"));
    setAccessibleDescription(tr("Arrow keys walk the layers, Enter goes to the line that made one."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SizesChart::setImages(std::vector<image::ImageSizes> images)
{
    m_images = std::move(images);
    m_current = -1;
    m_hovered = -1;
    relayout();
}

void SizesChart::setScale(ChartScale scale)
{
    if (m_scale == scale)
        return;
    m_scale = scale;
    relayout();
}

void SizesChart::setCurrent(int image, int layer)
{
    moveCurrent(m_chart.segmentOf(image, layer));
}

QString SizesChart::currentDescription() const
{
    if (m_current < 0)
        return {};
    const ChartLayout::Segment &segment = m_chart.segments[std::size_t(m_current)];
    return tr("%1, layer %2. %3")
        .arg(m_images[std::size_t(segment.image)].reference)
        .arg(segment.layer + 1)
        .arg(segment.description);
}

ChartLayout SizesChart::layoutFor(int width) const
{
    return layOutChart(m_images,
                       {.scale = m_scale, .width = qMax(200.0, qreal(width - 2 * margin)), .font = font()});
}

QSize SizesChart::sizeHint() const
{
    return {560, heightForWidth(560)};
}

QSize SizesChart::minimumSizeHint() const
{
    return {260, heightForWidth(qMax(260, width()))};
}

int SizesChart::heightForWidth(int width) const
{
    return m_images.empty() ? 0 : int(std::ceil(layoutFor(width).size.height())) + 2 * space::s;
}

void SizesChart::relayout()
{
    m_chart = m_images.empty() ? ChartLayout() : layoutFor(width());
    updateGeometry();
    update();
}

int SizesChart::segmentUnder(QPointF position) const
{
    return m_chart.segmentAt(position - QPointF(margin, space::s));
}

bool SizesChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int segment = segmentUnder(help->pos());
        if (segment >= 0)
            QToolTip::showText(help->globalPos(), m_chart.segments[std::size_t(segment)].description, this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void SizesChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = colorsFor(this);
    painter.fillRect(rect(), colors.panel);
    painter.translate(margin, space::s);
    ChartPainter(m_chart, font()).paint(&painter, colors, m_current, m_hovered);
}

void SizesChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        relayout();
}

void SizesChart::mouseMoveEvent(QMouseEvent *event)
{
    const int hovered = segmentUnder(event->position());
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    setCursor(hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void SizesChart::mousePressEvent(QMouseEvent *event)
{
    const int pressed = segmentUnder(event->position());
    if (event->button() != Qt::LeftButton || pressed < 0)
        return QWidget::mousePressEvent(event);
    moveCurrent(pressed);
    const ChartLayout::Segment &segment = m_chart.segments[std::size_t(pressed)];
    Q_EMIT layerActivated(segment.image, segment.layer);
}

void SizesChart::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_hovered = -1;
    update();
}

void SizesChart::moveCurrent(int segment)
{
    if (segment == m_current)
        return;
    m_current = segment;
    update();
    QAccessibleEvent changed(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
    if (m_current >= 0) {
        const ChartLayout::Segment &now = m_chart.segments[std::size_t(m_current)];
        Q_EMIT currentChanged(now.image, now.layer);
    }
}

// To the layer of the bar above or below that starts nearest.
void SizesChart::moveToBar(int step)
{
    const ChartLayout::Segment &now = m_chart.segments[std::size_t(m_current)];
    const int wanted = now.image + step;
    int best = -1;
    for (std::size_t i = 0; i < m_chart.segments.size(); ++i) {
        const ChartLayout::Segment &other = m_chart.segments[i];
        const auto away = [&now](const ChartLayout::Segment &s) {
            return std::abs(s.rect.left() - now.rect.left());
        };
        if (other.image == wanted && (best < 0 || away(other) < away(m_chart.segments[std::size_t(best)])))
            best = int(i);
    }
    if (best >= 0)
        moveCurrent(best);
}

void SizesChart::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_chart.segments.size()) - 1;
    if (last < 0)
        return QWidget::keyPressEvent(event);
    const auto step = [&](int by) { moveCurrent(m_current < 0 ? 0 : qBound(0, m_current + by, last)); };
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Right:
        return step(mirrored ? -1 : 1);
    case Qt::Key_Left:
        return step(mirrored ? 1 : -1);
    case Qt::Key_Home:
        return moveCurrent(0);
    case Qt::Key_End:
        return moveCurrent(last);
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (m_current < 0)
            return moveCurrent(0);
        return moveToBar(event->key() == Qt::Key_Up ? -1 : 1);
    default:
        break;
    }
    if (m_current < 0)
        return QWidget::keyPressEvent(event);
    const ChartLayout::Segment now = m_chart.segments[std::size_t(m_current)];
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT layerActivated(now.image, now.layer);
        return;
    case Qt::Key_Delete:
        if (now.image > 0)
            Q_EMIT imageRemoved(now.image);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SizesChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        relayout();
    QWidget::changeEvent(event);
}

}
