// SPDX-License-Identifier: Apache-2.0
// The SVG side of ChartPainter: colours are CSS variables, so one drawing serves light and dark readers.
#include "layers/chartpainter.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString number(qreal value)
{
    return QString::number(value, 'f', 1);
}

QString variableOf(ChartPaint paint)
{
    const int index = paint.index % int(ThemeColors().series.size());
    switch (paint.role) {
    case ChartPaint::Role::Text:
        return u"var(--sl-text)"_s;
    case ChartPaint::Role::Quiet:
        return u"var(--sl-quiet)"_s;
    case ChartPaint::Role::Grid:
        return u"var(--sl-line)"_s;
    case ChartPaint::Role::Base:
        return u"var(--sl-base)"_s;
    case ChartPaint::Role::BaseLine:
        return u"var(--sl-base-line)"_s;
    case ChartPaint::Role::Series:
        return u"var(--sl-s%1)"_s.arg(index);
    case ChartPaint::Role::SeriesText:
        return u"var(--sl-t%1)"_s.arg(index);
    case ChartPaint::Role::StandIn:
        return u"var(--sl-stand-in)"_s;
    case ChartPaint::Role::StandInSoft:
        return u"var(--sl-stand-in-soft)"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString variables(const ThemeColors &colors)
{
    QString text = u"--sl-panel:%1;--sl-text:%2;--sl-quiet:%3;--sl-line:%4;--sl-base:%5;--sl-base-line:%6;"
                   "--sl-stand-in:%7;--sl-stand-in-soft:%8;"_s.arg(
                       colors.panel.name(), colors.text.name(), colors.textQuiet.name(), colors.line.name(),
                       colors.chartBase.name(), colors.chartBaseLine.name(), colors.standIn.name(),
                       colors.standInSoft.name());
    for (std::size_t i = 0; i < colors.series.size(); ++i)
        text +=
            u"--sl-s%1:%2;--sl-t%1:%3;"_s.arg(i).arg(colors.series[i].name(), colors.seriesText[i].name());
    return text;
}

QString textElement(const QRectF &rect, Qt::Alignment alignment, const QString &words,
                    const QString &cssClass, const QString &fill)
{
    const bool centred = alignment & Qt::AlignHCenter;
    return u"<text class=\"%1\" x=\"%2\" y=\"%3\" fill=\"%4\"%5>%6</text>\n"_s.arg(
        cssClass, number(centred ? rect.center().x() : rect.left()), number(rect.center().y()), fill,
        centred ? u" text-anchor=\"middle\""_s : QString(), words.toHtmlEscaped());
}

QString segmentElement(const ChartLayout::Segment &segment)
{
    const auto rectWith = [&segment](const QString &attributes) {
        return QString(u"<rect x=\""_s + number(segment.rect.left()) + u"\" y=\"" +
                       number(segment.rect.top()) + u"\" width=\"" + number(segment.rect.width()) +
                       u"\" height=\"" + number(segment.rect.height()) + u"\" rx=\"" +
                       (segment.rect.width() > 6 ? u"2" : u"0") + u"\" " + attributes + u"/>");
    };
    QString text = u"<g class=\"sl-segment\"><title>"_s + segment.description.toHtmlEscaped() + u"</title>";
    QString fill = u"fill=\""_s + variableOf(segment.fill) + u"\"";
    if (segment.isEmpty)
        fill += u" opacity=\"0.55\"";
    text += rectWith(fill);
    if (segment.hatched)
        text += rectWith(u"fill=\"url(#sl-hatch)\""_s);
    if (!segment.label.isEmpty()) {
        const QString ink = segment.hatched ? u"var(--sl-text)"_s
                                            : variableOf({ChartPaint::Role::SeriesText, segment.fill.index});
        const QString cssClass = segment.hatched ? u"sl-small sl-halo"_s : u"sl-small"_s;
        text += textElement(segment.rect, Qt::AlignCenter, segment.label, cssClass, ink);
    }
    return text + u"</g>\n";
}

}

QByteArray ChartPainter::svgStyle()
{
    const QString text =
        u":root{"_s + variables(lightColors()) + u"}\n@media (prefers-color-scheme:dark){:root{" +
        variables(darkColors()) +
        u"}}\n.sl-chart text{font-family:system-ui,\"Noto Sans\",\"Segoe UI\",sans-serif;font-size:13px;"
        "dominant-baseline:central}\n.sl-chart .sl-bold{font-weight:600}\n.sl-chart "
        ".sl-small{font-size:11.5px}\n"
        ".sl-chart .sl-halo{paint-order:stroke;stroke:var(--sl-base);stroke-width:5px}\n"
        ".sl-segment:hover{filter:brightness(1.12)}\n";
    return text.toUtf8();
}

QByteArray ChartPainter::toInlineSvg(const QString &title) const
{
    QString text =
        u"<svg class=\"sl-chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" width=\"%1\" "
        "height=\"%2\" role=\"img\" aria-label=\"%3\">\n"_s.arg(
            number(m_layout.size.width()), number(m_layout.size.height()), title.toHtmlEscaped());
    text += u"<defs><pattern id=\"sl-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
            "patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" "
            "stroke=\"var(--sl-base-line)\" "
            "stroke-width=\"1.6\"/></pattern></defs>\n";
    for (const ChartLayout::Line &line : m_layout.lines)
        text += u"<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" stroke=\"%5\"/>\n"_s.arg(
            number(line.line.x1() + 0.5), number(line.line.y1()), number(line.line.x2() + 0.5),
            number(line.line.y2()), variableOf(line.paint));
    for (const ChartLayout::Segment &segment : m_layout.segments)
        text += segmentElement(segment);
    for (const ChartLayout::Label &label : m_layout.labels) {
        const QString cssClass = label.small ? u"sl-small"_s : label.bold ? u"sl-bold"_s : u"sl-plain"_s;
        text += textElement(label.rect, label.alignment, label.text, cssClass, variableOf(label.paint));
    }
    for (const ChartLayout::Pill &pill : m_layout.pills) {
        text +=
            u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"%5\" fill=\"var(--sl-stand-in-soft)\"/>"_s
                .arg(number(pill.rect.left()), number(pill.rect.top()), number(pill.rect.width()),
                     number(pill.rect.height()), number(pill.rect.height() / 2));
        text += textElement(pill.rect, Qt::AlignCenter, pill.text, u"sl-small"_s, u"var(--sl-stand-in)"_s);
    }
    text += u"</svg>\n";
    return text.toUtf8();
}

QByteArray ChartPainter::toSvg() const
{
    QByteArray text = toInlineSvg(QCoreApplication::translate("ui::Chart", "Layer sizes"));
    const auto inside = text.indexOf('>') + 1;
    text.insert(inside, "\n<style>" + svgStyle() +
                            "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"var(--sl-panel)\"/>\n");
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text;
}

}
