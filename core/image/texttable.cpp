// SPDX-License-Identifier: Apache-2.0
#include "image/texttable.h"

#include <algorithm>
#include <array>

namespace image {

using namespace Qt::StringLiterals;

namespace {

// Wide and Fullwidth of Unicode's EastAsianWidth.txt, joined where only unassigned characters lie between.
bool isWide(char32_t c)
{
    static constexpr std::array<std::pair<char32_t, char32_t>, 15> ranges{{{0x1100, 0x115F},
                                                                           {0x2E80, 0x303E},
                                                                           {0x3041, 0x33FF},
                                                                           {0x3400, 0x4DBF},
                                                                           {0x4E00, 0xA4CF},
                                                                           {0xA960, 0xA97F},
                                                                           {0xAC00, 0xD7A3},
                                                                           {0xF900, 0xFAFF},
                                                                           {0xFE30, 0xFE6F},
                                                                           {0xFF01, 0xFF60},
                                                                           {0xFFE0, 0xFFE6},
                                                                           {0x1F300, 0x1F64F},
                                                                           {0x1F680, 0x1F6FF},
                                                                           {0x1F900, 0x1F9FF},
                                                                           {0x20000, 0x3FFFD}}};
    return std::ranges::any_of(ranges,
                               [c](const auto &range) { return c >= range.first && c <= range.second; });
}

int widthOf(char32_t c)
{
    const auto category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing ||
        category == QChar::Other_Format)
        return 0;
    return isWide(c) ? 2 : 1;
}

}

int displayWidth(QStringView text)
{
    int width = 0;
    for (const char32_t c : text.toUcs4())
        width += widthOf(c);
    return width;
}

QString elided(const QString &text, int columns)
{
    if (displayWidth(text) <= columns)
        return text;
    QString out;
    int width = 0;
    for (const char32_t c : text.toUcs4()) {
        width += widthOf(c);
        if (width > columns - 1)
            break;
        out += QStringView(QChar::fromUcs4(c));
    }
    return out + u'…';
}

QString textTable(const std::vector<QStringList> &rows, const std::vector<Align> &columns)
{
    std::vector<int> widths(columns.size(), 0);
    for (const auto &row : rows)
        for (std::size_t i = 0; i < columns.size() && qsizetype(i) < row.size(); ++i)
            widths[i] = std::max(widths[i], displayWidth(row[qsizetype(i)]));

    QString out;
    for (const auto &row : rows) {
        QString line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const QString cell = row.value(qsizetype(i));
            const QString padding(widths[i] - displayWidth(cell), u' ');
            if (i > 0)
                line += "  "_L1;
            line += columns[i] == Align::Right ? QString(padding + cell) : QString(cell + padding);
        }
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

}
