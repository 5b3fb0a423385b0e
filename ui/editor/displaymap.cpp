// SPDX-License-Identifier: Apache-2.0
#include "editor/displaymap.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr QChar byteOrderMark = u'\ufeff';

/// The widget's stand-in for a character of the text. QTextDocument takes U+2029, U+FDD0 and U+FDD1 for ends
/// of blocks and U+FFFC for an object; control characters have pictures of their own in Unicode.
QChar shown(QChar c)
{
    switch (c.unicode()) {
    case u'\t':
    case u'\n':
        return c;
    case u'\r':
        return u'\n';
    case 0x7f:
        return u'\u2421';
    case 0x2029:
    case 0xfdd0:
    case 0xfdd1:
    case 0xfffc:
        return u'\ufffd';
    default:
        return c.unicode() < 0x20 ? QChar(0x2400 + c.unicode()) : c;
    }
}

/// The display of a piece of text that cuts no CRLF.
struct Shown
{
    QString display;
    std::vector<qsizetype> crlf; ///< positions in `display`
};

Shown shownOf(QStringView text)
{
    Shown result;
    result.display.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') {
            result.crlf.push_back(result.display.size());
            ++i;
        }
        result.display += shown(text[i]);
    }
    return result;
}

}

DisplayMap::DisplayMap(QString text)
    : m_text(std::move(text))
{
    m_bom = m_text.startsWith(byteOrderMark) ? 1 : 0;
    m_crlf = shownOf(QStringView(m_text).mid(m_bom)).crlf;
}

qsizetype DisplayMap::displayLength() const
{
    return m_text.size() - m_bom - qsizetype(m_crlf.size());
}

qsizetype DisplayMap::toText(qsizetype displayPosition) const
{
    const auto before = std::ranges::lower_bound(m_crlf, displayPosition) - m_crlf.begin();
    return displayPosition + m_bom + before;
}

qsizetype DisplayMap::toDisplay(qsizetype textPosition) const
{
    const qsizetype position = textPosition - m_bom;
    if (position <= 0)
        return 0;
    // The k-th CRLF starts at m_crlf[k] + k in the text without BOM; those that end at or before `position`
    // count.
    qsizetype low = 0;
    qsizetype high = qsizetype(m_crlf.size());
    while (low < high) {
        const qsizetype middle = (low + high) / 2;
        if (m_crlf[size_t(middle)] + middle + 2 <= position)
            low = middle + 1;
        else
            high = middle;
    }
    const bool inside = low < qsizetype(m_crlf.size()) && m_crlf[size_t(low)] + low + 1 == position;
    return position - low - (inside ? 1 : 0);
}

base::TextRange DisplayMap::toText(base::TextRange display) const
{
    const qsizetype start = toText(display.start);
    return {start, toText(display.end()) - start};
}

base::TextRange DisplayMap::toDisplay(base::TextRange text) const
{
    const qsizetype start = toDisplay(text.start);
    return {start, toDisplay(text.end()) - start};
}

QString DisplayMap::display(base::TextRange display) const
{
    const base::TextRange range = toText(display);
    return shownOf(QStringView(m_text).mid(range.start, range.length)).display;
}

base::Replacement DisplayMap::apply(const base::Replacement &change)
{
    // Widened so that neither the text before nor the text after has a CRLF, or the BOM, across its edges.
    qsizetype start = change.range.start;
    qsizetype end = change.range.end();
    QString inserted = change.text;
    if (start > 0 && (start == m_bom || m_text[start - 1] == u'\r'))
        inserted.prepend(m_text[--start]);
    if (end < m_text.size() && (m_text[end] == u'\n' || (start == 0 && m_text[end] == byteOrderMark)))
        inserted.append(m_text[end++]);

    const base::TextRange displayBefore = toDisplay(base::TextRange{start, end - start});
    const QString before = display(displayBefore);
    m_text.replace(start, end - start, inserted);
    if (start == 0)
        m_bom = m_text.startsWith(byteOrderMark) ? 1 : 0;
    const Shown after = shownOf(QStringView(inserted).mid(start == 0 ? m_bom : 0));

    const auto first = std::ranges::lower_bound(m_crlf, displayBefore.start);
    const auto last = std::ranges::lower_bound(m_crlf, displayBefore.end());
    const qsizetype shift = after.display.size() - displayBefore.length;
    for (auto it = last; it != m_crlf.end(); ++it)
        *it += shift;
    const auto at = m_crlf.erase(first, last);
    const auto placed = m_crlf.insert(at, after.crlf.begin(), after.crlf.end());
    for (auto it = placed; it != placed + qsizetype(after.crlf.size()); ++it)
        *it += displayBefore.start;

    qsizetype prefix = 0;
    const qsizetype shorter = std::min(before.size(), after.display.size());
    while (prefix < shorter && before[prefix] == after.display[prefix])
        ++prefix;
    qsizetype suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == after.display[after.display.size() - 1 - suffix])
        ++suffix;
    return {{displayBefore.start + prefix, before.size() - prefix - suffix},
            after.display.mid(prefix, after.display.size() - prefix - suffix)};
}

base::Replacement DisplayMap::textChange(const base::Replacement &displayChange) const
{
    const base::TextRange range = toText(displayChange.range);
    QString text = displayChange.text;
    if (text.contains(u'\n'))
        text.replace(u"\n"_s, lineEndNear(range));
    return {range, text};
}

QString DisplayMap::lineEndNear(base::TextRange replaced) const
{
    const auto isEnd = [](QChar c) { return c == u'\n' || c == u'\r'; };
    const QStringView text(m_text);
    const QStringView before = text.first(replaced.start);
    const QStringView after = text.sliced(replaced.end());

    QString lineEnd = u"\n"_s;
    if (const auto last = std::find_if(before.rbegin(), before.rend(), isEnd); last != before.rend()) {
        const qsizetype at = before.rend() - last - 1;
        const bool isCrlf = before[at] == u'\n' && at > 0 && before[at - 1] == u'\r';
        lineEnd = isCrlf ? u"\r\n"_s : QString(before[at]);
    } else if (const auto next = std::find_if(after.begin(), after.end(), isEnd); next != after.end()) {
        const bool isCrlf = *next == u'\r' && next + 1 != after.end() && next[1] == u'\n';
        lineEnd = isCrlf ? u"\r\n"_s : QString(*next);
    }
    // In a file of mixed ends the new one could melt into its neighbour; CRLF cannot.
    const bool melts =
        (lineEnd == u"\n" && before.endsWith(u'\r')) || (lineEnd == u"\r" && after.startsWith(u'\n'));
    return melts ? u"\r\n"_s : lineEnd;
}

}
