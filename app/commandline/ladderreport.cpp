// SPDX-License-Identifier: Apache-2.0
#include "commandline/ladderreport.h"

#include "base/units.h"
#include "graph/graphrender.h"
#include "layers/htmlreport.h"
#include "theme/themecolors.h"

#include <QApplication>
#include <QLocale>

#include <array>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LadderReport", text);
}

using Row = std::array<QString, 5>;

QString fitted(const QString &text, qsizetype width, bool right)
{
    const QString room(std::max<qsizetype>(0, width - text.size()), u' ');
    return right ? room + text : text + room;
}

QString table(const std::vector<Row> &rows)
{
    std::array<qsizetype, 5> widths{};
    for (const auto &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths.at(i) = std::max(widths.at(i), row.at(i).size());
    }
    QString text;
    for (const auto &row : rows) {
        QString line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += fitted(row.at(i), widths.at(i), i > 0 && i < 4) + (i + 1 < row.size() ? u"  "_s : QString());
        text += line.trimmed() + u'\n';
    }
    return text;
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

// Base images that only stand in for the real ones change the numbers: the report must say so.
QString standInNote(const std::vector<RungResult> &results)
{
    for (const auto &result : results) {
        if (result.report.sizes && result.report.sizes->isStandIn())
            return tr("The base images are stand-ins made from Debian packages, so the first sizes differ from those of "
                      "the real images; what your own layers cost is real.");
    }
    return {};
}

}

QString ladderTable(const std::vector<RungResult> &results)
{
    std::vector<Row> rows{{tr("Design"), tr("Size"), tr("Exact bytes"), tr("Article"), tr("It says")}};
    for (const auto &result : results) {
        const auto &sizes = result.report.sizes;
        rows.push_back({result.rung.title, sizes ? base::sizeInWords(sizes->totalBytes) : u"-"_s,
                        sizes ? QLocale().toString(sizes->totalBytes) : u"-"_s,
                        result.rung.articleSize.isEmpty() ? u"-"_s : result.rung.articleSize, outcomeOf(result)});
    }
    return table(rows);
}

QByteArray ladderReport(const std::vector<RungResult> &results, const engine::EngineInfo &engine)
{
    ui::ReportContent content;
    content.title = tr("One hello world, five images");
    content.introduction = tr("The same Go program, built in five ways. Each rung changes one thing, and the chart shows "
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
