// SPDX-License-Identifier: Apache-2.0
#include "engines/addressfield.h"

#include "engine/endpoint.h"
#include "theme/theme.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

AddressField::AddressField(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_add(new QPushButton(icon(u"add"_s), tr("Add"), this))
    , m_sentence(new QuietLabel({}, this))
{
    m_field->setPlaceholderText(tr("Another address, such as ssh://user@host"));
    m_field->setAccessibleName(tr("Address of another engine"));
    m_field->setClearButtonEnabled(true);
    m_add->setAutoDefault(false);
    m_sentence->setFont(smallFont(font()));
    auto *line = new QHBoxLayout;
    line->setSpacing(space::s);
    line->addWidget(m_field, 1);
    line->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addLayout(line);
    layout->addWidget(m_sentence);
    connect(m_field, &QLineEdit::textChanged, this, &AddressField::check);
    connect(m_field, &QLineEdit::returnPressed, this, &AddressField::add);
    connect(m_add, &QAbstractButton::clicked, this, &AddressField::add);
    check();
}

void AddressField::setKnown(const QStringList &urls)
{
    m_known = urls;
    check();
}

void AddressField::check()
{
    const QString text = m_field->text().trimmed();
    const auto endpoint = engine::parseHost(text, {});
    const bool isKnown = endpoint && m_known.contains(endpoint->url);
    m_add->setEnabled(endpoint && !isKnown);
    if (text.isEmpty())
        m_sentence->setText(tr("unix:///path, tcp://host:port, https://host:port, ssh://user@host"));
    else if (!endpoint)
        m_sentence->setText(asSentence(endpoint.error().message) + u". "_s + endpoint.error().hint);
    else if (isKnown)
        m_sentence->setText(tr("This one is in the list."));
    else if (endpoint->kind == engine::Endpoint::Kind::Tcp)
        m_sentence->setText(tr(
            "Without TLS anybody on the way can read along. For an engine with client certificates, make a "
            "docker context: it appears here."));
    else if (endpoint->kind == engine::Endpoint::Kind::Ssh)
        m_sentence->setText(tr("Your own ssh reaches it, with your keys and known hosts."));
    else
        m_sentence->setText(tr("Press Enter to add it."));
}

void AddressField::add()
{
    if (!m_add->isEnabled())
        return;
    const QString url = engine::parseHost(m_field->text(), {})->url;
    m_field->clear();
    Q_EMIT addRequested(url);
}

}
