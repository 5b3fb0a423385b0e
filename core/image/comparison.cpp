// SPDX-License-Identifier: Apache-2.0
#include "image/comparison.h"

#include "base/units.h"
#include "image/texttable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

namespace image {

using namespace Qt::StringLiterals;

namespace {

constexpr int instructionColumns = 90;

QString translated(const char *text)
{
    return QCoreApplication::translate("image", text);
}

/// "0.3 % of it", "98 % of it", "205 times it": two digits are enough to compare by.
QString shareOf(qint64 part, qint64 whole)
{
    const double percent = 100.0 * double(part) / double(whole);
    if (percent >= 1000)
        return translated("%1 times it").arg(QLocale().toString(percent / 100.0, 'f', 0));
    const QString share = QLocale().toString(percent, 'f', percent < 10 ? 1 : 0) + u"\u00A0%"_s;
    return translated("%1 of it").arg(share);
}

QString csvField(const QString &text)
{
    if (!text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    QString quoted = text;
    return u'"' + quoted.replace(u'"', u"\"\""_s) + u'"';
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue jsonDate(const QDateTime &date)
{
    return date.isValid() ? QJsonValue(date.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

QJsonObject jsonOf(const ImageSizes &sizes)
{
    QJsonArray layers;
    for (const Layer &layer : sizes.layers)
        layers.append(QJsonObject{{u"instruction"_s, layer.instruction},
                                  {u"keyword"_s, orNull(layer.keyword)},
                                  {u"createdBy"_s, layer.createdBy},
                                  {u"created"_s, jsonDate(layer.created)},
                                  {u"bytes"_s, layer.sizeBytes},
                                  {u"empty"_s, layer.isEmpty},
                                  {u"row"_s, layer.row > 0 ? QJsonValue(layer.row) : QJsonValue()},
                                  {u"fromBase"_s, layer.fromBase}});
    return {{u"reference"_s, sizes.reference},
            {u"id"_s, sizes.id},
            {u"os"_s, sizes.os},
            {u"architecture"_s, sizes.architecture},
            {u"created"_s, jsonDate(sizes.created)},
            {u"totalBytes"_s, sizes.totalBytes},
            {u"layerBytes"_s, sizes.layerBytes()},
            {u"standsInFor"_s, orNull(sizes.standsInFor)},
            {u"builtOnStandInFor"_s, orNull(sizes.builtOnStandInFor)},
            {u"layers"_s, layers}};
}

QString sizeCell(qint64 bytes)
{
    return base::sizeInWords(bytes).replace(QChar(0xA0), u' ');
}

QString rowCell(const Layer &layer)
{
    if (layer.row > 0)
        return QString::number(layer.row);
    return layer.fromBase ? translated("base") : QString();
}

}

qint64 Comparison::largestBytes() const
{
    qint64 largest = 0;
    for (const auto &image : images)
        largest = std::max(largest, image.unpackedBytes());
    return largest;
}

QString Comparison::inWords(std::size_t index) const
{
    if (index >= images.size())
        return {};
    const ImageSizes &image = images[index];
    const ImageSizes &first = images.front();
    const qint64 bytes = image.unpackedBytes();
    if (index == 0)
        return translated("%1 has %2.").arg(image.reference, base::sizeInWords(bytes));
    const qint64 before = first.unpackedBytes();
    if (bytes == before)
        return translated("%1 has the same size as %2.").arg(image.reference, first.reference);
    const QString difference = base::sizeInWords(std::abs(bytes - before));
    const QString sentence =
        bytes < before ? translated("%1 is %2 smaller than %3") : translated("%1 is %2 larger than %3");
    const QString words = sentence.arg(image.reference, difference, first.reference);
    if (before == 0)
        return words + u'.';
    return words + u" ("_s + shareOf(bytes, before) + u")."_s;
}

QByteArray toCsv(const Comparison &comparison)
{
    QString out = u"image,position,instruction,row,bytes\r\n"_s;
    for (const auto &image : comparison.images) {
        int position = 0;
        for (const Layer &layer : image.layers) {
            const QString row = layer.row > 0 ? QString::number(layer.row) : QString();
            out += csvField(image.reference) + u',' + QString::number(++position) + u',' +
                   csvField(layer.instruction) + u',' + row + u',' + QString::number(layer.sizeBytes) +
                   u"\r\n"_s;
        }
    }
    return out.toUtf8();
}

QByteArray toJson(const ImageSizes &sizes)
{
    return QJsonDocument(jsonOf(sizes)).toJson();
}

QByteArray toJson(const Comparison &comparison)
{
    QJsonArray images;
    for (const auto &image : comparison.images) {
        QJsonObject object = jsonOf(image);
        object[u"differenceBytes"_s] = image.unpackedBytes() - comparison.images.front().unpackedBytes();
        images.append(object);
    }
    return QJsonDocument(QJsonObject{{u"images"_s, images}, {u"largestBytes"_s, comparison.largestBytes()}})
        .toJson();
}

QString toText(const ImageSizes &sizes)
{
    QStringList facts{sizes.reference};
    if (!sizes.os.isEmpty())
        facts << sizes.os + u'/' + sizes.architecture;
    facts << sizeCell(sizes.unpackedBytes()) + u" ("_s + base::exactSize(sizes.unpackedBytes()) + u')';
    if (const QString note = standInNote(sizes); !note.isEmpty())
        facts << note;
    QString out = facts.join(u", "_s) + u'\n';
    if (sizes.totalBytes != sizes.unpackedBytes())
        out += translated("The engine itself counts %1, as it keeps the image packed.")
                   .arg(sizeCell(sizes.totalBytes)) +
               u'\n';
    std::vector<QStringList> rows{
        {u"#"_s, translated("SIZE"), translated("LINE"), translated("INSTRUCTION")}};
    int position = 0;
    for (const Layer &layer : sizes.layers)
        rows.push_back({QString::number(++position), sizeCell(layer.sizeBytes), rowCell(layer),
                        elided(layer.instruction, instructionColumns)});
    return out + u'\n' + textTable(rows, {Align::Right, Align::Right, Align::Right, Align::Left});
}

QString toText(const Comparison &comparison)
{
    std::vector<QStringList> rows{{translated("IMAGE"), translated("SIZE"), translated("DIFFERENCE"),
                                   translated("LAYERS"), translated("NOTE")}};
    for (std::size_t i = 0; i < comparison.images.size(); ++i) {
        const ImageSizes &image = comparison.images[i];
        const QString difference =
            i == 0 ? QString()
                   : base::sizeDifference(comparison.images.front().unpackedBytes(), image.unpackedBytes());
        rows.push_back(
            {image.reference, sizeCell(image.unpackedBytes()), QString(difference).replace(QChar(0xA0), u' '),
             QString::number(std::ranges::count(image.layers, false, &Layer::isEmpty)), standInNote(image)});
    }
    QString out = textTable(rows, {Align::Left, Align::Right, Align::Right, Align::Right, Align::Left});
    for (std::size_t i = 1; i < comparison.images.size(); ++i)
        out += (i == 1 ? u"\n"_s : QString()) + comparison.inWords(i).replace(QChar(0xA0), u' ') + u'\n';
    return out;
}

}
