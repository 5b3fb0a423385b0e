// SPDX-License-Identifier: Apache-2.0
#include "pictures/ladderreport.h"

#include "base/units.h"
#include "graph/graphrender.h"
#include "image/texttable.h"
#include "layers/htmlreport.h"
#include "theme/themecolors.h"

#include <QApplication>
#include <QLocale>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LadderReport", text);
}

QString outcomeOf(const RungResult &result)
{
    return result.error ? result.error->message : result.output;
}

ui::ReportContent::Design designOf(const RungResult &result)
{
    return {.title = result.rung.title,
            .lesson = result.rung.lesson,
            .source = result.rung.source,
            .articleSize = result.rung.articleSize,
            .dockerfile = result.rung.dockerfile,
            .graphSvg = ui::graphSvg(result.snapshot.tree, result.snapshot.graph, ui::lightColors()),
            .reference = result.report.sizes ? result.tag : QString()};
}

// Base images that only stand in for the real ones change the numbers: table and report must say so.
QString standInNote(const std::vector<RungResult> &results)
{
    const auto onStandIn = [](const RungResult &result) {
        return result.report.sizes &&
               (result.report.sizes->isStandIn() || !result.report.sizes->builtOnStandInFor.isEmpty());
    };
    if (std::ranges::none_of(results, onStandIn))
        return {};
    return tr("The base images are stand-ins made from Debian packages, so sizes that include one differ "
              "from those "
              "of the real images; what your own layers cost is real.");
}

}

QString ladderTable(const std::vector<RungResult> &results)
{
    using image::Align;
    std::vector<QStringList> rows{
        {tr("DESIGN"), tr("SIZE"), tr("EXACT BYTES"), tr("ARTICLE"), tr("IT SAYS")}};
    for (const auto &result : results) {
        const auto &sizes = result.report.sizes;
        rows.push_back({result.rung.title,
                        sizes ? base::sizeInWords(sizes->totalBytes).replace(QChar::Nbsp, u' ') : u"-"_s,
                        sizes ? QLocale().toString(sizes->totalBytes) : u"-"_s,
                        result.rung.articleSize.isEmpty() ? u"-"_s : result.rung.articleSize,
                        outcomeOf(result)});
    }
    const QString table =
        image::textTable(rows, {Align::Left, Align::Right, Align::Right, Align::Right, Align::Left});
    const QString note = standInNote(results);
    return note.isEmpty() ? table : table + u'\n' + note + u'\n';
}

QByteArray ladderReport(const std::vector<RungResult> &results, const engine::EngineInfo &engine)
{
    ui::ReportContent content;
    content.title = tr("One hello world, five images");
    content.introduction =
        tr("The same Go program, built in five ways. Each rung changes one thing, and the chart shows "
           "what it is worth.");
    for (const auto &result : results) {
        if (result.report.sizes)
            content.images.push_back(*result.report.sizes);
        if (!result.rung.id.isEmpty())
            content.designs.push_back(designOf(result));
        if (result.error)
            content.notes.append(result.error->in(result.rung.title).text());
    }
    if (const QString note = standInNote(results); !note.isEmpty())
        content.notes.append(note);
    content.footer = tr("Made by Stageloom %1 with %2 %3 on %4")
                         .arg(QStringLiteral(STAGELOOM_VERSION), engine.product, engine.version,
                              QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat));
    return ui::htmlReport(content, QApplication::font());
}

}
