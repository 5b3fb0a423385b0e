// SPDX-License-Identifier: Apache-2.0
// The SVG side of ChartPainter: one drawing serves light and dark readers, and programs without style sheets.
#include "layers/chartpainter.h"
#include "theme/metrics.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString number(qreal value)
{
    return QString::number(value, 'f', 1);
}

QString classOf(ChartPaint paint)
{
    const int index = paint.index % int(ThemeColors().series.size());
    switch (paint.role) {
    case ChartPaint::Role::Text:
        return u"sl-text"_s;
    case ChartPaint::Role::Quiet:
        return u"sl-quiet"_s;
    case ChartPaint::Role::Grid:
        return u"sl-grid"_s;
    case ChartPaint::Role::Base:
        return u"sl-base"_s;
    case ChartPaint::Role::BaseLine:
        return u"sl-base-line"_s;
    case ChartPaint::Role::Series:
        return u"sl-s%1"_s.arg(index);
    case ChartPaint::Role::SeriesText:
        return u"sl-t%1"_s.arg(index);
    case ChartPaint::Role::StandIn:
        return u"sl-stand-in"_s;
    case ChartPaint::Role::StandInSoft:
        return u"sl-stand-in-soft"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

// The light colour stands in the element for programs without style sheets; the class gives the dark one.
QString filled(ChartPaint paint)
{
    return u"class=\"%1\" fill=\"%2\""_s.arg(classOf(paint), chartColor(paint, lightColors()).name());
}

QString rulesFor(const ThemeColors &colors)
{
    QString rules;
    const auto add = [&](ChartPaint paint) {
        const bool isLine = paint.role == ChartPaint::Role::Grid || paint.role == ChartPaint::Role::BaseLine;
        rules += u".sl-chart .%1{%2:%3}\n"_s.arg(classOf(paint), isLine ? u"stroke"_s : u"fill"_s,
                                                 chartColor(paint, colors).name());
    };
    using Role = ChartPaint::Role;
    for (const Role role :
         {Role::Text, Role::Quiet, Role::Grid, Role::Base, Role::BaseLine, Role::StandIn, Role::StandInSoft})
        add({role, 0});
    for (int i = 0; i < int(colors.series.size()); ++i) {
        add({Role::Series, i});
        add({Role::SeriesText, i});
    }
    rules += u".sl-chart .sl-ground{fill:%1}\n"_s.arg(colors.panel.name());
    return rules;
}

enum class Weight : quint8 { Plain, Small, Bold };

double sizeOf(Weight weight)
{
    return weight == Weight::Small ? 11.5 : 13;
}

Weight weightOf(const ChartLayout::Label &label)
{
    return label.small ? Weight::Small : label.bold ? Weight::Bold : Weight::Plain;
}

QString inkOf(Weight weight, ChartPaint paint)
{
    const QString ink = filled(paint) + u" font-size=\"%1\""_s.arg(sizeOf(weight));
    return weight == Weight::Bold ? QString(ink + u" font-weight=\"600\"") : ink;
}

// `more` flows on behind the words.
QString textElement(const QRectF &rect, Qt::Alignment alignment, const QString &words, Weight weight,
                    ChartPaint paint, const QString &more = {})
{
    const bool centred = alignment & Qt::AlignHCenter;
    const double size = sizeOf(weight);
    QString attributes = inkOf(weight, paint);
    if (centred)
        attributes += u" text-anchor=\"middle\"";
    // 0.35 of the size below the middle: where the capitals' middle is. Few programs know dominant-baseline.
    return u"<text x=\"%1\" y=\"%2\" %3>%4</text>\n"_s.arg(number(centred ? rect.center().x() : rect.left()),
                                                           number(rect.center().y() + 0.35 * size),
                                                           attributes, QString(words.toHtmlEscaped() + more));
}

QString flowingElement(const ChartLayout::Label &label)
{
    // The first may be bold, and what follows would inherit that.
    return u"<tspan dx=\"%1\" font-weight=\"400\" %2>%3</tspan>"_s.arg(
        number(space::s), inkOf(weightOf(label), label.paint), label.text.toHtmlEscaped());
}

QString rectElement(const QRectF &rect, double rounding, const QString &attributes)
{
    return u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"%5\" %6/>"_s.arg(
        number(rect.left()), number(rect.top()), number(rect.width()), number(rect.height()),
        number(rounding), attributes);
}

QString segmentElement(const ChartLayout::Segment &segment)
{
    const double rounding = segment.rect.width() > 6 ? 2 : 0;
    QString text = u"<g class=\"sl-segment\"><title>"_s + segment.description.toHtmlEscaped() + u"</title>";
    text += rectElement(segment.rect, rounding,
                        filled(segment.fill) + (segment.isEmpty ? u" opacity=\"0.55\""_s : QString()));
    if (segment.hatched)
        text += rectElement(segment.rect, rounding, u"fill=\"url(#sl-hatch)\""_s);
    if (!segment.label.isEmpty()) {
        if (segment.hatched) {
            // Hatching runs behind the words, not through them; the font is the reader's, so its width is a
            // guess.
            QRectF ground(0, 0, double(segment.label.size()) * 6.6 + 6, 16);
            ground.moveCenter(segment.rect.center());
            text += rectElement(ground & segment.rect, 2, filled(segment.fill));
        }
        const ChartPaint ink = segment.hatched ? ChartPaint{ChartPaint::Role::Text, 0}
                                               : ChartPaint{ChartPaint::Role::SeriesText, segment.fill.index};
        text += textElement(segment.rect, Qt::AlignCenter, segment.label, Weight::Small, ink);
    }
    return text + u"</g>\n";
}

}

QByteArray ChartPainter::svgStyle()
{
    const QString text = u"@media (prefers-color-scheme:dark){\n"_s + rulesFor(darkColors()) +
                         u"}\n.sl-chart text{font-family:system-ui,\"Noto Sans\",\"Segoe UI\",sans-serif}\n"
                         ".sl-segment:hover{filter:brightness(1.12)}\n";
    return text.toUtf8();
}

QByteArray ChartPainter::toInlineSvg(const QString &title) const
{
    QString text =
        u"<svg class=\"sl-chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" width=\"%1\" "
        "height=\"%2\" font-family=\"Noto Sans, sans-serif\" role=\"img\" aria-label=\"%3\">\n"_s.arg(
            number(m_layout.size.width()), number(m_layout.size.height()), title.toHtmlEscaped());
    text += u"<defs><pattern id=\"sl-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
            "patternTransform=\"rotate(45)\"><line class=\"sl-base-line\" x1=\"0\" y1=\"0\" x2=\"0\" "
            "y2=\"7\" stroke=\"%1\" "
            "stroke-width=\"1.6\"/></pattern></defs>\n"_s.arg(lightColors().chartBaseLine.name());
    for (const ChartLayout::Line &line : m_layout.lines)
        text += u"<line class=\"%5\" x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" stroke=\"%6\"/>\n"_s.arg(
            number(line.line.x1() + 0.5), number(line.line.y1()), number(line.line.x2() + 0.5),
            number(line.line.y2()), classOf(line.paint), chartColor(line.paint, lightColors()).name());
    for (const ChartLayout::Segment &segment : m_layout.segments)
        text += segmentElement(segment);
    for (auto label = m_layout.labels.begin(); label != m_layout.labels.end();) {
        const auto &first = *label;
        QString more;
        for (++label; label != m_layout.labels.end() && label->follows; ++label)
            more += flowingElement(*label);
        text += textElement(first.rect, first.alignment, first.text, weightOf(first), first.paint, more);
    }
    text += u"</svg>\n";
    return text.toUtf8();
}

QByteArray ChartPainter::toSvg() const
{
    QByteArray text = toInlineSvg(QCoreApplication::translate("ui::Chart", "Layer sizes"));
    const auto inside = text.indexOf('>') + 1;
    const QByteArray ground = "<rect class=\"sl-ground\" width=\"100%\" height=\"100%\" fill=\"" +
                              lightColors().panel.name().toLatin1() + "\"/>";
    text.insert(inside, "\n<style>" + svgStyle() + "</style>\n" + ground + '\n');
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text;
}

}
