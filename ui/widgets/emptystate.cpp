// SPDX-License-Identifier: Apache-2.0
#include "widgets/emptystate.h"

#include "theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

EmptyState::EmptyState(const QString &iconName, const QString &title, const QString &sentence,
                       QWidget *parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_action(new QPushButton(this))
{
    m_title->setFont(titleFont(font()));
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    m_picture->setAlignment(Qt::AlignCenter);
    m_action->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::s);
    layout->addStretch(2);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(space::xs);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);

    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    setTexts(title, sentence);
    refreshLook();
}

void EmptyState::setTexts(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    fitSentence();
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void EmptyState::fitSentence()
{
    // Short lines are read, long ones are skipped; in a narrow dock they are shorter still.
    const int best = qMin(420, fontMetrics().averageCharWidth() * 52);
    const int room = width() - 2 * space::l;
    const int wide = room < 160 ? best : qMin(room, best); // less: nobody laid it out yet
    m_sentence->setFixedWidth(wide);
    // Aligned in its layout, a wrapped label gets the height of its size hint, which is one line's.
    m_sentence->setMinimumHeight(qMax(0, m_sentence->heightForWidth(wide)));
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitSentence();
}

void EmptyState::setActionText(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshLook();
    QWidget::changeEvent(event);
}

void EmptyState::refreshLook()
{
    const ThemeColors &colors = colorsFor(this);
    m_picture->setPixmap(iconPixmap(m_iconName, iconsize::hero, colors.textDisabled, devicePixelRatioF()));
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, colors.textQuiet);
    m_sentence->setPalette(quiet);
}

}
