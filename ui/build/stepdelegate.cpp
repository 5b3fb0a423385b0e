// SPDX-License-Identifier: Apache-2.0
#include "build/stepdelegate.h"

#include "build/buildmodel.h"
#include "theme/theme.h"
#include "widgets/bareitem.h"
#include "widgets/progressline.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

using State = engine::BuildStep::State;

namespace {

struct Look
{
    QString icon;
    QColor color;
};

Look lookOf(State state, const ThemeColors &colors)
{
    switch (state) {
    case State::Waiting:
        return {u"waiting"_s, colors.textDisabled};
    case State::Running:
        return {u"running"_s, colors.accent};
    case State::Done:
        return {u"ok"_s, colors.success};
    case State::Cached:
        return {u"cached"_s, colors.textQuiet};
    case State::Failed:
        return {u"failed"_s, colors.danger};
    case State::Cancelled:
        return {u"cancelled"_s, colors.warning};
    }
    Q_UNREACHABLE_RETURN({});
}

QString secondLine(const QModelIndex &index)
{
    QStringList parts{index.data(BuildModel::PlaceRole).toString(),
                      BuildModel::stateInWords(State(index.data(BuildModel::StateRole).toInt())),
                      index.data(BuildModel::ProgressRole).toString()};
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const QFontMetrics small(smallFont(option.font));
    return {120, option.fontMetrics.height() + small.height() + space::m};
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem opt = option;
    initStyleOption(&opt, index);
    paintBareItem(painter, opt);

    const ThemeColors &colors = colorsFor(option.palette);
    const bool strong = colors.isHighContrast && (option.state & QStyle::State_Selected);
    const auto ink = [&](const QColor &color) { return strong ? colors.selectionText : color; };
    const Look look = lookOf(State(index.data(BuildModel::StateRole).toInt()), colors);
    const bool quiet = index.data(BuildModel::InternalRole).toBool();
    const QRect inner = option.rect.adjusted(space::s, space::xs + 2, -space::s, -space::xs);

    painter->save();
    painter->setFont(option.font);
    const int lineHeight = option.fontMetrics.height();
    paintIcon(painter,
              QRect(inner.left(), inner.top() + (lineHeight - iconsize::small) / 2, iconsize::small,
                    iconsize::small),
              look.icon, ink(look.color));
    QRect line(inner.left() + iconsize::small + space::s, inner.top(),
               inner.width() - iconsize::small - space::s, lineHeight);

    const QString duration = index.data(BuildModel::DurationRole).toString();
    painter->setPen(ink(colors.textQuiet));
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, duration);
    const int used = duration.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(duration) + space::m;
    painter->setPen(ink(quiet ? colors.textQuiet : colors.text));
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, line.width() - used));

    painter->setFont(smallFont(option.font));
    const QFontMetrics small = painter->fontMetrics();
    line = QRect(line.left(), line.bottom() + 1, line.width(), small.height());
    painter->setPen(ink(look.icon == u"failed" ? colors.danger : colors.textQuiet));
    const QString second = secondLine(index);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      small.elidedText(second, Qt::ElideRight, line.width()));
    if (const QVariant share = index.data(BuildModel::ShareRole); share.isValid()) {
        const int left = line.left() + small.horizontalAdvance(second) + space::m;
        const QRectF bar(left, line.center().y() - 1, line.right() - left, 4);
        if (bar.width() > 40)
            paintProgressBar(painter, bar, share.toDouble(), option.palette);
    }
    painter->restore();
}

}
