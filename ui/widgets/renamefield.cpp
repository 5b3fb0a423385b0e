// SPDX-License-Identifier: Apache-2.0
#include "widgets/renamefield.h"

#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QKeyEvent>
#include <QLabel>

namespace ui {

namespace {

constexpr int widestReason = 280;

}

RenameField::RenameField(const QString &name, std::function<QString(const QString &)> whyNot, QWidget *parent)
    : QLineEdit(name, parent)
    , m_before(name)
    , m_whyNot(std::move(whyNot))
    , m_reason(new QLabel(parent))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const ThemeColors &colors = colorsFor(this);
    QPalette warning = palette();
    warning.setColor(QPalette::Window, colors.dangerSoft);
    warning.setColor(QPalette::WindowText, colors.danger);
    m_reason->setPalette(warning);
    m_reason->setAutoFillBackground(true);
    m_reason->setBackgroundRole(QPalette::Window); // not the drawing's that it lies on
    m_reason->setForegroundRole(QPalette::WindowText);
    m_reason->setWordWrap(true);
    m_reason->setMargin(space::xs);
    m_reason->setFont(smallFont(font()));
    m_reason->hide();
    connect(this, &QLineEdit::textChanged, this, &RenameField::check);
    connect(this, &QObject::destroyed, m_reason, &QObject::deleteLater);
    selectAll();
}

void RenameField::check()
{
    const QString reason = text() == m_before ? QString() : m_whyNot(text());
    m_reason->setText(reason);
    setAccessibleDescription(reason);
    m_reason->setVisible(!reason.isEmpty());
    placeReason();
}

void RenameField::placeReason()
{
    if (m_reason->text().isEmpty())
        return;
    const int room = parentWidget()->width() - 2 * space::s;
    m_reason->setFixedWidth(std::min(widestReason, room));
    m_reason->setFixedHeight(m_reason->heightForWidth(m_reason->width()));
    m_reason->move(std::clamp(x(), space::s, std::max(space::s, space::s + room - m_reason->width())),
                   geometry().bottom() + 2);
    m_reason->raise();
}

void RenameField::moveEvent(QMoveEvent *event)
{
    QLineEdit::moveEvent(event);
    placeReason();
}

void RenameField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        finish();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        const QString name = text();
        if (name == m_before) {
            finish();
        } else if (m_whyNot(name).isEmpty()) {
            finish();
            Q_EMIT accepted(name);
        }
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void RenameField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        finish();
}

void RenameField::finish()
{
    if (std::exchange(m_isDone, true))
        return;
    // Before hiding, which would hand the keyboard on to the next card.
    if (hasFocus())
        parentWidget()->setFocus();
    m_reason->hide();
    hide();
    deleteLater();
}

}
