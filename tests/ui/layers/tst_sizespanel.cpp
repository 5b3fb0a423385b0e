// SPDX-License-Identifier: Apache-2.0
#include "layers/layermodel.h"
#include "layers/sizeschart.h"
#include "layers/sizespanel.h"
#include "someimages.h"
#include "theme/theme.h"
#include "widgets/searchfield.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

QPoint middleOf(const SizesChart &chart, int image, int layer)
{
    const QRectF rect = chart.chart().segments[std::size_t(chart.chart().segmentOf(image, layer))].rect;
    return (rect.center() + QPointF(space::m, space::s)).toPoint();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

class TestSizesPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }

    void theModelIsSound()
    {
        LayerModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages({someimages::small(), someimages::large()});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.imageIndex(1)), 6);
        const QModelIndex build = model.layerIndex(1, 5);
        QCOMPARE(LayerModel::imageOf(build), 1);
        QCOMPARE(LayerModel::layerOf(build), 5);
        QCOMPARE(build.siblingAtColumn(LayerModel::SizeColumn).data().toString(), u"62\u00A0MB"_s);
        QCOMPARE(build.siblingAtColumn(LayerModel::SizeColumn).data(Qt::ToolTipRole).toString(),
                 u"62,000,000 bytes"_s);
        QCOMPARE(model.imageIndex(1).data(LayerModel::StandInRole).toString(), u"stand-in"_s);
        model.setImages({});
        QCOMPARE(model.rowCount(), 0);
    }

    void anImageWithoutBytesHasNoShare()
    {
        LayerModel model;
        model.setImages({someimages::image(u"empty"_s, {someimages::layer(u"CMD x"_s, 0, 1)})});
        QVERIFY(!model.layerIndex(0, 0).data(LayerModel::ShareRole).isValid());
    }

    void theEmptyPanelOffersABuild()
    {
        SizesPanel panel;
        panel.resize(700, 400);
        panel.show();
        QSignalSpy asked(&panel, &SizesPanel::buildRequested);
        auto *button = panel.findChild<QPushButton *>();
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
    }

    void aClickOnABarGoesToItsLine()
    {
        SizesPanel panel;
        panel.resize(900, 600);
        panel.setImages({someimages::large(), someimages::small()});
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy rows(&panel, &SizesPanel::rowActivated);
        QTest::mouseClick(panel.chart(), Qt::LeftButton, {}, middleOf(*panel.chart(), 0, 5));
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().first().toInt(), 4);
        QCOMPARE(LayerModel::layerOf(panel.table()->currentIndex()), 5);

        QTest::mouseClick(panel.chart(), Qt::LeftButton, {}, middleOf(*panel.chart(), 0, 2));
        QCOMPARE(rows.size(), 1); // the base image's layers have no line here
        QTest::mouseClick(panel.chart(), Qt::LeftButton, {}, middleOf(*panel.chart(), 1, 0));
        QCOMPARE(rows.size(), 1); // nor has another image's
    }

    void amongManyImagesAndBuildsOneIsFoundByTyping()
    {
        SizesPanel panel;
        panel.setImages({someimages::large()});
        QStringList many;
        for (int i = 0; i < 40; ++i)
            many.append(u"app:%1"_s.arg(i));
        panel.setAvailableImages(many);
        panel.setEarlierBuilds(
            {{.id = 7, .started = QDateTime({2026, 11, 20}, {9, 5}), .title = u"old"_s, .bytes = 5'000'000}});
        panel.show();
        auto *menu = panel.findChild<QMenu *>();
        Q_EMIT menu->aboutToShow();
        QVERIFY2(menu->actions().size() < 20, "a menu that fits the screen");
        QAction *find = nullptr;
        for (auto *action : menu->actions())
            if (action->text().startsWith("Find"_L1))
                find = action;
        QVERIFY(find);

        QSignalSpy images(&panel, &SizesPanel::compareRequested);
        find->trigger();
        auto *picker = panel.findChild<ComparePicker *>();
        QTest::keyClicks(picker->search(), u"app:3"_s);
        QCOMPARE(picker->view()->model()->rowCount(), 11); // app:3 and app:30 to app:39
        QTest::keyClick(picker->search(), Qt::Key_Down);
        QTest::keyClick(picker->search(), Qt::Key_Return);
        QCOMPARE(images.size(), 1);
        QCOMPARE(images.first().first().toString(), u"app:30"_s);

        QTRY_VERIFY(!panel.findChild<ComparePicker *>());
        QSignalSpy builds(&panel, &SizesPanel::compareWithBuildRequested);
        find->trigger();
        picker = panel.findChild<ComparePicker *>();
        QTest::keyClicks(picker->search(), u"no such thing"_s);
        QCOMPARE(picker->view()->model()->rowCount(), 0);
        picker->search()->setText(u"old"_s);
        QTest::keyClick(picker->search(), Qt::Key_Return);
        QCOMPARE(builds.size(), 1);
        QCOMPARE(builds.first().first().toLongLong(), 7);
    }

    void keysWalkTheSegments()
    {
        SizesPanel panel;
        panel.resize(900, 600);
        panel.setImages({someimages::large(), someimages::small()});
        panel.show();
        SizesChart *chart = panel.chart();
        chart->setFocus();
        QSignalSpy activated(chart, &SizesChart::layerActivated);
        QSignalSpy removed(&panel, &SizesPanel::imageRemoved);
        QTest::keyClick(chart, Qt::Key_Right);
        QVERIFY(chart->currentDescription().startsWith(u"hello:v1, layer 1."));
        QTest::keyClick(chart, Qt::Key_Right);
        QVERIFY(chart->currentDescription().contains(u"no bytes"));
        QTest::keyClick(chart, Qt::Key_Delete);
        QCOMPARE(removed.size(), 0); // the design's own image stays
        QTest::keyClick(chart, Qt::Key_Down);
        QVERIFY(chart->currentDescription().startsWith(u"hello:v5"));
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.first().first().toInt(), 1);
        QTest::keyClick(chart, Qt::Key_Delete);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().first().toInt(), 1);
    }

    void aScreenReaderHearsTheSegment()
    {
        SizesPanel panel;
        panel.resize(900, 600);
        panel.setImages({someimages::large()});
        panel.show();
        panel.chart()->setCurrent(0, 5);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(panel.chart());
        QVERIFY(spoken);
        QCOMPARE(spoken->role(), QAccessible::Chart);
        QVERIFY(
            spoken->text(QAccessible::Name).contains(u"RUN go build: 62\u00A0MB (62,000,000 bytes), line 4"));
    }

    void theHeadlineSaysTheDifference()
    {
        SizesPanel panel;
        panel.setImages({someimages::small(), someimages::large()});
        const auto labels = panel.findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->text() == u"hello:v5 is 1.07\u00A0MB. 312\u00A0MB smaller than hello:v1."_s;
        }));
    }

    void otherImagesCanBePutBesideIt()
    {
        SizesPanel panel;
        panel.setImages({someimages::small()});
        panel.setAvailableImages({u"hello:v5"_s, u"hello:v2"_s});
        QSignalSpy asked(&panel, &SizesPanel::compareRequested);
        QSignalSpy before(&panel, &SizesPanel::compareWithBeforeRequested);
        auto *menu = panel.findChild<QMenu *>();
        Q_EMIT menu->aboutToShow();
        QStringList offered;
        for (QAction *action : menu->actions()) {
            offered.append(action->text());
            if (!action->isSeparator())
                action->trigger();
        }
        QVERIFY(!offered.contains(u"hello:v5"_s)); // it is there already
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"hello:v2"_s);
        QCOMPARE(before.size(), 1);
    }

    void exportsAreWrittenWhole()
    {
        QTemporaryDir folder;
        SizesPanel panel;
        panel.setImages({someimages::small(), someimages::large()});
        QVERIFY(panel.exportTo(folder.filePath(u"a.png"_s)));
        QVERIFY(QImage(folder.filePath(u"a.png"_s)).width() > 1000);
        QVERIFY(panel.exportTo(folder.filePath(u"a.svg"_s)));
        QVERIFY(contentOf(folder.filePath(u"a.svg"_s)).contains("<svg"));
        QVERIFY(panel.exportTo(folder.filePath(u"a.csv"_s)));
        QVERIFY(contentOf(folder.filePath(u"a.csv"_s)).contains("62000000"));
        QVERIFY(!panel.exportTo(folder.filePath(u"a.docx"_s)));
        const auto nowhere = panel.exportTo(u"/no/such/folder/a.png"_s);
        QVERIFY(!nowhere && !nowhere.error().hint.isEmpty());
    }

    void aLowDockShowsChartAndTableSideBySide()
    {
        SizesPanel panel;
        panel.setImages({someimages::large()});
        panel.resize(1200, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY(panel.table()->mapTo(&panel, QPoint()).x() > 300);
        panel.resize(500, 700);
        QTRY_VERIFY(panel.table()->mapTo(&panel, QPoint()).x() < 10);
    }
};

QTEST_MAIN(TestSizesPanel)
#include "tst_sizespanel.moc"
