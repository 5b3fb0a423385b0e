// SPDX-License-Identifier: Apache-2.0
#include "widgets/labels.h"

#include "theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace ui {

ElidedLabel::ElidedLabel(const QString &text, Qt::TextElideMode mode, QWidget *parent)
    : QWidget(parent)
    , m_mode(mode)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    refreshToolTip();
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), fontMetrics().averageCharWidth() * 6), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_text, m_mode, width()));
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refreshToolTip();
}

void ElidedLabel::refreshToolTip()
{
    setToolTip(fontMetrics().horizontalAdvance(m_text) > width() ? m_text : QString());
}

SectionHeader::SectionHeader(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setFont(sectionFont(font()));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QuietLabel::QuietLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setWordWrap(true);
    refreshLook();
}

void QuietLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshLook();
    QLabel::changeEvent(event);
}

void QuietLabel::refreshLook()
{
    const QColor quiet = colorsFor(this).textQuiet;
    if (palette().color(QPalette::Active, QPalette::WindowText) == quiet)
        return; // setting it sends PaletteChange again
    QPalette changed = palette();
    // On a ground of the Base role a label is drawn in Text.
    for (const auto role : {QPalette::WindowText, QPalette::Text}) {
        changed.setColor(QPalette::Active, role, quiet);
        changed.setColor(QPalette::Inactive, role, quiet);
    }
    setPalette(changed);
}

}
