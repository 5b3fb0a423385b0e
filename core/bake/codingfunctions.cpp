// SPDX-License-Identifier: Apache-2.0
#include "bake/entries.h"
#include "bake/functiontables.h"
#include "bake/orderedjson.h"
#include "bake/words.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

FunctionResult hashed(Arguments arguments, QCryptographicHash::Algorithm algorithm)
{
    const QByteArray digest = QCryptographicHash::hash(arguments.text(0).toUtf8(), algorithm);
    return arguments.result(QString::fromLatin1(digest.toHex()));
}

// Go's url.QueryEscape: a blank is a plus.
QString queryEscaped(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text)).replace(u"%20"_s, u"+"_s);
}

Json jsonOf(const Value &value)
{
    Json json;
    switch (value.type()) {
    case Value::Type::Null:
        break;
    case Value::Type::Bool:
        return Json::ofBool(value.flag());
    case Value::Type::Number:
        return {.type = Json::Type::Number, .text = numberText(value.number())};
    case Value::Type::String:
        return Json::ofString(value.string());
    case Value::Type::List:
        json.type = Json::Type::Array;
        for (const auto &item : value.items())
            json.items.push_back(jsonOf(item));
        break;
    case Value::Type::Map:
        json.type = Json::Type::Object;
        for (std::size_t i = 0; i < value.keys().size(); ++i)
            json.members.emplace_back(value.keys()[i], jsonOf(value.items()[i]));
        break;
    }
    return json;
}

Value valueOf(const Json &json)
{
    Value value;
    switch (json.type) {
    case Json::Type::Null:
        break;
    case Json::Type::Bool:
        return Value::ofBool(json.flag);
    case Json::Type::Number:
        return Value::ofNumber(QLocale::c().toDouble(json.text));
    case Json::Type::String:
        return Value::ofString(json.text);
    case Json::Type::Array:
        value = Value::ofList();
        for (const auto &item : json.items)
            value.append(valueOf(item));
        break;
    case Json::Type::Object:
        value = Value::ofMap();
        for (const auto &[key, item] : json.members)
            value.insert(key, valueOf(item));
        break;
    }
    return value;
}

FunctionResult decodedJson(Arguments arguments)
{
    const auto json = parseJson(arguments.text(0), u"JSON"_s);
    if (!json)
        return std::unexpected(json.error().message);
    return arguments.result(valueOf(*json));
}

FunctionResult decodedBase64(Arguments arguments)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(arguments.text(0).toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return std::unexpected(Words::tr("this is no base64"));
    return arguments.result(QString::fromUtf8(decoded.decoded));
}

FunctionResult decodedCsv(Arguments arguments)
{
    Value rows = Value::ofList();
    QStringList names;
    for (const auto &line : arguments.text(0).split(u'\n', Qt::SkipEmptyParts)) {
        const auto fields = fieldsOfCsv(line);
        if (!fields || (!names.isEmpty() && fields->size() != names.size()))
            return std::unexpected(Words::tr("this is no table with commas: %1").arg(line));
        if (names.isEmpty()) {
            names = *fields;
            continue;
        }
        Value row = Value::ofMap();
        for (qsizetype i = 0; i < names.size(); ++i)
            row.insert(names.at(i), Value::ofString(fields->at(i)));
        rows.append(std::move(row));
    }
    return arguments.result(std::move(rows));
}

// cty's letters are close to Qt's: only these differ.
QString qtDateFormat(const QString &format)
{
    static const QHash<QString, QString> other{
        {u"YYYY"_s, u"yyyy"_s}, {u"YY"_s, u"yy"_s},   {u"DD"_s, u"dd"_s}, {u"D"_s, u"d"_s},
        {u"EEEE"_s, u"dddd"_s}, {u"EEE"_s, u"ddd"_s}, {u"hh"_s, u"HH"_s}, {u"h"_s, u"H"_s},
        {u"HH"_s, u"hh"_s},     {u"H"_s, u"h"_s},     {u"AA"_s, u"AP"_s}, {u"aa"_s, u"ap"_s},
        {u"Z"_s, u"t"_s}};
    static const QRegularExpression run(u"'(?:[^']|'')*'|([A-Za-z])\\1*"_s);
    QString out;
    qsizetype from = 0;
    for (auto match = run.match(format); match.hasMatch(); match = run.match(format, from)) {
        out += format.sliced(from, match.capturedStart() - from) +
               other.value(match.captured(), match.captured());
        from = match.capturedEnd();
    }
    return out + format.sliced(from);
}

FunctionResult formattedDate(Arguments arguments)
{
    const auto time = QDateTime::fromString(arguments.text(1), Qt::ISODate);
    if (!time.isValid())
        return std::unexpected(
            Words::tr("\"%1\" is no time like 2024-01-02T03:04:05Z").arg(arguments.text(1)));
    const QString format = qtDateFormat(arguments.text(0));
    QString text = QLocale::c().toString(time, format);
    if (time.offsetFromUtc() == 0)
        text.replace(u"UTC"_s, u"Z"_s);
    return arguments.result(text);
}

// Go's durations: "1h30m", "-10s".
FunctionResult addedTime(Arguments arguments)
{
    static const QRegularExpression part(u"([0-9.]+)(ms|h|m|s)"_s);
    const auto time = QDateTime::fromString(arguments.text(0), Qt::ISODate);
    const QString duration = arguments.text(1);
    double milliseconds = 0;
    qsizetype read = duration.startsWith(u'-') || duration.startsWith(u'+') ? 1 : 0;
    for (auto parts = part.globalMatch(duration); parts.hasNext();) {
        const auto match = parts.next();
        const QString unit = match.captured(2);
        const double factor = unit == "h"_L1   ? 3'600'000
                              : unit == "m"_L1 ? 60'000
                              : unit == "s"_L1 ? 1000
                                               : 1;
        milliseconds += match.captured(1).toDouble() * factor;
        read += match.capturedLength();
    }
    if (!time.isValid() || read != duration.size() || read == 0)
        return std::unexpected(Words::tr("takes a time like 2024-01-02T03:04:05Z and a duration like 1h30m"));
    const auto moved = time.addMSecs(qint64(duration.startsWith(u'-') ? -milliseconds : milliseconds));
    return arguments.result(moved.toString(Qt::ISODate));
}

}

QHash<QString, Function> codingFunctions()
{
    using A = Arguments;
    return {
        {u"base64decode"_s, {1, 1, decodedBase64}},
        {u"base64encode"_s,
         {1, 1, [](A a) { return a.result(QString::fromLatin1(a.text(0).toUtf8().toBase64())); }}},
        {u"csvdecode"_s, {1, 1, decodedCsv}},
        {u"formatdate"_s, {2, 2, formattedDate}},
        {u"jsondecode"_s, {1, 1, decodedJson}},
        {u"jsonencode"_s, {1, 1, [](A a) { return a.result(compactJsonText(jsonOf(a.at(0)))); }}},
        {u"md5"_s, {1, 1, [](A a) { return hashed(a, QCryptographicHash::Md5); }}},
        {u"sha1"_s, {1, 1, [](A a) { return hashed(a, QCryptographicHash::Sha1); }}},
        {u"sha256"_s, {1, 1, [](A a) { return hashed(a, QCryptographicHash::Sha256); }}},
        {u"sha512"_s, {1, 1, [](A a) { return hashed(a, QCryptographicHash::Sha512); }}},
        {u"timeadd"_s, {2, 2, addedTime}},
        {u"timestamp"_s,
         {0, 0, [](A a) { return a.result(QDateTime::currentDateTimeUtc().toString(Qt::ISODate)); }}},
        {u"urlencode"_s, {1, 1, [](A a) { return a.result(queryEscaped(a.text(0))); }}},
        {u"uuidv4"_s,
         {0, 0, [](A a) { return a.result(QUuid::createUuid().toString(QUuid::WithoutBraces)); }}},
    };
}

}
