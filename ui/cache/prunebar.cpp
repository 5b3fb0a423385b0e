// SPDX-License-Identifier: Apache-2.0
#include "cache/prunebar.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum class What { Everything, UnusedForDay, UnusedForWeek, UnusedForMonth, CacheMounts, Contexts, AllBut };

constexpr qint64 gigabyte = 1'000'000'000;

}

PruneBar::PruneBar(QWidget *parent)
    : QWidget(parent)
    , m_what(new QComboBox(this))
    , m_keep(new QDoubleSpinBox(this))
    , m_all(new QCheckBox(tr("Also what images share, and internal records"), this))
    , m_plan(new QLabel(this))
    , m_prune(new QPushButton(this))
{
    const auto add = [this](What what, const QString &text) { m_what->addItem(text, int(what)); };
    add(What::Everything, tr("Everything not in use"));
    add(What::UnusedForDay, tr("Not used for a day"));
    add(What::UnusedForWeek, tr("Not used for a week"));
    add(What::UnusedForMonth, tr("Not used for 30 days"));
    add(What::CacheMounts, tr("Cache mounts (Go's caches)"));
    add(What::Contexts, tr("Build contexts"));
    add(What::AllBut, tr("All but the newest"));
    m_what->setAccessibleName(tr("What to free"));
    m_keep->setRange(0.1, 100'000);
    m_keep->setValue(5);
    m_keep->setDecimals(1);
    m_keep->setSuffix(tr(" GB"));
    m_keep->setAccessibleName(tr("How much of the cache to keep"));
    m_plan->setWordWrap(true);
    m_plan->setAccessibleName(tr("What would be freed"));

    auto *choices = new QHBoxLayout;
    choices->setSpacing(space::s);
    auto *label = new QLabel(tr("&Free:"), this);
    label->setBuddy(m_what);
    choices->addWidget(label);
    choices->addWidget(m_what);
    choices->addWidget(m_keep);
    choices->addWidget(m_all);
    choices->addStretch(1);
    auto *action = new QHBoxLayout;
    action->setSpacing(space::m);
    action->addWidget(m_plan, 1);
    action->addWidget(m_prune);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addLayout(choices);
    layout->addLayout(action);

    const auto changed = [this] {
        refresh();
        Q_EMIT specChanged();
    };
    connect(m_what, &QComboBox::currentIndexChanged, this, changed);
    connect(m_keep, &QDoubleSpinBox::valueChanged, this, changed);
    connect(m_all, &QCheckBox::toggled, this, changed);
    connect(m_prune, &QPushButton::clicked, this,
            [this] { m_busy ? Q_EMIT stopRequested() : Q_EMIT pruneRequested(); });
    refresh();
}

engine::PruneSpec PruneBar::spec() const
{
    engine::PruneSpec spec{.all = m_all->isChecked()};
    switch (What(m_what->currentData().toInt())) {
    case What::Everything:
        break;
    case What::UnusedForDay:
        spec.unusedFor = 24h;
        break;
    case What::UnusedForWeek:
        spec.unusedFor = 7 * 24h;
        break;
    case What::UnusedForMonth:
        spec.unusedFor = 30 * 24h;
        break;
    case What::CacheMounts:
        spec.filters = {u"type==exec.cachemount"_s};
        break;
    case What::Contexts:
        spec.filters = {u"type==source.local"_s};
        break;
    case What::AllBut:
        spec.keepBytes = qint64(m_keep->value() * gigabyte);
        break;
    }
    return spec;
}

void PruneBar::showPlan(const QString &text, bool isAnything)
{
    m_plan->setText(text);
    m_isAnything = isAnything;
    refresh();
}

void PruneBar::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void PruneBar::refresh()
{
    m_keep->setVisible(What(m_what->currentData().toInt()) == What::AllBut);
    m_prune->setText(m_busy ? tr("Stop") : tr("Free…"));
    m_prune->setIcon(icon(m_busy ? u"stop"_s : u"delete"_s));
    m_prune->setEnabled(m_busy || m_isAnything);
    m_what->setEnabled(!m_busy);
    m_all->setEnabled(!m_busy);
    m_keep->setEnabled(!m_busy);
}

}
