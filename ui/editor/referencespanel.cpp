// SPDX-License-Identifier: Apache-2.0
#include "editor/referencespanel.h"

#include "theme/theme.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostRows = 6;

}

ReferencesPanel::ReferencesPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new SectionHeader({}))
    , m_list(new QListWidget)
{
    setAutoFillBackground(true);
    auto *close = new QToolButton;
    close->setIcon(icon(u"close"_s));
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close"));
    close->setAutoRaise(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(space::s, space::xs, space::s, space::xs);
    rows->setSpacing(space::xs);
    rows->addLayout(head);
    rows->addWidget(m_list);
    m_list->setFont(codeFont(font()));
    m_list->setFrameShape(NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int index) {
        if (index >= 0)
            Q_EMIT placeShown(index);
    });
    connect(m_list, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT placeChosen(m_list->row(item)); });
    connect(close, &QToolButton::clicked, this, &ReferencesPanel::left);
    hide();
}

void ReferencesPanel::showPlaces(const QString &name, const std::vector<Place> &places, int current)
{
    const QSignalBlocker quiet(m_list);
    m_title->setText(places.size() == 1
                         ? tr("%1 in one place").arg(name)
                         : tr("%1 in %2 places").arg(name, QLocale().toString(int(places.size()))));
    m_list->setAccessibleName(m_title->text());
    m_list->clear();
    const auto digits = QString::number(places.empty() ? 1 : places.back().row).size();
    for (const auto &place : places) {
        auto *item = new QListWidgetItem(u"%1  %2"_s.arg(place.row, int(digits)).arg(place.text), m_list);
        if (place.isDefinition) {
            QFont bold = m_list->font();
            bold.setBold(true);
            item->setFont(bold);
            item->setToolTip(tr("It is declared here."));
        }
    }
    m_list->setCurrentRow(current);
    const int shown = std::clamp(m_list->count(), 1, mostRows);
    m_list->setFixedHeight(shown * std::max(1, m_list->sizeHintForRow(0)) + 2 * m_list->frameWidth() + 2);
    show();
    m_list->setFocus(Qt::OtherFocusReason);
}

void ReferencesPanel::keyPressEvent(QKeyEvent *event)
{
    event->accept();
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT placeChosen(m_list->currentRow());
}

}
