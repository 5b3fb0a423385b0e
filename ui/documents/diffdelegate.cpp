// SPDX-License-Identifier: Apache-2.0
#include "documents/diffdelegate.h"

#include "documents/diffmodel.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

struct Look
{
    QColor ground;
    QColor sign;
    QString signText;
    bool isNothing = false; ///< the other side has a line here, this one has none
};

Look lookOf(DiffModel::Kind kind, bool isLeft, const ThemeColors &colors)
{
    const Look plain{.ground = colors.panel, .sign = colors.textQuiet};
    const Look nothing{.ground = blend(colors.panel, colors.text, 0.05), .isNothing = true};
    const Look gone{.ground = colors.diffRemovedSoft, .sign = colors.diffRemoved, .signText = u"−"_s};
    const Look come{.ground = colors.diffAddedSoft, .sign = colors.diffAdded, .signText = u"+"_s};
    switch (kind) {
    case DiffModel::Kind::Same:
        return plain;
    case DiffModel::Kind::Changed:
        return isLeft ? gone : come;
    case DiffModel::Kind::LeftOnly:
        return isLeft ? gone : nothing;
    case DiffModel::Kind::RightOnly:
        return isLeft ? nothing : come;
    }
    Q_UNREACHABLE_RETURN({});
}

}

void DiffDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto &colors = colorsFor(option.palette);
    const bool isLeft = index.column() <= DiffModel::LeftText;
    const bool isNumber = index.column() == DiffModel::LeftNumber || index.column() == DiffModel::RightNumber;
    const Look look = lookOf(index.data(DiffModel::KindRole).value<DiffModel::Kind>(), isLeft, colors);
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(option.rect, look.ground);
    if (look.isNothing)
        painter->fillRect(option.rect, QBrush(colors.line, Qt::BDiagPattern));
    // The row that the keyboard is at keeps its ground, which says what changed.
    if (isSelected) {
        painter->fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), colors.accent);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          colors.accent);
    }
    if (index.column() == DiffModel::RightNumber)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(1, option.rect.height())), colors.line);
    const QString text = index.data().toString();
    if (isNumber) {
        painter->setFont(smallFont(option.font));
        painter->setPen(colors.textQuiet);
        painter->drawText(option.rect.adjusted(0, 0, -space::l - space::xs, 0),
                          Qt::AlignRight | Qt::AlignVCenter, text);
        painter->setFont(option.font);
        painter->setPen(look.sign);
        painter->drawText(option.rect.adjusted(0, 0, -space::xs, 0), Qt::AlignRight | Qt::AlignVCenter,
                          look.signText);
    } else {
        const QRect room = option.rect.adjusted(space::xs, 0, -space::s, 0);
        painter->setFont(option.font);
        painter->setPen(colors.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(text, Qt::ElideRight, room.width()));
    }
    painter->restore();
}

}
