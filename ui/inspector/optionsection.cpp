// SPDX-License-Identifier: Apache-2.0
#include "inspector/optionsection.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

OptionField::OptionField(const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_content(content)
    , m_note(new QuietLabel)
{
    auto *name = new QLabel(title);
    name->setWordWrap(true);
    name->setBuddy(content);
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(name);
    layout->addWidget(content);
    layout->addWidget(m_note);
}

void OptionField::setAbility(const engine::Ability &ability)
{
    m_content->setEnabled(ability.can);
    QString sentence = ability.reason;
    if (!sentence.isEmpty()) {
        sentence[0] = sentence.at(0).toUpper();
        sentence += u". "_s + ability.mend;
    }
    setNote(sentence);
}

void OptionField::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_content->setAccessibleDescription(note);
}

QString OptionField::note() const
{
    return m_note->text();
}

OptionSection::OptionSection(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_button(new QToolButton)
    , m_summary(new QuietLabel)
    , m_body(new QWidget)
    , m_layout(new QVBoxLayout(m_body))
{
    m_button->setText(title);
    m_button->setAutoRaise(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setArrowType(Qt::RightArrow);
    m_button->setFont(sectionFont(font()));
    m_summary->setWordWrap(false);
    m_layout->setContentsMargins(space::m, 0, 0, space::s);
    m_layout->setSpacing(space::m);
    m_body->hide();
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(m_button);
    head->addWidget(m_summary, 1);
    head->addStretch(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addLayout(head);
    layout->addWidget(m_body);
    connect(m_button, &QToolButton::clicked, this, [this] { setOpen(!m_isOpen); });
}

void OptionSection::add(QWidget *widget)
{
    m_layout->addWidget(widget);
}

void OptionSection::setSummary(const QString &summary)
{
    m_summary->setText(summary);
    m_button->setAccessibleDescription((m_isOpen ? tr("open") : tr("closed")) +
                                       (summary.isEmpty() ? QString() : u", "_s + summary));
}

void OptionSection::setOpen(bool open)
{
    m_isOpen = open;
    m_button->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(open);
    m_summary->setVisible(!open);
    setSummary(m_summary->text());
}

}
