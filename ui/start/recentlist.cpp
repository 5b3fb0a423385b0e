// SPDX-License-Identifier: Apache-2.0
#include "start/recentlist.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"
#include "widgets/bareitem.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ui {

namespace {

enum Role { PathRole = Qt::UserRole, FolderRole, MissingRole };

QString shortened(const QString &folder)
{
    const QString home = QDir::homePath();
    return folder.startsWith(home + u'/') ? u'~' + folder.mid(home.size()) : folder;
}

// Two lines: the name of the project, and its place in quiet small type.
class RecentDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem plain = option;
        initStyleOption(&plain, index);
        paintBareItem(painter, plain);

        const auto &colors = colorsFor(option.widget);
        const bool missing = index.data(MissingRole).toBool();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QRect room = option.rect.adjusted(space::m, space::s, -space::m, -space::s);
        const QRect iconRect(room.left(), room.top(), iconsize::small, iconsize::small);
        paintIcon(painter, iconRect, missing ? QStringLiteral("problem-warning") : QStringLiteral("recent"),
                  missing ? colors.warning : colors.textQuiet);
        const QRect text = room.adjusted(iconsize::small + space::s, 0, 0, 0);
        painter->setFont(option.font);
        painter->setPen(selected ? colors.selectionText : missing ? colors.textDisabled : colors.text);
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignTop,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
        const QFont small = smallFont(option.font);
        painter->setFont(small);
        painter->setPen(selected ? colors.selectionText : colors.textQuiet);
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignBottom,
            QFontMetrics(small).elidedText(index.data(FolderRole).toString(), Qt::ElideMiddle, text.width()));
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const int lines = option.fontMetrics.height() + QFontMetrics(smallFont(option.font)).height();
        return {0, lines + 2 * space::s + space::xs};
    }
};

}

RecentList::RecentList(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget)
    , m_empty(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    m_empty->setText(tr("Designs that you open appear here."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_list->setAccessibleName(tr("Recent designs"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new RecentDelegate(m_list));
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setCursor(Qt::PointingHandCursor);
    connect(m_list, &QListWidget::itemActivated, this,
            [this](QListWidgetItem *item) { Q_EMIT openRequested(item->data(PathRole).toString()); });
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { Q_EMIT openRequested(item->data(PathRole).toString()); });
    connect(m_list, &QWidget::customContextMenuRequested, this, &RecentList::showMenu);
    setFiles({});
}

void RecentList::setFiles(const QStringList &paths)
{
    m_list->clear();
    for (const auto &path : paths) {
        const QFileInfo info(path);
        auto *item = new QListWidgetItem(info.dir().dirName() + u'/' + info.fileName(), m_list);
        item->setData(PathRole, path);
        item->setData(FolderRole, info.exists()
                                      ? shortened(info.absolutePath())
                                      : tr("%1 (not there any more)").arg(shortened(info.absolutePath())));
        item->setData(MissingRole, !info.exists());
        item->setToolTip(path);
    }
    m_list->setVisible(!paths.isEmpty());
    m_empty->setVisible(paths.isEmpty());
}

void RecentList::showMenu(QPoint position)
{
    const auto *item = m_list->itemAt(position);
    if (!item)
        return;
    const QString path = item->data(PathRole).toString();
    QMenu menu(this);
    menu.addAction(tr("Open"), this, [this, path] { Q_EMIT openRequested(path); });
    menu.addAction(tr("Remove from this list"), this, [this, path] { Q_EMIT removeRequested(path); });
    menu.exec(m_list->viewport()->mapToGlobal(position));
}

}
