// SPDX-License-Identifier: Apache-2.0
#include "layers/comparepicker.h"

#include "base/units.h"
#include "theme/theme.h"
#include "widgets/searchfield.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

ComparePicker::ComparePicker(const QStringList &images, const std::vector<EarlierBuild> &builds,
                             QWidget *parent)
    : QDialog(parent)
    , m_model(new QStandardItemModel(this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_search(new SearchField(tr("Name, tag or date"), this))
    , m_view(new QListView(this))
    , m_none(new QLabel(tr("Nothing is called so. Build it, or pull it first."), this))
{
    setWindowTitle(tr("Compare with"));
    resize(560, 480);
    fill(images, builds);
    m_shown->setSourceModel(m_model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_shown);
    m_view->setUniformItemSizes(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setIconSize({iconsize::small, iconsize::small});
    m_view->setAccessibleName(tr("Images and builds"));
    m_none->setWordWrap(true);
    m_search->installEventFilter(this);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_compare = buttons->addButton(tr("Compare"), QDialogButtonBox::AcceptRole);
    m_compare->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(m_search);
    layout->addWidget(m_none);
    layout->addWidget(m_view, 1);
    layout->addWidget(buttons);
    connect(m_search, &QLineEdit::textChanged, this, &ComparePicker::filter);
    connect(m_search, &SearchField::nextRequested, this, &ComparePicker::choose);
    connect(m_search, &SearchField::left, this, &QDialog::reject);
    connect(m_view, &QAbstractItemView::activated, this, &ComparePicker::choose);
    connect(buttons, &QDialogButtonBox::accepted, this, &ComparePicker::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    filter({});
    m_search->setFocus();
}

void ComparePicker::fill(const QStringList &images, const std::vector<EarlierBuild> &builds)
{
    for (const auto &build : builds) {
        const QString when = QLocale().toString(build.started.toLocalTime(), QLocale::ShortFormat);
        auto *item = new QStandardItem(
            icon(u"recent"_s),
            tr("Build of %1: %2, %3").arg(when, build.title, base::sizeInWords(build.bytes)));
        item->setData(build.id, BuildRole);
        m_model->appendRow(item);
    }
    for (const auto &reference : images) {
        auto *item = new QStandardItem(icon(u"image"_s), reference);
        item->setData(reference, ReferenceRole);
        m_model->appendRow(item);
    }
}

void ComparePicker::filter(const QString &words)
{
    m_shown->setFilterFixedString(words.trimmed());
    const bool isAny = m_shown->rowCount() > 0;
    m_none->setVisible(!isAny);
    m_compare->setEnabled(isAny);
    if (isAny && !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_shown->index(0, 0));
}

void ComparePicker::choose()
{
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return;
    const QString reference = index.data(ReferenceRole).toString();
    const qint64 build = index.data(BuildRole).toLongLong();
    accept();
    if (reference.isEmpty())
        Q_EMIT buildChosen(build);
    else
        Q_EMIT imageChosen(reference);
}

// The arrows walk the list while one types.
bool ComparePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0 && m_shown->rowCount() > 0) {
            const int row = std::clamp(m_view->currentIndex().row() + step, 0, m_shown->rowCount() - 1);
            m_view->setCurrentIndex(m_shown->index(row, 0));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}
