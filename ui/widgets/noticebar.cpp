// SPDX-License-Identifier: Apache-2.0
#include "widgets/noticebar.h"

#include "theme/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Look
{
    QString icon;
    QColor ground;
    QColor line;
};

Look lookOf(NoticeBar::Kind kind, const ThemeColors &colors)
{
    switch (kind) {
    case NoticeBar::Kind::Info:
        return {u"info"_s, colors.infoSoft, colors.info};
    case NoticeBar::Kind::Success:
        return {u"ok"_s, colors.successSoft, colors.success};
    case NoticeBar::Kind::Warning:
        return {u"problem-warning"_s, colors.warningSoft, colors.warning};
    case NoticeBar::Kind::Error:
        return {u"problem-error"_s, colors.dangerSoft, colors.danger};
    }
    Q_UNREACHABLE_RETURN({});
}

}

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_picture(new QLabel(this))
    , m_message(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_actions(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setFont(sectionFont(font()));
    m_hint->setWordWrap(true);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(icon(u"close"_s));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_message);
    texts->addWidget(m_hint);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m + 3, space::s, space::s, space::s);
    layout->setSpacing(space::s);
    layout->addWidget(m_picture, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addLayout(m_actions);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();

    connect(m_close, &QToolButton::clicked, this, &NoticeBar::dismiss);
}

void NoticeBar::showMessage(Kind kind, const QString &message, const QString &hint)
{
    m_kind = kind;
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_message->setText(message);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    setAccessibleName(message);
    setAccessibleDescription(hint);
    refreshLook();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void NoticeBar::showError(const base::Error &error)
{
    const QString message =
        error.where.isEmpty() ? asSentence(error.message) : QString(error.where + u": "_s + error.message);
    showMessage(Kind::Error, message, error.hint);
    setToolTip(error.detail);
}

void NoticeBar::addAction(const QString &id, const QString &text)
{
    auto *button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, [this, id] {
        hide();
        Q_EMIT actionTriggered(id);
    });
    m_actions->addWidget(button, 0, Qt::AlignTop);
}

void NoticeBar::dismiss()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT dismissed();
}

QString NoticeBar::message() const
{
    return m_message->text();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = colorsFor(this);
    const Look look = lookOf(m_kind, colors);
    QPainter painter(this);
    painter.fillRect(rect(), look.ground);
    painter.fillRect(0, 0, 3, height(), look.line);
    if (colors.isHighContrast) {
        painter.setPen(look.line);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void NoticeBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshLook();
    QFrame::changeEvent(event);
}

void NoticeBar::refreshLook()
{
    const Look look = lookOf(m_kind, colorsFor(this));
    m_picture->setPixmap(iconPixmap(look.icon, iconsize::small, look.line, devicePixelRatioF()));
    update();
}

QString asSentence(const QString &message)
{
    // Only plain words: "go.mod names no module" must stay as it is.
    const qsizetype end = message.indexOf(u' ');
    const bool plain = std::ranges::all_of(QStringView(message).first(qMax<qsizetype>(0, end)),
                                           [](QChar c) { return c.isLower(); });
    return plain && end > 2 ? QString(message.at(0).toUpper() + message.sliced(1)) : message;
}

}
