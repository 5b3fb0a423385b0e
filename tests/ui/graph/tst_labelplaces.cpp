// SPDX-License-Identifier: Apache-2.0
#include "graph/labelplaces.h"

#include <QLineF>
#include <QTest>

class TestLabelPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsOfEdgesThatMeetDoNotCoverEachOther()
    {
        QPainterPath upper({0, 0});
        upper.cubicTo({150, 0}, {250, 40}, {400, 40});
        QPainterPath lower({0, 80});
        lower.cubicTo({150, 80}, {250, 40}, {400, 40});
        const QSizeF size(90, 20);
        const std::vector<ui::LabelWish> wishes{
            {upper, {330, 40}, size}, {lower, {330, 40}, size}, {{}, {}, size}};
        const auto places = ui::labelPlaces(wishes);
        QCOMPARE(places.size(), wishes.size());
        const auto rectOf = [&](size_t i) {
            QRectF rect({}, size);
            rect.moveCenter(wishes[i].path.pointAtPercent(places[i]));
            return rect;
        };
        QVERIFY(!rectOf(0).intersects(rectOf(1)));
        QVERIFY2(QLineF(rectOf(0).center(), {330, 40}).length() < 12,
                 "the first one stands where it was wished");
    }

    void aLabelStandsOnNoCard()
    {
        QPainterPath edge({0, 0});
        edge.lineTo({400, 0});
        const QSizeF size(90, 20);
        const QRectF card(300, -50, 200, 100); // whose border the edge goes along at its end
        const auto places = ui::labelPlaces({{edge, {330, 0}, size}}, {card});
        QRectF label({}, size);
        label.moveCenter(edge.pointAtPercent(places[0]));
        QVERIFY(!label.intersects(card));
    }

    void whereAllIsFullTheLeastIsCovered()
    {
        // Two edges of one line: on it there is room for one label and half another.
        QPainterPath line({0, 0});
        line.lineTo({200, 0});
        const QSizeF size(90, 20);
        const auto places = ui::labelPlaces({{line, {100, 0}, size}, {line, {100, 0}, size}});
        const qreal apart = std::abs(line.pointAtPercent(places[0]).x() - line.pointAtPercent(places[1]).x());
        QVERIFY2(apart > 60, qPrintable(QString::number(apart)));
    }
};

QTEST_GUILESS_MAIN(TestLabelPlaces)
#include "tst_labelplaces.moc"
