// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/shellwords.h"

#include "dockerfile/chars.h"
#include "dockerfile/shellpattern.h"

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// Collects words beside the running text: only a blank that was neither quoted nor escaped ends a word.
class WordCollector
{
public:
    void add(QChar c, qsizetype start, qsizetype end)
    {
        if (!isSpace(c))
            addRaw(QStringView(&c, 1), start, end);
        else if (!m_word.text.isEmpty())
            flush();
    }
    void addRaw(QStringView text, qsizetype start, qsizetype end)
    {
        if (m_word.text.isEmpty())
            m_word.start = start;
        m_word.text += text;
        m_word.end = end;
    }
    std::vector<ShellWord> take()
    {
        if (!m_word.text.isEmpty())
            flush();
        return std::move(m_words);
    }

private:
    void flush() { m_words.push_back(std::exchange(m_word, {})); }

    std::vector<ShellWord> m_words;
    ShellWord m_word;
};

class Processor
{
public:
    Processor(QStringView input, const ShellOptions &options, const ShellLookup &lookup)
        : m_input(input)
        , m_options(options)
        , m_lookup(lookup)
        , m_keepEscapes(options.keepEscapes)
    {}

    ShellResult process()
    {
        ShellResult result;
        result.text = processUntil({}, m_options.keepEscapes, &result.words);
        result.unset = m_unset;
        if (!m_error.isEmpty()) {
            result.error = m_error;
            result.text.clear();
            result.words.clear();
        }
        return result;
    }

private:
    // Deep enough for any ${a:-${b:-...}} that a person writes; beyond it the stack would be at stake.
    static constexpr int deepestNesting = 200;

    [[nodiscard]] bool atEnd() const { return m_at >= m_input.size(); }
    [[nodiscard]] QChar peek() const { return atEnd() ? QChar() : m_input[m_at]; }
    bool failed() const { return !m_error.isEmpty(); }
    QString fail(const QString &error)
    {
        if (m_error.isEmpty())
            m_error = error;
        return {};
    }

    QString processUntil(std::optional<QChar> stop, bool keepEscapes, std::vector<ShellWord> *words = nullptr)
    {
        const bool keptBefore = std::exchange(m_keepEscapes, keepEscapes);
        QString text;
        WordCollector collector;
        bool stopped = false;
        while (!atEnd() && !failed() && !stopped) {
            const QChar c = peek();
            const qsizetype start = m_at;
            if (stop && c == *stop) {
                ++m_at;
                stopped = true;
            } else if (c == u'$') {
                const QString value = processDollar();
                text += value;
                for (const QChar part : value)
                    collector.add(part, start, m_at);
            } else if (!m_options.ignoreQuotes && (c == u'\'' || c == u'"')) {
                const QString quoted = c == u'"' ? processDoubleQuote() : processSingleQuote();
                text += quoted;
                collector.addRaw(quoted, start, m_at);
            } else if (c == u'<' && m_input.sliced(m_at).startsWith(u"<<")) {
                // Blanks between << and the name belong to the word.
                m_at += 2;
                while (peek() == u' ' || peek() == u'\t')
                    ++m_at;
                const QStringView opening = m_input.sliced(start, m_at - start);
                text += opening;
                collector.addRaw(opening, start, m_at);
            } else if (c == m_options.escape) {
                processEscape(text, collector);
            } else {
                ++m_at;
                text += c;
                collector.add(c, start, m_at);
            }
        }
        m_keepEscapes = keptBefore;
        if (stop && !stopped)
            return fail(u"unexpected end of statement while looking for matching "_s + *stop);
        if (words)
            *words = collector.take();
        return text;
    }

    void processEscape(QString &text, WordCollector &collector)
    {
        const qsizetype start = m_at++;
        if (m_keepEscapes) {
            text += m_options.escape;
            collector.addRaw(QStringView(&m_options.escape, 1), start, m_at);
        }
        if (atEnd())
            return;
        const QStringView escaped = m_input.sliced(m_at++, 1);
        text += escaped;
        collector.addRaw(escaped, start, m_at);
    }

    QString processSingleQuote()
    {
        const qsizetype start = m_at;
        const qsizetype end = m_input.indexOf(u'\'', m_at + 1);
        if (end < 0) {
            m_at = m_input.size();
            return fail(u"unexpected end of statement while looking for matching single-quote"_s);
        }
        m_at = end + 1;
        const qsizetype border = m_options.keepQuotes ? 0 : 1;
        return m_input.sliced(start + border, m_at - start - 2 * border).toString();
    }

    QString processDoubleQuote()
    {
        QString text;
        if (m_options.keepQuotes)
            text += u'"';
        ++m_at;
        while (!atEnd() && !failed()) {
            const QChar c = peek();
            if (c == u'"') {
                ++m_at;
                if (m_options.keepQuotes)
                    text += u'"';
                return text;
            }
            if (c == u'$') {
                text += processDollar();
                continue;
            }
            ++m_at;
            if (c == m_options.escape) {
                if (m_keepEscapes)
                    text += c;
                if (atEnd())
                    break;
                const QChar next = peek();
                if (next == u'"' || next == u'$' || next == m_options.escape) {
                    text += next;
                    ++m_at;
                    continue;
                }
            }
            text += c;
        }
        return fail(u"unexpected end of statement while looking for matching double-quote"_s);
    }

    enum class Missing { Tell, IsFine }; ///< fine where the word itself says what to put instead

    std::optional<QString> lookUp(const QString &name, Missing missing = Missing::Tell)
    {
        auto value = m_lookup ? m_lookup(name) : std::nullopt;
        if (!value && missing == Missing::Tell && !m_unset.contains(name))
            m_unset.append(name);
        return value;
    }

    QString processDollar()
    {
        ++m_at;
        if (peek() != u'{') {
            const QString name = readName();
            if (name.isEmpty())
                return u"$"_s;
            const auto value = lookUp(name);
            return !value && m_options.keepUnset ? u'$' + name : value.value_or(QString());
        }
        ++m_at;
        if (atEnd())
            return fail(u"syntax error: missing '}'"_s);
        if (peek() == u'{' || peek() == u'}' || peek() == u':')
            return fail(u"syntax error: bad substitution"_s);
        if (m_depth >= deepestNesting)
            return fail(u"too many substitutions within each other"_s);
        ++m_depth;
        const QString value = processBraces(readName());
        --m_depth;
        return value;
    }

    QString processBraces(const QString &name)
    {
        QString modifier = atEnd() ? QString() : QString(m_input[m_at++]);
        if (modifier == u"}") {
            const auto value = lookUp(name);
            return !value && m_options.keepUnset ? u"${"_s + name + u'}' : value.value_or(QString());
        }
        if (modifier == u"/")
            return processReplace(name);
        const bool emptyIsUnset = modifier == u":";
        if (emptyIsUnset && !atEnd())
            modifier += m_input[m_at++];
        const QChar kind = modifier.isEmpty() ? QChar() : modifier.back();
        const bool isTrim = kind == u'#' || kind == u'%';
        if (!QStringView(u"+-?#%").contains(kind) || kind.isNull() || (emptyIsUnset && isTrim))
            return fail(u"unsupported modifier ("_s + modifier + u") in substitution");
        const QString word = processArgument(u'}', isTrim);
        if (failed())
            return {};
        const bool hasDefault = kind == u'-' || kind == u'+';
        const auto value = lookUp(name, hasDefault ? Missing::IsFine : Missing::Tell);
        if (!value && m_options.keepUnset)
            return u"${"_s + name + modifier + word + u'}';
        return isTrim ? processTrim(value.value_or(QString()), kind, word)
                      : processDefault(name, value, kind, emptyIsUnset, word);
    }

    QString processDefault(const QString &name, const std::optional<QString> &value, QChar kind,
                           bool emptyIsUnset, const QString &word)
    {
        const bool missing = !value || (emptyIsUnset && value->isEmpty());
        if (kind == u'-')
            return missing ? word : *value;
        if (kind == u'+')
            return missing ? QString() : word;
        if (!missing)
            return *value;
        const QString reason = value ? u"is not allowed to be empty"_s : u"is not allowed to be unset"_s;
        return fail(name + u": " + (word.isEmpty() ? reason : word));
    }

    QString processTrim(const QString &value, QChar kind, QString pattern)
    {
        const bool longest = pattern.startsWith(kind);
        if (longest)
            pattern.remove(0, 1);
        const auto result =
            kind == u'%' ? withoutSuffix(value, pattern, longest) : withoutPrefix(value, pattern, longest);
        return result ? *result : fail(u"invalid pattern ("_s + pattern + u") in substitution");
    }

    QString processReplace(const QString &name)
    {
        const bool all = peek() == u'/';
        if (all)
            ++m_at;
        const QString pattern = processArgument(u'/', true);
        const QString with = failed() ? QString() : processArgument(u'}', true);
        if (failed())
            return {};
        const auto value = lookUp(name);
        if (!value && m_options.keepUnset)
            return u"${"_s + name + u'/' + pattern + u'/' + with + u'}';
        const auto result = replaced(value.value_or(QString()), pattern, with, all);
        return result ? *result : fail(u"invalid pattern ("_s + pattern + u") in substitution");
    }

    QString processArgument(QChar stop, bool keepEscapes)
    {
        const bool failedBefore = failed();
        const QString word = processUntil(stop, keepEscapes);
        if (failed() && !failedBefore && atEnd())
            m_error = u"syntax error: missing '"_s + stop + u'\'' + (stop == u'/' ? u" in ${}"_s : QString());
        return word;
    }

    QString readName()
    {
        const qsizetype start = m_at;
        if (!atEnd() && m_input[m_at].isDigit()) {
            while (!atEnd() && m_input[m_at].isDigit())
                ++m_at;
        } else if (!atEnd() && QStringView(u"@*#?-$!").contains(m_input[m_at])) {
            ++m_at;
        } else {
            while (!atEnd() && isNameCharacter())
                m_at += m_input[m_at].isHighSurrogate() ? 2 : 1;
        }
        return m_input.sliced(start, m_at - start).toString();
    }

    [[nodiscard]] bool isNameCharacter() const
    {
        const QChar c = m_input[m_at];
        if (c.isHighSurrogate() && m_at + 1 < m_input.size() && m_input[m_at + 1].isLowSurrogate())
            return QChar::isLetter(QChar::surrogateToUcs4(c, m_input[m_at + 1]));
        return c == u'_' || c.isLetter() || c.isDigit();
    }

    QStringView m_input;
    const ShellOptions &m_options;
    const ShellLookup &m_lookup;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_keepEscapes;
    QStringList m_unset;
    QString m_error;
};

}

ShellResult processShell(QStringView input, const ShellOptions &options, const ShellLookup &lookup)
{
    return Processor(input, options, lookup).process();
}

}
