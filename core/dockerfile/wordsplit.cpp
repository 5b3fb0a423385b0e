// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/wordsplit.h"

namespace dockerfile {

static constexpr QChar flagEscape = u'\\';

void splitAtBlanks(QStringView text, Span arguments, std::vector<Span> &words)
{
    const qsizetype end = arguments.end();
    for (qsizetype at = arguments.start; at < end;) {
        qsizetype stop = at;
        while (stop < end && !isBlank(text[stop]))
            ++stop;
        words.push_back({at, stop - at});
        while (stop < end && isBlank(text[stop]))
            ++stop;
        at = stop;
    }
}

void splitQuoted(QStringView text, Span arguments, QChar escape, std::vector<Span> &words)
{
    const qsizetype end = arguments.end();
    qsizetype at = skipSpace(text, arguments.start, end);
    while (at < end) {
        const qsizetype start = at;
        qsizetype stop = end;
        QChar quote;
        for (; at < end; ++at) {
            const QChar c = text[at];
            if (quote.isNull() && isSpace(c)) {
                stop = at;
                break;
            }
            if (c == quote)
                quote = {};
            else if (quote.isNull() && (c == u'"' || c == u'\''))
                quote = c;
            if (c == escape && quote != u'\'') {
                if (at + 1 == end)
                    stop = at; // an escape character at the very end is dropped
                ++at;
            }
        }
        if (stop > start)
            words.push_back({start, stop - start});
        at = skipSpace(text, std::min(at, end), end);
    }
}

// The builder reads flags byte by byte: a blank outside of ASCII is none to it.
static bool isFlagSpace(QChar c)
{
    return c < u'\x80' && isSpace(c);
}

static bool isSeparator(QStringView flag)
{
    // Only quotes may come after the dashes: what nearly never is need not be copied.
    const bool mayBe = flag.size() == 2 || flag[2] == u'"' || flag[2] == u'\'' || flag[2] == flagEscape;
    return mayBe && unquotedFlag(flag) == u"--";
}

Span splitFlags(QStringView text, Span rest, std::vector<Span> &flags, Span &separator)
{
    const qsizetype end = rest.end();
    qsizetype at = rest.start;
    while (true) {
        while (at < end && isFlagSpace(text[at]))
            ++at;
        if (at + 1 >= end || text[at] != u'-' || text[at + 1] != u'-')
            return trimmedSpan(text, {at, end - at});
        const qsizetype start = at;
        QChar quote;
        for (; at < end; ++at) {
            const QChar c = text[at];
            if (quote.isNull() && isFlagSpace(c))
                break;
            if (quote.isNull() && (c == u'"' || c == u'\''))
                quote = c;
            else if (!quote.isNull() && c == quote)
                quote = {};
            else if (c == flagEscape && at + 1 < end)
                ++at;
        }
        const Span flag{start, at - start};
        if (isSeparator(flag.in(text))) {
            separator = flag;
            return trimmedSpan(text, {at, end - at});
        }
        flags.push_back(flag);
    }
}

QString unquotedFlag(QStringView flag)
{
    QString result;
    result.reserve(flag.size());
    QChar quote;
    for (qsizetype at = 0; at < flag.size(); ++at) {
        const QChar c = flag[at];
        if (quote.isNull() ? c == u'"' || c == u'\'' : c == quote) {
            quote = quote.isNull() ? c : QChar();
            continue;
        }
        if (c == flagEscape) {
            if (at + 1 == flag.size())
                break;
            ++at;
        }
        result += flag[at];
    }
    return result;
}

}
