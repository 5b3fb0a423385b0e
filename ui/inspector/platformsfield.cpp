// SPDX-License-Identifier: Apache-2.0
#include "inspector/platformsfield.h"

#include "theme/metrics.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString sentence(const engine::Ability &ability)
{
    QString text = ability.reason;
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return ability.mend.isEmpty() ? text : QString(text + u". "_s + ability.mend);
}

}

PlatformsField::PlatformsField(QWidget *parent)
    : QWidget(parent)
    , m_boxes(new QVBoxLayout)
    , m_note(new QuietLabel)
{
    m_boxes->setSpacing(space::xs);
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addLayout(m_boxes);
    layout->addWidget(m_note);
    refresh();
}

void PlatformsField::setChosen(const QStringList &platforms)
{
    if (platforms == m_chosen)
        return;
    m_chosen = platforms;
    refresh();
}

void PlatformsField::setAbilities(const engine::BuildAbilities &abilities)
{
    m_abilities = abilities;
    refresh();
}

QString PlatformsField::note() const
{
    return m_note->text();
}

void PlatformsField::refresh()
{
    // A program that is compiled for another machine needs nothing that runs there: the two that most are
    // built for are always offered.
    QStringList offered{u"linux/amd64"_s, u"linux/arm64"_s};
    offered += m_abilities.platforms + m_chosen;
    offered.removeDuplicates();
    if (offered != m_offered) {
        m_offered = offered;
        while (auto *item = m_boxes->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (const auto &platform : std::as_const(offered)) {
            auto *box = new QCheckBox(platform);
            box->setAccessibleName(tr("Platform %1").arg(platform));
            m_boxes->addWidget(box);
            connect(box, &QCheckBox::clicked, this, [this, platform](bool isOn) { toggle(platform, isOn); });
        }
    }
    for (int i = 0; i < m_boxes->count(); ++i) {
        auto *box = static_cast<QCheckBox *>(m_boxes->itemAt(i)->widget());
        box->setChecked(m_chosen.contains(box->text()));
    }
    QStringList notes;
    if (m_chosen.isEmpty())
        notes.append(tr("None chosen: as the engine."));
    for (const auto &platform : std::as_const(m_chosen))
        notes.append(sentence(m_abilities.platform(platform)));
    if (!m_abilities.severalPlatforms.can)
        notes.append(tr("One only. %1").arg(sentence(m_abilities.severalPlatforms)));
    notes.removeAll(QString());
    m_note->setText(notes.join(u'\n'));
    m_note->setVisible(!notes.isEmpty());
    setAccessibleDescription(m_note->text());
}

void PlatformsField::toggle(const QString &platform, bool isOn)
{
    if (isOn && !m_abilities.severalPlatforms.can)
        m_chosen.clear();
    m_chosen.removeAll(platform);
    if (isOn)
        m_chosen.append(platform);
    refresh();
    Q_EMIT chosen(m_chosen);
}

}
