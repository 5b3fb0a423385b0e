// SPDX-License-Identifier: Apache-2.0
#include "editor/completionlist.h"

#include "theme/theme.h"

#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using language::CompletionKind;

QString kindIcon(CompletionKind kind)
{
    switch (kind) {
    case CompletionKind::Instruction:
        return u"layers"_s;
    case CompletionKind::Directive:
        return u"info"_s;
    case CompletionKind::Flag:
        return u"settings"_s;
    case CompletionKind::Value:
        return u"more"_s;
    case CompletionKind::Stage:
        return u"stage"_s;
    case CompletionKind::Image:
        return u"image"_s;
    case CompletionKind::Context:
        return u"context"_s;
    case CompletionKind::Variable:
        return u"tag"_s;
    case CompletionKind::File:
        return u"editor"_s;
    case CompletionKind::Folder:
        return u"folder"_s;
    case CompletionKind::User:
        return u"inspector"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

const language::CompletionItem &itemAt(const QModelIndex &index)
{
    return static_cast<const CompletionModel *>(index.model())->items()[size_t(index.row())];
}

}

QString completionKindText(CompletionKind kind)
{
    switch (kind) {
    case CompletionKind::Instruction:
        return CompletionModel::tr("instruction");
    case CompletionKind::Directive:
        return CompletionModel::tr("directive");
    case CompletionKind::Flag:
        return CompletionModel::tr("flag");
    case CompletionKind::Value:
        return CompletionModel::tr("value");
    case CompletionKind::Stage:
        return CompletionModel::tr("stage");
    case CompletionKind::Image:
        return CompletionModel::tr("image");
    case CompletionKind::Context:
        return CompletionModel::tr("build context");
    case CompletionKind::Variable:
        return CompletionModel::tr("variable");
    case CompletionKind::File:
        return CompletionModel::tr("file");
    case CompletionKind::Folder:
        return CompletionModel::tr("folder");
    case CompletionKind::User:
        return CompletionModel::tr("user");
    }
    Q_UNREACHABLE_RETURN({});
}

void CompletionModel::setItems(std::vector<language::CompletionItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant CompletionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &item = m_items[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return item.label;
    case Qt::AccessibleTextRole: {
        const QString spoken = item.label + u", "_s + completionKindText(item.kind);
        return item.detail.isEmpty() ? spoken : QString(spoken + u", "_s + item.detail);
    }
    default:
        return {};
    }
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &item = itemAt(index);
    const QFontMetrics metrics(option.font);
    const int detail = QFontMetrics(smallFont(option.font)).horizontalAdvance(item.detail);
    // Bold letters are wider than these; the gap before the detail takes them.
    return {space::s + iconsize::small + space::s + metrics.horizontalAdvance(item.label) + space::xl +
                detail + space::s,
            metrics.height() + space::xs};
}

void CompletionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const ThemeColors &colors = colorsFor(option.palette);
    const auto &item = itemAt(index);
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isCurrent) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.selection);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 0, -1, 0), radius::control, radius::control);
    }
    const QRectF row(option.rect);
    const qreal side = std::min<qreal>(iconsize::small, row.height());
    paintIcon(painter, QRectF(row.left() + space::s, row.center().y() - side / 2, side, side),
              kindIcon(item.kind), isCurrent ? colors.selectionText : colors.textQuiet);

    QTextLayout label(item.label, option.font);
    QList<QTextLayout::FormatRange> typed;
    for (const qsizetype at : item.matched) {
        QTextCharFormat bold;
        bold.setFontWeight(QFont::Bold);
        bold.setForeground(isCurrent ? colors.selectionText : colors.accent);
        typed.append({int(at), 1, bold});
    }
    label.setFormats(typed);
    label.beginLayout();
    QTextLine line = label.createLine();
    label.endLayout();
    painter->setPen(isCurrent ? colors.selectionText : colors.text);
    const qreal left = row.left() + space::s + side + space::s;
    label.draw(painter, {left, row.center().y() - line.height() / 2});

    const qreal detailLeft = left + line.naturalTextWidth() + space::s;
    const QRectF detail(detailLeft, row.top(), row.right() - space::s - detailLeft, row.height());
    painter->setFont(smallFont(option.font));
    painter->setPen(isCurrent ? colors.selectionText : colors.textQuiet);
    painter->drawText(detail, Qt::AlignRight | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(item.detail, Qt::ElideRight, int(detail.width())));
    painter->restore();
}

}
