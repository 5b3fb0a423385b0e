// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace dockerfile {

/// What the builder takes for a blank: Go's unicode.IsSpace.
inline bool isSpace(char16_t c)
{
    if (c <= u' ')
        return c == u' ' || (c >= u'\t' && c <= u'\r');
    if (c < 0x85)
        return false;
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}
inline bool isSpace(QChar c)
{
    return isSpace(c.unicode());
}

/// What separates words where the builder does not look at quotes: its pattern [\t\v\f\r ].
inline bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\v' || c == u'\f' || c == u'\r';
}

inline qsizetype skipSpace(QStringView text, qsizetype at, qsizetype end)
{
    while (at < end && isSpace(text[at]))
        ++at;
    return at;
}

/// A run of characters in some text that the context names.
struct Span
{
    qsizetype start = 0;
    qsizetype length = 0;

    [[nodiscard]] qsizetype end() const { return start + length; }
    [[nodiscard]] QStringView in(QStringView text) const { return text.sliced(start, length); }
};

/// `span` without blanks at either end.
inline Span trimmedSpan(QStringView text, Span span)
{
    qsizetype start = span.start;
    qsizetype end = span.end();
    while (end > start && isSpace(text[end - 1]))
        --end;
    start = skipSpace(text, start, end);
    return {start, end - start};
}

}
