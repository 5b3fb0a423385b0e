// SPDX-License-Identifier: Apache-2.0
#include "layers/chartaxis.h"
#include "layers/chartlayout.h"
#include "layers/chartpainter.h"
#include "layers/htmlreport.h"
#include "someimages.h"

#include <QGuiApplication>
#include <QSvgRenderer>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

double barLength(const ChartLayout &chart, int image)
{
    double right = 0;
    double left = 1e9;
    for (const ChartLayout::Segment &segment : chart.segments) {
        if (segment.image != image || segment.isEmpty)
            continue;
        left = qMin(left, segment.rect.left());
        right = qMax(right, segment.rect.right());
    }
    return right - left;
}

QString xmlError(const QByteArray &bytes)
{
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd())
        reader.readNext();
    return reader.errorString();
}

}

class TestChartLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linearBarsAreAsLongAsTheirBytes()
    {
        const auto chart =
            layOutChart({someimages::large(),
                         someimages::image(u"half"_s, {someimages::layer(u"RUN x"_s, 156'400'037, 1)})},
                        {.scale = ChartScale::Linear, .width = 900, .font = {}});
        QVERIFY(std::abs(barLength(chart, 1) / barLength(chart, 0) - 0.5) < 0.01);
    }

    void linearSegmentsShareTheirBarInProportion()
    {
        const auto chart =
            layOutChart({someimages::large()}, {.scale = ChartScale::Linear, .width = 900, .font = {}});
        const double go = chart.segments[std::size_t(chart.segmentOf(0, 2))].rect.width();
        const double build = chart.segments[std::size_t(chart.segmentOf(0, 5))].rect.width();
        QVERIFY(std::abs(build / go - 62.0 / 243.0) < 0.02);
    }

    void logBarsEndAtTheLogarithmOfTheirSize()
    {
        const ChartAxis axis(ChartScale::Log, 1'000'000, 1'000'000'000, 5);
        QCOMPARE(axis.shareOf(1'000'000'000), 1.0);
        QCOMPARE(axis.shareOf(10'000'000), 0.5); // from 100 kB to 1 GB are four decades
        QCOMPARE(axis.shareOf(1'000'000), 0.25);
        QCOMPARE(axis.shareOf(0), 0.0);
    }

    void everyLayerCanBeSeenAndHit_data()
    {
        QTest::addColumn<ChartScale>("scale");
        QTest::newRow("linear: 74 bytes beside 243 MB") << ChartScale::Linear;
        QTest::newRow("logarithmic") << ChartScale::Log;
    }
    void everyLayerCanBeSeenAndHit()
    {
        QFETCH(ChartScale, scale);
        const auto chart = layOutChart({someimages::small(), someimages::large()},
                                       {.scale = scale, .width = 700, .font = {}});
        QCOMPARE(chart.segments.size(), std::size_t(8));
        for (std::size_t i = 0; i < chart.segments.size(); ++i) {
            const ChartLayout::Segment &segment = chart.segments[i];
            QVERIFY(segment.rect.width() >= 1.0);
            QCOMPARE(chart.segmentAt(segment.rect.center()), int(i));
            QVERIFY(segment.rect.right() <= chart.size.width() + 6);
            QVERIFY(!segment.description.isEmpty());
        }
        QCOMPARE(chart.segmentAt({-50, -50}), -1);
    }

    void oddImagesAreDrawnToo_data()
    {
        QTest::addColumn<image::ImageSizes>("image");
        QTest::newRow("no layers listed") << someimages::image(u"bare"_s, {});
        QTest::newRow("nothing but empty layers")
            << someimages::image(u"empty"_s, {someimages::layer(u"CMD x"_s, 0, 1)});
        QTest::newRow("one byte") << someimages::image(u"one"_s, {someimages::layer(u"RUN x"_s, 1, 1)});
        QTest::newRow("petabytes") << someimages::image(u"huge"_s,
                                                        {someimages::layer(u"RUN x"_s, qint64(4e15), 1)});
        std::vector<image::Layer> many;
        for (int i = 0; i < 600; ++i)
            many.push_back(someimages::layer(u"RUN %1"_s.arg(i), 1000 + i, i));
        QTest::newRow("more layers than pixels") << someimages::image(u"many"_s, many);
    }
    void oddImagesAreDrawnToo()
    {
        QFETCH(image::ImageSizes, image);
        for (const ChartScale scale : {ChartScale::Linear, ChartScale::Log}) {
            const auto chart = layOutChart({image}, {.scale = scale, .width = 400, .font = {}});
            QVERIFY(chart.size.height() > 0);
            for (const ChartLayout::Segment &segment : chart.segments)
                QVERIFY(std::isfinite(segment.rect.width()) && segment.rect.width() > 0);
            QVERIFY(!ChartPainter(chart, {}).toImage(lightColors(), 1).isNull());
        }
    }

    void svgHeadingsFlowWhateverFontTheReaderHas()
    {
        const std::vector images{someimages::large(), someimages::small()};
        const ChartLayout chart = layOutChart(images, {});
        const QString svg = QString::fromUtf8(ChartPainter(chart, {}).toSvg());
        // Name, badge and summary have one place together: the next begins where the one before ends.
        const qsizetype name = svg.indexOf(u'>' + images.front().reference);
        const QString heading = svg.sliced(name, svg.indexOf("</text>"_L1, name) - name);
        QVERIFY2(heading.contains("<tspan dx="_L1) && heading.contains("layers"_L1), qPrintable(heading));
    }

    void svgIsWellFormedAndTellsEachLayer()
    {
        auto odd = someimages::large();
        odd.layers[5].instruction = u"RUN echo \"<a & b>\""_s;
        const auto chart =
            layOutChart({someimages::small(), odd}, {.scale = ChartScale::Log, .width = 900, .font = {}});
        const QByteArray svg = ChartPainter(chart, {}).toSvg();
        QCOMPARE(xmlError(svg), QString());
        QCOMPARE(svg.count("<title>"), 8);
        QVERIFY(svg.contains("stand-in"));
        QVERIFY(QSvgRenderer(svg).isValid());
    }

    void aReportStandsAlone()
    {
        const ReportContent content{.title = u"Ladder <1>"_s,
                                    .introduction = u"Five designs."_s,
                                    .images = {someimages::large(), someimages::small()},
                                    .designs = {{.title = u"Scratch"_s,
                                                 .lesson = u"Only the binary."_s,
                                                 .source = {},
                                                 .articleSize = u"1.07 MB"_s,
                                                 .dockerfile = u"FROM scratch\nCOPY <<EOF /x\nEOF\n"_s,
                                                 .graphSvg = "<?xml version=\"1.0\"?><svg xmlns=\"x\"/>",
                                                 .reference = u"hello:v5"_s}},
                                    .notes = {u"stand-ins were used"_s},
                                    .footer = u"Stageloom"_s};
        const QByteArray html = htmlReport(content);
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.contains("Ladder &lt;1&gt;"));
        QVERIFY(html.contains("COPY &lt;&lt;EOF"));
        QVERIFY(html.contains("1.07\u00A0MB"));
        QVERIFY(html.contains("prefers-color-scheme:dark"));
        QCOMPARE(html.count("<?xml"), 0);
        QCOMPARE(html.count("<svg"), 3);
        QVERIFY(!html.contains("src=") && !html.contains("href=") && !html.contains("<script"));
    }

    void anEmptyReportIsAPageToo()
    {
        QVERIFY(htmlReport({.title = u"Nothing"_s}).contains("<h1>Nothing</h1>"));
    }
};

QTEST_MAIN(TestChartLayout)
#include "tst_chartlayout.moc"
