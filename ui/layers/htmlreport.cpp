// SPDX-License-Identifier: Apache-2.0
#include "layers/htmlreport.h"

#include "base/units.h"
#include "layers/chartpainter.h"
#include "layers/reportstyle.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::HtmlReport", text);
}

QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}

QString element(const QString &tag, const QString &cssClass, const QString &html)
{
    return QString(u'<' + tag + u" class=\"" + cssClass + u"\">" + html + u"</" + tag + u">\n");
}

QString badgeHtml(const image::ImageSizes &image)
{
    const QString badge = image::standInBadge(image);
    if (badge.isEmpty())
        return {};
    return u" <span class=\"badge\" title=\""_s + escaped(image::standInNote(image)) + u"\">"_s +
           escaped(badge) + u"</span>"_s;
}

// From the largest to the smallest, in two large numbers: what the report is about.
QString headline(const std::vector<image::ImageSizes> &images)
{
    if (images.size() < 2)
        return {};
    const auto [least, most] = std::ranges::minmax_element(images, {}, barBytes);
    const qint64 small = barBytes(*least);
    const qint64 large = barBytes(*most);
    if (small <= 0 || small == large)
        return {};
    const auto figure = [](const image::ImageSizes &image) {
        return QString(u"<div class=\"figure\"><b>"_s + escaped(base::sizeInWords(barBytes(image))) +
                       u"</b><span>" + escaped(image.reference) + u"</span></div>");
    };
    const double times = double(large) / double(small);
    const QString factor = QLocale().toString(times, 'f', times < 10 ? 1 : 0);
    return u"<div class=\"figures\">"_s + figure(*most) +
           u"<div class=\"arrow\" aria-hidden=\"true\">→</div>" + figure(*least) +
           element(u"p"_s, u"factor"_s, escaped(tr("%1 times smaller").arg(factor))) + u"</div>\n";
}

QString imageTable(const std::vector<image::ImageSizes> &images)
{
    QString rows;
    const qint64 first = barBytes(images.front());
    for (const image::ImageSizes &image : images) {
        const auto filled = std::ranges::count_if(
            image.layers, [](const image::Layer &layer) { return layer.sizeBytes > 0; });
        const bool isFirst = &image == &images.front();
        rows += u"<tr><th scope=\"row\">"_s + escaped(image.reference) + badgeHtml(image) +
                u"</th><td class=\"n\" title=\"" + escaped(base::exactSize(barBytes(image))) + u"\">" +
                escaped(base::sizeInWords(barBytes(image))) + u"</td><td class=\"n\">" +
                (isFirst ? u"–"_s : escaped(base::sizeDifference(first, barBytes(image)))) +
                u"</td><td class=\"n\">" + QString::number(filled) + u"</td><td>" +
                escaped(image.os + u'/' + image.architecture) + u"</td></tr>\n";
    }
    return u"<table><thead><tr><th scope=\"col\">"_s + escaped(tr("Image")) +
           u"</th><th scope=\"col\" class=\"n\">" + escaped(tr("Size")) +
           u"</th><th scope=\"col\" class=\"n\">" + escaped(tr("Against the first")) +
           u"</th><th scope=\"col\" class=\"n\">" + escaped(tr("Layers")) + u"</th><th scope=\"col\">" +
           escaped(tr("Platform")) + u"</th></tr></thead><tbody>\n" + rows + u"</tbody></table>\n";
}

QString chartFigure(const std::vector<image::ImageSizes> &images, ChartScale scale, const QFont &font)
{
    QFont chartFont = font;
    chartFont.setPixelSize(13); // what svgStyle() says, so that the measured texts fit
    const ChartLayout layout = layOutChart(images, {.scale = scale, .width = 900, .font = chartFont});
    const QString title = scale == ChartScale::Linear ? tr("Linear scale") : tr("Logarithmic scale");
    return u"<figure><h3>"_s + escaped(title) + u"</h3>" +
           QString::fromUtf8(ChartPainter(layout, chartFont).toInlineSvg(title)) + u"<figcaption>" +
           escaped(scaleExplanation(scale)) + u"</figcaption></figure>\n";
}

QString layerTable(const image::ImageSizes &image)
{
    QString rows;
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const image::Layer &layer = image.layers[i];
        const bool quiet = layer.sizeBytes == 0 || layer.fromBase;
        rows += u"<tr"_s + (quiet ? u" class=\"quiet\""_s : QString()) + u"><td class=\"n\">" +
                QString::number(i + 1) + u"</td><td><code>" +
                escaped(layer.instruction.isEmpty() ? layer.createdBy : layer.instruction) +
                u"</code></td><td class=\"n\" title=\"" + escaped(base::exactSize(layer.sizeBytes)) + u"\">" +
                (layer.sizeBytes == 0 ? u"–"_s : escaped(base::sizeInWords(layer.sizeBytes))) + u"</td><td>" +
                (layer.fromBase  ? escaped(tr("base image"))
                 : layer.row > 0 ? escaped(tr("line %1").arg(layer.row))
                                 : QString()) +
                u"</td></tr>\n";
    }
    return u"<details><summary>"_s + escaped(tr("Layers of %1").arg(image.reference)) +
           u"</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\" class=\"n\">#</th><th "
           u"scope=\"col\">" +
           escaped(tr("Instruction")) + u"</th><th scope=\"col\" class=\"n\">" + escaped(tr("Size")) +
           u"</th><th scope=\"col\">" + escaped(tr("From")) + u"</th></tr></thead><tbody>" + rows +
           u"</tbody></table></div></details>\n";
}

QString designSection(const ReportContent::Design &design, const std::vector<image::ImageSizes> &images)
{
    const auto image = std::ranges::find(images, design.reference, &image::ImageSizes::reference);
    const bool built = image != images.end() && !design.reference.isEmpty();
    QString facts;
    if (built)
        facts += u"<b title=\""_s + escaped(base::exactSize(barBytes(*image))) + u"\">" +
                 escaped(base::sizeInWords(barBytes(*image))) + u"</b> <span class=\"quiet\">" +
                 escaped(image->reference) + u"</span>" + badgeHtml(*image);
    else
        facts += element(u"span"_s, u"quiet"_s, escaped(tr("not built")));
    if (!design.articleSize.isEmpty())
        facts += u" <span class=\"quiet\">· "_s + escaped(tr("%1 in the article").arg(design.articleSize)) +
                 u"</span>";

    QString html = u"<h3>"_s + escaped(design.title) + u"</h3><p class=\"facts\">" + facts + u"</p>";
    if (!design.lesson.isEmpty())
        html += element(u"p"_s, u"lesson"_s, escaped(design.lesson));
    if (!design.source.isEmpty())
        html += element(u"p"_s, u"source"_s, escaped(tr("Source: %1").arg(design.source)));
    html += u"<div class=\"columns\"><pre><code>"_s + escaped(design.dockerfile) + u"</code></pre>";
    if (!design.graphSvg.isEmpty()) {
        // A whole SVG file may begin with a declaration and a DOCTYPE, which have no place inside a page.
        const auto start = qMax<qsizetype>(0, design.graphSvg.indexOf("<svg"));
        html += u"<div class=\"graph\">"_s + QString::fromUtf8(design.graphSvg.sliced(start)) + u"</div>";
    }
    html += u"</div>";
    if (built)
        html += layerTable(*image);
    return element(u"article"_s, u"design"_s, html);
}

}

QByteArray htmlReport(const ReportContent &content, const QFont &font)
{
    QString body = u"<header><h1>"_s + escaped(content.title) + u"</h1>";
    if (!content.introduction.isEmpty())
        body += element(u"p"_s, u"intro"_s, escaped(content.introduction));
    body += headline(content.images) + u"</header>\n";
    for (const QString &note : content.notes)
        body += element(u"p"_s, u"note"_s, escaped(note));
    if (!content.images.empty()) {
        body += u"<section><h2>"_s + escaped(tr("Sizes")) + u"</h2><div class=\"scroll\">" +
                imageTable(content.images) + u"</div>" +
                chartFigure(content.images, ChartScale::Linear, font) +
                chartFigure(content.images, ChartScale::Log, font) + u"</section>\n";
    }
    if (!content.designs.empty()) {
        body += u"<section><h2>"_s + escaped(tr("Designs")) + u"</h2>";
        for (const ReportContent::Design &design : content.designs)
            body += designSection(design, content.images);
        body += u"</section>\n";
    } else if (!content.images.empty()) {
        body += u"<section><h2>"_s + escaped(tr("Layers")) + u"</h2>";
        for (const image::ImageSizes &image : content.images)
            body += layerTable(image);
        body += u"</section>\n";
    }
    if (!content.footer.isEmpty())
        body += u"<footer>"_s + escaped(content.footer) + u"</footer>\n";

    QByteArray page = "<!DOCTYPE html>\n<html lang=\"" + QLocale().bcp47Name().toUtf8() +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
    page += escaped(content.title).toUtf8() + "</title>\n<style>\n" + ChartPainter::svgStyle() +
            reportStyle() + "</style>\n</head>\n<body>\n<main>\n" + body.toUtf8() +
            "</main>\n</body>\n</html>\n";
    return page;
}

}
