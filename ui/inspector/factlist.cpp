// SPDX-License-Identifier: Apache-2.0
#include "inspector/factlist.h"

#include "theme/metrics.h"
#include "widgets/labels.h"

#include <QListWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int mostRowsSeen = 10; // beyond it, the list scrolls

}

FactList::FactList(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new SectionHeader(title))
    , m_list(new QListWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(m_title);
    layout->addWidget(m_list);
    m_list->setAccessibleName(title);
    m_list->setFont(smallFont(codeFont(font())));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    const auto activate = [this](const QListWidgetItem *item) {
        if (const int row = item->data(Qt::UserRole).toInt(); row > 0)
            Q_EMIT rowActivated(row);
    };
    connect(m_list, &QListWidget::itemClicked, this, activate);
    connect(m_list, &QListWidget::itemActivated, this, activate);
    hide();
}

void FactList::setFacts(const std::vector<Fact> &facts)
{
    setVisible(!facts.empty());
    if (facts == m_facts)
        return;
    m_facts = facts;
    m_list->clear();
    for (const auto &fact : facts) {
        auto *item = new QListWidgetItem(fact.text, m_list);
        item->setData(Qt::UserRole, fact.row);
        item->setToolTip(fact.tooltip.isEmpty() ? fact.text : fact.tooltip);
    }
    const int rows = std::min(mostRowsSeen, int(facts.size()));
    m_list->setFixedHeight(rows * std::max(m_list->sizeHintForRow(0), 1) + 2 * m_list->frameWidth() + 2);
}

}
