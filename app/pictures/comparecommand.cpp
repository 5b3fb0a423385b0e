// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"
#include "commandline/engineconnection.h"
#include "commandline/imagereader.h"
#include "layers/chartpainter.h"
#include "layers/htmlreport.h"
#include "pictures/picture.h"
#include "pictures/picturecommands.h"

#include <QApplication>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CompareCommand", text);
}

QByteArray html(const image::Comparison &comparison)
{
    ui::ReportContent content;
    content.title = tr("Images side by side");
    content.images = comparison.images;
    for (std::size_t i = 1; i < comparison.images.size(); ++i)
        content.notes.append(comparison.inWords(i));
    content.footer = tr("Made by Stageloom %1").arg(QStringLiteral(STAGELOOM_VERSION));
    return ui::htmlReport(content, QApplication::font());
}

QByteArray rendered(const QString &format, const image::Comparison &comparison, ui::ChartScale scale)
{
    if (format == "text"_L1)
        return image::toText(comparison).toUtf8();
    if (format == "json"_L1)
        return image::toJson(comparison);
    if (format == "csv"_L1)
        return image::toCsv(comparison);
    if (format == "html"_L1)
        return html(comparison);
    const auto layout =
        ui::layOutChart(comparison.images, {.scale = scale, .width = 960, .font = QApplication::font()});
    const ui::ChartPainter painter(layout, QApplication::font());
    return format == "svg"_L1 ? painter.toSvg() : pngBytes(painter.toImage(ui::lightColors()));
}

}

int runCompare(const QStringList &arguments, const Console &console)
{
    Arguments options(u"compare"_s, tr("Puts images side by side; the others are compared with the first."));
    options.positional(u"IMAGE"_s, tr("Tags or ids of the engine."), u"IMAGE..."_s);
    options.option({u"format"_s}, tr("How it is printed."), u"text|json|csv|svg|png|html"_s, u"text"_s);
    options.option({u"scale"_s}, tr("Of the chart in svg and png."), u"linear|log"_s, u"linear"_s);
    options.option({u"o"_s, u"output"_s}, tr("Write to a file instead of standard output."), u"file"_s);
    if (const auto over = options.parse(arguments, console, 1, 100))
        return *over;
    const auto format =
        options.oneOf(u"format"_s, {u"text"_s, u"json"_s, u"csv"_s, u"svg"_s, u"png"_s, u"html"_s}, console);
    const auto scale = options.oneOf(u"scale"_s, {u"linear"_s, u"log"_s}, console);
    if (!format || !scale)
        return WrongUsage;
    return withEngine(console, [&](const std::shared_ptr<engine::Client> &client) {
        readImages(client, options.positionals(), [&](base::Result<image::Comparison> read) {
            if (!read) {
                QCoreApplication::exit(console.fail(read.error()));
                return;
            }
            const auto chartScale = *scale == "log"_L1 ? ui::ChartScale::Log : ui::ChartScale::Linear;
            QCoreApplication::exit(
                console.deliver(rendered(*format, *read, chartScale), options.value(u"output"_s)));
        });
    });
}

}
