// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace dockerfile {

/// One physical row, as the builder counts: only LF ends it, and every CR before that belongs to the line
/// end.
struct Row
{
    qsizetype start = 0;
    qsizetype contentEnd = 0; ///< before the line end
    qsizetype newline = 0;    ///< where the Newline token starts: LF or CRLF; the row's end at the text's end
    qsizetype end = 0;        ///< where the next row starts

    [[nodiscard]] bool hasNewline() const { return newline < end; }
    [[nodiscard]] QStringView content(QStringView text) const
    {
        return text.sliced(start, contentEnd - start);
    }
};

inline Row rowAt(QStringView text, qsizetype start)
{
    const qsizetype lf = text.indexOf(u'\n', start);
    Row row{.start = start, .contentEnd = lf < 0 ? text.size() : lf, .newline = 0, .end = 0};
    row.end = lf < 0 ? text.size() : lf + 1;
    while (row.contentEnd > start && text[row.contentEnd - 1] == u'\r')
        --row.contentEnd;
    row.newline = lf < 0 ? row.end : lf > row.contentEnd ? lf - 1 : lf;
    return row;
}

/// Where the escape character stands that continues this row in the next one, or -1.
inline qsizetype continuationAt(QStringView text, qsizetype start, qsizetype contentEnd, QChar escape)
{
    qsizetype at = contentEnd;
    while (at > start && (text[at - 1] == u' ' || text[at - 1] == u'\t'))
        --at;
    if (at == start || text[at - 1] != escape)
        return -1;
    --at;
    // Doubled, it stands for itself; the builder looks no further back than that.
    return at > start && text[at - 1] == escape ? -1 : at;
}

}
