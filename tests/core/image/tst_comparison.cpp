// SPDX-License-Identifier: Apache-2.0
#include "image/comparison.h"
#include "image/texttable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using image::Comparison;
using image::ImageSizes;
using image::Layer;

namespace {

ImageSizes imageOf(const QString &reference, std::vector<Layer> layers)
{
    ImageSizes sizes;
    sizes.reference = reference;
    sizes.id = u"sha256:1"_s;
    sizes.os = u"linux"_s;
    sizes.architecture = u"amd64"_s;
    sizes.layers = std::move(layers);
    sizes.totalBytes = sizes.layerBytes();
    return sizes;
}

Layer layer(const QString &instruction, qint64 bytes, int row = 0)
{
    Layer out;
    out.instruction = instruction;
    out.createdBy = instruction;
    out.keyword = instruction.section(u' ', 0, 0);
    out.sizeBytes = bytes;
    out.isEmpty = bytes == 0;
    out.row = row;
    out.fromBase = row == 0;
    return out;
}

Comparison ladder()
{
    return {
        {imageOf(u"hello:v1"_s, {layer(u"ADD base"_s, 312'000'000), layer(u"RUN go build"_s, 2'000'000, 7)}),
         imageOf(u"hello:v5"_s,
                 {layer(u"COPY hello /"_s, 1'070'000, 12), layer(u"CMD [\"/hello\", \"x\"]"_s, 0, 13)}),
         imageOf(u"hello:v6"_s, {layer(u"ADD base"_s, 628'000'000)}),
         imageOf(u"hello:v7"_s, {layer(u"ADD base"_s, 314'000'000)})}};
}

QString plain(QString text)
{
    return text.replace(QChar(0xA0), u' ');
}

}

class TestComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void differencesAreSaidInWords()
    {
        const Comparison images = ladder();
        QCOMPARE(plain(images.inWords(0)), u"hello:v1 has 314 MB."_s);
        QCOMPARE(plain(images.inWords(1)), u"hello:v5 is 313 MB smaller than hello:v1 (0.3 % of it)."_s);
        QCOMPARE(plain(images.inWords(2)), u"hello:v6 is 314 MB larger than hello:v1 (200 % of it)."_s);
        QCOMPARE(images.inWords(3), u"hello:v7 has the same size as hello:v1."_s);
        QCOMPARE(images.inWords(4), QString());
        QCOMPARE(images.largestBytes(), qint64(628'000'000));
    }

    void farLargerIsSaidInTimesNotInThousandsOfPercent()
    {
        Comparison images;
        images.images.push_back({.reference = u"small"_s, .totalBytes = 1'000'000});
        images.images.push_back({.reference = u"large"_s, .totalBytes = 205'000'000});
        QCOMPARE(plain(images.inWords(1)), u"large is 204 MB larger than small (205 times it)."_s);
    }

    void nothingIsComparedWithAnEmptyImageInPercent()
    {
        const Comparison images{{imageOf(u"empty"_s, {}), imageOf(u"a"_s, {layer(u"COPY a /"_s, 1000, 2)})}};
        QCOMPARE(plain(images.inWords(1)), u"a is 1 kB larger than empty."_s);
        QCOMPARE(Comparison{}.largestBytes(), qint64(0));
    }

    void csvHasALineALayer()
    {
        Comparison images = ladder();
        images.images.resize(2);
        QCOMPARE(image::toCsv(images), QByteArray("image,position,instruction,row,bytes\r\n"
                                                  "hello:v1,1,ADD base,,312000000\r\n"
                                                  "hello:v1,2,RUN go build,7,2000000\r\n"
                                                  "hello:v5,1,COPY hello /,12,1070000\r\n"
                                                  "hello:v5,2,\"CMD [\"\"/hello\"\", \"\"x\"\"]\",13,0\r\n"));
    }

    void jsonKeepsExactNumbers()
    {
        const auto root = QJsonDocument::fromJson(image::toJson(ladder())).object();
        const auto images = root[u"images"].toArray();
        QCOMPARE(images.size(), 4);
        QCOMPARE(images[1].toObject()[u"differenceBytes"].toInteger(), qint64(1'070'000 - 314'000'000));
        const auto layers = images[0].toObject()[u"layers"].toArray();
        QCOMPARE(layers[1].toObject()[u"bytes"].toInteger(), qint64(2'000'000));
        QCOMPARE(layers[1].toObject()[u"row"].toInt(), 7);
        QVERIFY(layers[0].toObject()[u"row"].isNull());
        QVERIFY(images[0].toObject()[u"standsInFor"].isNull());
    }

    void textIsAligned()
    {
        ImageSizes sizes = ladder().images[0];
        sizes.builtOnStandInFor = u"golang:alpine"_s;
        QCOMPARE(image::toText(sizes),
                 u"hello:v1, linux/amd64, 314 MB (314,000,000 bytes), "
                 "built on a stand-in for golang:alpine\n"
                 "\n"
                 "#    SIZE  LINE  INSTRUCTION\n"
                 "1  312 MB  base  ADD base\n"
                 "2    2 MB     7  RUN go build\n"_s.replace(u"314,000,000"_s, u"314000000"_s));
        Comparison images = ladder();
        images.images.resize(2);
        QCOMPARE(image::toText(images), u"IMAGE        SIZE  DIFFERENCE  LAYERS  NOTE\n"
                                        "hello:v1   314 MB                   2\n"
                                        "hello:v5  1.07 MB     -313 MB       1\n"
                                        "\n"
                                        "hello:v5 is 313 MB smaller than hello:v1 (0.3 % of it).\n"_s);
    }

    void wideCharactersTakeTwoColumns()
    {
        QCOMPARE(image::displayWidth(u"abc"), 3);
        QCOMPARE(image::displayWidth(u"镜像"), 4);
        QCOMPARE(image::displayWidth(u"e\u0301"), 1);
        QCOMPARE(image::displayWidth(u"\U0001F680"), 2);
        QCOMPARE(image::elided(u"镜像镜像"_s, 5), u"镜像…"_s);
        QCOMPARE(image::elided(u"镜像镜像"_s, 8), u"镜像镜像"_s);
        QCOMPARE(image::textTable({{u"名"_s, u"1"_s}, {u"abc"_s, u"22"_s}},
                                  {image::Align::Left, image::Align::Right}),
                 u"名    1\nabc  22\n"_s);
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
