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
};

QTEST_GUILESS_MAIN(TestLabelPlaces)
#include "tst_labelplaces.moc"
