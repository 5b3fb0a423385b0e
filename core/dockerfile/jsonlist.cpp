// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/jsonlist.h"

#include <cmath>

namespace dockerfile {

namespace {

// Go gives up below this depth, and the builder then reads the line as a shell form.
constexpr int deepestNesting = 10000;

class Reader
{
public:
    Reader(QStringView text, JsonList *list)
        : m_text(text)
        , m_list(list)
    {}

    JsonList::Form read()
    {
        m_at = skipSpace(m_text, 0, m_text.size());
        if (m_at == m_text.size() || m_text[m_at] != u'[')
            return JsonList::Form::None;
        if (!readNested())
            return JsonList::Form::None;
        skipBlanks();
        if (m_at != m_text.size() || m_hugeNumber)
            return JsonList::Form::None;
        return m_onlyStrings ? JsonList::Form::Strings : JsonList::Form::NotStrings;
    }

private:
    [[nodiscard]] QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    bool take(QChar c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skipBlanks()
    {
        while (m_at < m_text.size() &&
               (m_text[m_at] == u' ' || m_text[m_at] == u'\t' || m_text[m_at] == u'\r'))
            ++m_at;
    }

    // Lists and objects are read with a stack of their closing brackets: hostile nesting must not be
    // recursion.
    bool readNested()
    {
        QString open;
        bool wantsValue = true;
        do {
            skipBlanks();
            const QChar c = peek();
            if (wantsValue && (c == u'[' || c == u'{')) {
                if (!open.isEmpty())
                    m_onlyStrings = false;
                if (open.size() >= deepestNesting)
                    return false;
                ++m_at;
                open += c == u'[' ? u']' : u'}';
                skipBlanks();
                if (peek() == open.back()) {
                    wantsValue = false;
                } else if (c == u'{' && !readKey()) {
                    return false;
                }
            } else if (wantsValue) {
                if (!readScalar(open.size() == 1))
                    return false;
                wantsValue = false;
            } else if (take(open.back())) {
                open.chop(1);
            } else if (take(u',')) {
                wantsValue = true;
                if (open.back() == u'}' && !readKey())
                    return false;
            } else {
                return false;
            }
        } while (!open.isEmpty());
        return true;
    }

    bool readKey()
    {
        skipBlanks();
        if (peek() != u'"' || !readString(nullptr))
            return false;
        skipBlanks();
        return take(u':');
    }

    bool readScalar(bool isItem)
    {
        if (peek() == u'"') {
            QString item;
            const qsizetype start = m_at + 1;
            if (!readString(m_list && isItem ? &item : nullptr))
                return false;
            if (m_list && isItem) {
                m_list->items.append(item);
                m_list->spans.push_back({start, m_at - 1 - start});
            }
            return true;
        }
        if (isItem)
            m_onlyStrings = false;
        for (const QStringView word : {QStringView(u"true"), QStringView(u"false"), QStringView(u"null")}) {
            if (m_text.sliced(m_at).startsWith(word)) {
                m_at += word.size();
                return true;
            }
        }
        return readNumber();
    }

    bool readDigits()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && m_text[m_at] >= u'0' && m_text[m_at] <= u'9')
            ++m_at;
        return m_at > start;
    }

    bool readNumber()
    {
        const qsizetype start = m_at;
        take(u'-');
        if (!take(u'0') && !readDigits())
            return false;
        if (take(u'.') && !readDigits())
            return false;
        if (take(u'e') || take(u'E')) {
            if (!take(u'+'))
                take(u'-');
            if (!readDigits())
                return false;
        }
        // Go cannot hold such a number, which is no syntax error but ends as one: a shell form.
        if (!std::isfinite(m_text.sliced(start, m_at - start).toDouble()))
            m_hugeNumber = true;
        return true;
    }

    bool readEscape(QString *out)
    {
        const QChar c = peek();
        ++m_at;
        static constexpr QStringView names = u"\"\\/bfnrt";
        static constexpr QStringView meanings = u"\"\\/\b\f\n\r\t";
        if (const qsizetype i = names.indexOf(c); i >= 0 && !c.isNull()) {
            if (out)
                *out += meanings[i];
            return true;
        }
        if (c != u'u')
            return false;
        bool ok = m_at + 4 <= m_text.size();
        char16_t unit = 0;
        for (int i = 0; ok && i < 4; ++i, ++m_at) {
            const char16_t digit = m_text[m_at].unicode();
            if (digit >= u'0' && digit <= u'9')
                unit = unit * 16 + (digit - u'0');
            else if ((digit | 0x20) >= u'a' && (digit | 0x20) <= u'f')
                unit = unit * 16 + ((digit | 0x20) - u'a' + 10);
            else
                ok = false;
        }
        if (ok && out)
            *out += QChar(unit);
        return ok;
    }

    bool readString(QString *out)
    {
        ++m_at;
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at++];
            if (c == u'"') {
                if (out)
                    replaceLoneSurrogates(*out);
                return true;
            }
            if (c < u' ')
                return false;
            if (c == u'\\') {
                if (!readEscape(out))
                    return false;
            } else if (out) {
                *out += c;
            }
        }
        return false;
    }

    // Go's decoder puts U+FFFD for what is no character, be it written as bytes or as \ud800.
    static void replaceLoneSurrogates(QString &text)
    {
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (!text[i].isSurrogate())
                continue;
            if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
                ++i;
            else
                text[i] = QChar::ReplacementCharacter;
        }
    }

    QStringView m_text;
    JsonList *m_list;
    qsizetype m_at = 0;
    bool m_onlyStrings = true;
    bool m_hugeNumber = false;
};

}

JsonList readJsonList(QStringView text)
{
    JsonList list;
    list.form = Reader(text, &list).read();
    if (list.form != JsonList::Form::Strings) {
        list.items.clear();
        list.spans.clear();
    }
    return list;
}

JsonList::Form jsonForm(QStringView text)
{
    return Reader(text, nullptr).read();
}

}
