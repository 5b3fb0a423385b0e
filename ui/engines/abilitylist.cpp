// SPDX-License-Identifier: Apache-2.0
#include "engines/abilitylist.h"

#include "engine/buildkit/abilitynames.h"
#include "theme/theme.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QGridLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QLabel *picture(const QString &name, IconTint tint)
{
    auto *label = new QLabel;
    label->setPixmap(icon(name, tint).pixmap(iconsize::small));
    label->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    label->setFixedWidth(iconsize::small);
    return label;
}

QLabel *selectable(QLabel *label)
{
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

// What is missing for the same reason is told once.
struct Missing
{
    engine::Ability ability;
    QStringList titles;
};

std::vector<Missing> missingIn(const engine::BuildAbilities &abilities)
{
    std::vector<Missing> all;
    for (const auto &named : engine::namedAbilities()) {
        const auto &ability = abilities.*named.ability;
        if (ability.can)
            continue;
        const auto known = std::ranges::find(all, ability, &Missing::ability);
        if (known == all.end())
            all.push_back({ability, {named.title}});
        else
            known->titles.append(named.title);
    }
    return all;
}

}

AbilityList::AbilityList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
}

void AbilityList::show(const engine::BuildAbilities &abilities)
{
    while (auto *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    addPresent(abilities);
    addMissing(abilities);
}

void AbilityList::addPresent(const engine::BuildAbilities &abilities)
{
    QStringList titles;
    for (const auto &named : engine::namedAbilities()) {
        if ((abilities.*named.ability).can)
            titles.append(named.title);
    }
    if (titles.isEmpty())
        return;
    m_layout->addWidget(new SectionHeader(tr("What it can do")));
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, space::s);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(space::xs);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    const int rows = int(titles.size() + 1) / 2;
    for (int i = 0; i < int(titles.size()); ++i) {
        grid->addWidget(picture(u"ok"_s, IconTint::Success), i % rows, i / rows * 2);
        grid->addWidget(selectable(new QLabel(titles[i])), i % rows, i / rows * 2 + 1);
    }
    m_layout->addWidget(box);
}

void AbilityList::addMissing(const engine::BuildAbilities &abilities)
{
    const auto missing = missingIn(abilities);
    if (missing.empty())
        return;
    m_layout->addWidget(new SectionHeader(tr("What it cannot do, and what would help")));
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(space::xs);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[ability, titles] : missing) {
        grid->addWidget(picture(u"cancelled"_s, IconTint::Quiet), row, 0);
        grid->addWidget(selectable(new QLabel(titles.join(u", "_s))), row++, 1);
        auto *why = new QuietLabel(asSentence(ability.reason) + u". "_s + ability.mend);
        why->setContentsMargins(0, 0, 0, space::s);
        grid->addWidget(selectable(why), row++, 1);
    }
    m_layout->addWidget(box);
}

}
