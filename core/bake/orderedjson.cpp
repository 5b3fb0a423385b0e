// SPDX-License-Identifier: Apache-2.0
#include "bake/orderedjson.h"

#include "bake/words.h"

#include <QRegularExpression>
#include <QStringList>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

class JsonReader
{
public:
    JsonReader(const QString &text, QString file)
        : m_text(text)
        , m_file(std::move(file))
    {}

    base::Result<Json> read()
    {
        Json json = value();
        skipBlanks();
        if (!m_error && m_at < m_text.size())
            fail(Words::tr("something follows the end of the JSON"));
        if (m_error)
            return std::unexpected(*m_error);
        return json;
    }

private:
    [[nodiscard]] QChar peek() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }

    void skipBlanks()
    {
        for (; m_at < m_text.size() && u" \t\r\n"_s.contains(peek()); ++m_at)
            m_line += int(peek() == u'\n');
    }

    bool take(QStringView word)
    {
        skipBlanks();
        if (m_error || !QStringView(m_text).sliced(m_at).startsWith(word))
            return false;
        m_at += word.size();
        return true;
    }

    void fail(const QString &message)
    {
        if (!m_error) {
            m_error = base::Error{.kind = base::Error::Kind::Malformed,
                                  .message = message,
                                  .where = u"%1:%2"_s.arg(m_file).arg(m_line)};
        }
        m_at = m_text.size();
    }

    Json value()
    {
        constexpr int deepest = 200;
        skipBlanks();
        Json json{.line = m_line};
        if (++m_depth > deepest)
            fail(Words::tr("the JSON is nested too deeply"));
        if (take(u"{"))
            readObject(json);
        else if (take(u"["))
            readArray(json);
        else if (peek() == u'"')
            json.type = Json::Type::String, json.text = string();
        else if (take(u"true"))
            json.type = Json::Type::Bool, json.flag = true;
        else if (take(u"false"))
            json.type = Json::Type::Bool;
        else if (!take(u"null"))
            readNumber(json);
        --m_depth;
        return json;
    }

    void readObject(Json &json)
    {
        json.type = Json::Type::Object;
        if (take(u"}"))
            return;
        do {
            skipBlanks();
            if (peek() != u'"')
                fail(Words::tr("a key in quotes is missing"));
            const QString key = string();
            if (!take(u":"))
                fail(Words::tr("the key \"%1\" is not followed by a colon").arg(key));
            json.members.emplace_back(key, value());
        } while (take(u","));
        if (!take(u"}"))
            fail(Words::tr("\"{\" is not closed, or a comma is missing"));
    }

    void readArray(Json &json)
    {
        json.type = Json::Type::Array;
        if (take(u"]"))
            return;
        do {
            json.items.push_back(value());
        } while (take(u","));
        if (!take(u"]"))
            fail(Words::tr("\"[\" is not closed, or a comma is missing"));
    }

    void readNumber(Json &json)
    {
        static const QRegularExpression form(u"-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"_s);
        const auto match = form.matchView(QStringView(m_text), m_at, QRegularExpression::NormalMatch,
                                          QRegularExpression::AnchorAtOffsetMatchOption);
        json.type = Json::Type::Number;
        json.text = match.captured();
        if (!match.hasMatch())
            fail(peek().isNull() ? Words::tr("a value is missing")
                                 : Words::tr("\"%1\" begins no value").arg(peek()));
        else
            m_at += json.text.size();
    }

    QString string()
    {
        QString text;
        for (++m_at; m_at < m_text.size() && peek() != u'"'; ++m_at) {
            if (peek() < u' ')
                fail(Words::tr("a string is not closed"));
            else if (peek() == u'\\')
                text += escaped();
            else
                text += peek();
        }
        if (!m_error && peek() != u'"')
            fail(Words::tr("a string is not closed"));
        ++m_at;
        m_at = std::min(m_at, m_text.size());
        return text;
    }

    QChar escaped() // leaves m_at on the last character of the sequence
    {
        static const QString from = u"\"\\/bfnrt"_s;
        static const QString to = u"\"\\/\b\f\n\r\t"_s;
        ++m_at;
        if (const qsizetype known = from.indexOf(peek()); known >= 0 && !peek().isNull())
            return to.at(known);
        bool isHex = false;
        const auto code = peek() == u'u' ? m_text.mid(m_at + 1, 4).toUShort(&isHex, 16) : ushort(0);
        if (!isHex)
            fail(Words::tr("\"\\%1\" means nothing in a string of JSON").arg(peek()));
        m_at += isHex ? 4 : 0;
        return QChar(code);
    }

    const QString &m_text;
    QString m_file;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_depth = 0;
    std::optional<base::Error> m_error;
};

QString quoted(const QString &text)
{
    QString out = u"\""_s;
    for (const QChar c : text) {
        static const QString plain = u"\"\\\b\f\n\r\t"_s;
        static const QString letters = u"\"\\bfnrt"_s;
        if (const qsizetype known = plain.indexOf(c); known >= 0)
            out += u"\\"_s + letters.at(known);
        else if (c < u' ' || u"<>&"_s.contains(c) || c == QChar(0x2028) || c == QChar(0x2029))
            out += u"\\u%1"_s.arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out + u'"';
}

// `lineEnd` is a line end and the indent; empty for JSON on one line.
void write(const Json &json, const QString &lineEnd, QString &out)
{
    const QString inner = lineEnd.isEmpty() ? QString() : QString(lineEnd + u"  "_s);
    const auto list = [&](QChar open, QChar close, std::size_t count, const auto &item) {
        out += open;
        for (std::size_t i = 0; i < count; ++i) {
            out += (i > 0 ? u","_s : QString()) + inner;
            item(i);
        }
        if (count > 0)
            out += lineEnd;
        out += close;
    };
    switch (json.type) {
    case Json::Type::Null:
        out += u"null"_s;
        break;
    case Json::Type::Bool:
        out += json.flag ? u"true"_s : u"false"_s;
        break;
    case Json::Type::Number:
        out += json.text;
        break;
    case Json::Type::String:
        out += quoted(json.text);
        break;
    case Json::Type::Array:
        list(u'[', u']', json.items.size(), [&](std::size_t i) { write(json.items[i], inner, out); });
        break;
    case Json::Type::Object:
        list(u'{', u'}', json.members.size(), [&](std::size_t i) {
            out += quoted(json.members[i].first) + (lineEnd.isEmpty() ? u":"_s : u": "_s);
            write(json.members[i].second, inner, out);
        });
        break;
    }
}

}

Json Json::ofString(const QString &text)
{
    return {.type = Type::String, .text = text};
}

Json Json::ofBool(bool flag)
{
    return {.type = Type::Bool, .flag = flag};
}

Json Json::ofStrings(const QStringList &texts)
{
    Json array{.type = Type::Array};
    for (const auto &text : texts)
        array.items.push_back(ofString(text));
    return array;
}

Json Json::object()
{
    return {.type = Type::Object};
}

const Json *Json::find(QStringView key) const
{
    const auto found = std::ranges::find(members, key, &std::pair<QString, Json>::first);
    return found == members.end() ? nullptr : &found->second;
}

Json *Json::find(QStringView key)
{
    return const_cast<Json *>(std::as_const(*this).find(key));
}

void Json::set(const QString &key, Json value)
{
    if (auto *existing = find(key))
        *existing = std::move(value);
    else
        members.emplace_back(key, std::move(value));
}

void Json::remove(QStringView key)
{
    std::erase_if(members, [key](const auto &member) { return member.first == key; });
}

base::Result<Json> parseJson(const QString &text, const QString &file)
{
    return JsonReader(text, file).read();
}

QString jsonText(const Json &json)
{
    QString out;
    write(json, u"\n"_s, out);
    return out + u'\n';
}

QString compactJsonText(const Json &json)
{
    QString out;
    write(json, {}, out);
    return out;
}

}
