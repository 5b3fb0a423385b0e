// SPDX-License-Identifier: Apache-2.0
#include "bake/functiontables.h"
#include "bake/words.h"

#include <QRegularExpression>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

// Go's %-verbs on our values.
FunctionResult formatted(const QString &format, const std::vector<Value> &values, std::size_t next)
{
    static const QRegularExpression verb(u"%([-+ 0#]*)([0-9]*)(\\.[0-9]+)?([a-zA-Z%])"_s);
    QString out;
    qsizetype from = 0;
    for (auto match = verb.match(format); match.hasMatch(); match = verb.match(format, from)) {
        out += format.sliced(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QChar letter = match.capturedView(4).at(0);
        if (letter == u'%') {
            out += u'%';
            continue;
        }
        if (next >= values.size())
            return std::unexpected(Words::tr("\"%1\" has no argument").arg(match.captured()));
        const Value &value = values[next++];
        const QString flags = match.captured(1).remove(u'#');
        const QString start = u"%"_s + flags + match.captured(2) + match.captured(3);
        const auto number = value.asNumber();
        QString piece;
        if (u"sv"_s.contains(letter) || letter == u't') {
            piece = value.asText().value_or(u"null"_s);
        } else if (letter == u'q') {
            piece = u'"' +
                    value.asText().value_or(QString()).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) +
                    u'"';
        } else if (number && u"dxXo"_s.contains(letter)) {
            out += QString::asprintf((start + u"ll"_s + letter).toLatin1().constData(), qlonglong(*number));
            continue;
        } else if (number && u"feEgG"_s.contains(letter)) {
            out += QString::asprintf((start + letter).toLatin1().constData(), *number);
            continue;
        } else if (number && letter == u'b') {
            piece = QString::number(qlonglong(*number), 2);
        } else {
            return std::unexpected(
                Words::tr("\"%1\" does not fit %2").arg(match.captured(), value.typeInWords()));
        }
        const int width = match.captured(2).toInt();
        out += flags.contains(u'-') ? piece.leftJustified(width) : piece.rightJustified(width);
    }
    return Value::ofString(out + format.sliced(from));
}

FunctionResult formattedList(Arguments arguments)
{
    std::size_t length = 1;
    bool hasList = false;
    for (const auto &value : arguments.all()) {
        if (value.isList()) {
            length = hasList ? std::min(length, value.items().size()) : value.items().size();
            hasList = true;
        }
    }
    Value list = Value::ofList();
    for (std::size_t i = 0; i < length; ++i) {
        std::vector<Value> row;
        for (const auto &value : arguments.all())
            row.push_back(value.isList() ? value.items()[i] : value);
        auto line = formatted(row.front().asText().value_or(QString()), row, 1);
        if (!line)
            return line;
        list.append(std::move(*line));
    }
    return list;
}

std::expected<QRegularExpression, QString> pattern(const QString &text)
{
    QRegularExpression expression(text, QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid())
        return std::unexpected(
            Words::tr("\"%1\" is no regular expression: %2").arg(text, expression.errorString()));
    return expression;
}

Value captures(const QRegularExpression &expression, const QRegularExpressionMatch &match)
{
    if (expression.captureCount() == 0)
        return Value::ofString(match.captured());
    const QStringList names = expression.namedCaptureGroups();
    const bool isNamed = std::ranges::any_of(names, [](const QString &name) { return !name.isEmpty(); });
    Value all = isNamed ? Value::ofMap() : Value::ofList();
    for (int i = 1; i <= expression.captureCount(); ++i) {
        const Value text = match.hasCaptured(i) ? Value::ofString(match.captured(i)) : Value();
        if (!isNamed)
            all.append(text);
        else if (!names.value(i).isEmpty())
            all.insert(names.value(i), text);
    }
    return all;
}

FunctionResult regexOnce(Arguments arguments)
{
    const auto expression = pattern(arguments.text(0));
    if (!expression)
        return std::unexpected(expression.error());
    const auto match = expression->match(arguments.text(1));
    if (!match.hasMatch())
        return std::unexpected(Words::tr("nothing matches \"%1\"").arg(expression->pattern()));
    return arguments.result(captures(*expression, match));
}

FunctionResult regexAll(Arguments arguments)
{
    const auto expression = pattern(arguments.text(0));
    if (!expression)
        return std::unexpected(expression.error());
    Value all = Value::ofList();
    for (auto matches = expression->globalMatch(arguments.text(1)); matches.hasNext();)
        all.append(captures(*expression, matches.next()));
    return arguments.result(std::move(all));
}

FunctionResult regexReplace(Arguments arguments)
{
    const auto expression = pattern(arguments.text(1));
    if (!expression)
        return std::unexpected(expression.error());
    // Go writes a group as $1 or ${1}, Qt as \1.
    static const QRegularExpression group(u"\\$(?:\\{([0-9]+)\\}|([0-9]+))"_s);
    QString replacement = arguments.text(2).replace(u'\\', u"\\\\"_s);
    replacement.replace(group, u"\\\\1\\2"_s);
    return arguments.result(arguments.text(0).replace(*expression, replacement));
}

QString titled(const QString &text)
{
    QString out = text;
    for (qsizetype i = 0; i < out.size(); ++i) {
        const bool begins = i == 0 || !(out.at(i - 1).isLetterOrNumber() || out.at(i - 1) == u'_');
        if (begins)
            out[i] = out.at(i).toUpper();
    }
    return out;
}

// Of all characters of `set`, at both ends.
QString trimmedOf(const QString &text, const QString &set)
{
    qsizetype start = 0;
    qsizetype end = text.size();
    while (start < end && set.contains(text.at(start)))
        ++start;
    while (end > start && set.contains(text.at(end - 1)))
        --end;
    return text.sliced(start, end - start);
}

QString substring(const QString &text, qsizetype offset, qsizetype length)
{
    const auto characters = text.toUcs4();
    const qsizetype start =
        std::clamp<qsizetype>(offset < 0 ? characters.size() + offset : offset, 0, characters.size());
    const qsizetype count =
        length < 0 ? characters.size() - start : std::min(length, characters.size() - start);
    const auto part = characters.sliced(start, count);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(part.constData()), part.size());
}

QString reversed(const QString &text)
{
    auto characters = text.toUcs4();
    std::ranges::reverse(characters);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), characters.size());
}

QString sanitized(const QString &text)
{
    static const QRegularExpression other(u"[^a-zA-Z0-9_-]"_s);
    return QString(text).replace(other, u"_"_s);
}

QString withoutTrailingLines(QString text)
{
    while (text.endsWith(u'\n') || text.endsWith(u'\r'))
        text.chop(1);
    return text;
}

// Go's path.Base and path.Dir.
QString baseName(const QString &path)
{
    QString text = path;
    while (text.size() > 1 && text.endsWith(u'/'))
        text.chop(1);
    if (text.isEmpty())
        return u"."_s;
    return text == "/"_L1 ? text : text.section(u'/', -1);
}

QString folderName(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    if (slash < 0)
        return u"."_s;
    return slash == 0 ? u"/"_s : path.first(slash);
}

}

QHash<QString, Function> textFunctions()
{
    using A = Arguments;
    return {
        {u"basename"_s, {1, 1, [](A a) { return a.result(baseName(a.text(0))); }}},
        {u"chomp"_s, {1, 1, [](A a) { return a.result(withoutTrailingLines(a.text(0))); }}},
        {u"dirname"_s, {1, 1, [](A a) { return a.result(folderName(a.text(0))); }}},
        {u"format"_s, {1, -1, [](A a) { return formatted(a.text(0), a.all(), 1); }}},
        {u"formatlist"_s, {1, -1, formattedList}},
        {u"indent"_s,
         {2, 2,
          [](A a) {
              const QString blanks(std::clamp(int(a.number(0)), 0, 1000), u' ');
              return a.result(a.text(1).replace(u'\n', u'\n' + blanks));
          }}},
        {u"join"_s,
         {2, -1,
          [](A a) {
              QStringList all;
              for (std::size_t i = 1; i < a.all().size(); ++i)
                  all += a.texts(i);
              return a.result(all.join(a.text(0)));
          }}},
        {u"lower"_s, {1, 1, [](A a) { return a.result(a.text(0).toLower()); }}},
        {u"regex"_s, {2, 2, regexOnce}},
        {u"regex_replace"_s, {3, 3, regexReplace}},
        {u"regexall"_s, {2, 2, regexAll}},
        {u"replace"_s, {3, 3, [](A a) { return a.result(a.text(0).replace(a.text(1), a.text(2))); }}},
        {u"reverse"_s, {1, 1, [](A a) { return a.result(reversed(a.text(0))); }}},
        {u"sanitize"_s, {1, 1, [](A a) { return a.result(sanitized(a.text(0))); }}},
        {u"split"_s, {2, 2, [](A a) { return a.result(Value::ofStrings(a.text(1).split(a.text(0)))); }}},
        {u"strlen"_s, {1, 1, [](A a) { return a.result(double(a.text(0).toUcs4().size())); }}},
        {u"substr"_s,
         {3, 3,
          [](A a) {
              return a.result(substring(a.text(0), qsizetype(a.number(1)), qsizetype(a.number(2))));
          }}},
        {u"title"_s, {1, 1, [](A a) { return a.result(titled(a.text(0))); }}},
        {u"trim"_s, {2, 2, [](A a) { return a.result(trimmedOf(a.text(0), a.text(1))); }}},
        {u"trimprefix"_s,
         {2, 2,
          [](A a) {
              return a.result(a.text(0).startsWith(a.text(1)) ? a.text(0).mid(a.text(1).size()) : a.text(0));
          }}},
        {u"trimspace"_s, {1, 1, [](A a) { return a.result(a.text(0).trimmed()); }}},
        {u"trimsuffix"_s,
         {2, 2,
          [](A a) {
              return a.result(a.text(0).endsWith(a.text(1)) ? a.text(0).chopped(a.text(1).size())
                                                            : a.text(0));
          }}},
        {u"upper"_s, {1, 1, [](A a) { return a.result(a.text(0).toUpper()); }}},
    };
}

}
