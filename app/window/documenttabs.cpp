// SPDX-License-Identifier: Apache-2.0
#include "window/documenttabs.h"

#include "theme/icons.h"
#include "theme/metrics.h"

#include <QMouseEvent>
#include <QToolButton>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestTab = 260;

}

DocumentTabs::DocumentTabs(QWidget *parent)
    : QTabBar(parent)
{
    setObjectName(u"documents"_s);
    setAccessibleName(tr("Documents"));
    setDocumentMode(true);
    setMovable(true);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    setIconSize({ui::iconsize::small, ui::iconsize::small});
    hide();
}

void DocumentTabs::setWords(int index, const Words &words)
{
    setTabText(index, QString(words.text).replace(u'&', u"&&"_s));
    setTabToolTip(index, words.isModified ? tr("%1\nNot saved").arg(words.place) : words.place);
    setTabIcon(index, words.isBuilding ? ui::icon(u"running"_s) : QIcon());
    QString spoken = words.text;
    if (words.isModified)
        spoken = tr("%1, not saved").arg(QString(words.text).remove(u" •"_s));
    setAccessibleTabName(index, words.isBuilding ? tr("%1, building").arg(spoken) : spoken);
}

void DocumentTabs::tabInserted(int index)
{
    auto *button = new QToolButton(this);
    button->setIcon(ui::icon(u"close"_s));
    button->setIconSize({12, 12});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setFixedSize(20, 20);
    button->setToolTip(tr("Close"));
    button->setAccessibleName(tr("Close this document"));
    connect(button, &QToolButton::clicked, this, [this, button] {
        for (int i = 0; i < count(); ++i)
            if (tabButton(i, RightSide) == button)
                Q_EMIT tabCloseRequested(i);
    });
    setTabButton(index, RightSide, button);
    setVisible(count() > 1);
    QTabBar::tabInserted(index);
}

void DocumentTabs::tabRemoved(int index)
{
    QTabBar::tabRemoved(index);
    setVisible(count() > 1);
}

void DocumentTabs::mousePressEvent(QMouseEvent *event)
{
    m_pressedByMiddle = event->button() == Qt::MiddleButton ? tabAt(event->position().toPoint()) : -1;
    QTabBar::mousePressEvent(event);
}

void DocumentTabs::mouseReleaseEvent(QMouseEvent *event)
{
    QTabBar::mouseReleaseEvent(event);
    const int pressed = std::exchange(m_pressedByMiddle, -1);
    if (event->button() == Qt::MiddleButton && pressed >= 0 && tabAt(event->position().toPoint()) == pressed)
        Q_EMIT tabCloseRequested(pressed);
}

QSize DocumentTabs::tabSizeHint(int index) const
{
    const QSize hint = QTabBar::tabSizeHint(index);
    return {std::min(hint.width(), widestTab), hint.height()};
}

}
