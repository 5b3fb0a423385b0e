// SPDX-License-Identifier: Apache-2.0
#include "graph/dragnote.h"

#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int widest = 340;

}

DragNote::DragNote(QWidget *view)
    : QLabel(view)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setTextFormat(Qt::PlainText);
    setContentsMargins(space::s, space::xs, space::s, space::xs);
    setFont(smallFont(font()));
}

void DragNote::say(const QString &text, bool isRefusal)
{
    m_isRefusal = isRefusal;
    setVisible(!text.isEmpty());
    // A sign before the words, so that colour is not the only difference.
    const QString words = isRefusal ? QString(u"\u2715 "_s + text) : text;
    setWordWrap(false);
    setText(words);
    setWordWrap(sizeHint().width() > widest);
    QPalette colors = palette();
    const ThemeColors theme = colorsFor(this);
    colors.setColor(QPalette::WindowText, isRefusal ? theme.danger : theme.text);
    setPalette(colors);
    resize(wordWrap() ? QSize(widest, heightForWidth(widest)) : sizeHint());
}

void DragNote::moveBeside(QPoint mouse)
{
    const QRect room = parentWidget()->rect().adjusted(space::xs, space::xs, -space::xs, -space::xs);
    QPoint place = mouse + QPoint(space::l, space::l);
    place.setX(std::max(room.left(), std::min(place.x(), room.right() - width())));
    if (place.y() + height() > room.bottom())
        place.setY(mouse.y() - space::l - height());
    move(place);
    raise();
}

void DragNote::paintEvent(QPaintEvent *event)
{
    const ThemeColors theme = colorsFor(parentWidget());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_isRefusal ? theme.danger : theme.accent, 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::control, radius::control);
    painter.end();
    QLabel::paintEvent(event);
}

}
