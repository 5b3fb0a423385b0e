// SPDX-License-Identifier: Apache-2.0
#include "base/textedit.h"

#include <algorithm>

namespace base {

namespace {

bool isPairAt(const QString &text, qsizetype boundary)
{
    return boundary > 0 && boundary < text.size() && text[boundary - 1].isHighSurrogate() &&
           text[boundary].isLowSurrogate();
}

}

TextEdit::TextEdit(TextRange range, QString text)
    : m_replacements{{range, std::move(text)}}
{}

void TextEdit::replace(TextRange range, QString text)
{
    // An insertion goes before what is replaced at the same place, whichever was asked for first.
    const auto after = std::upper_bound(m_replacements.begin(), m_replacements.end(), range,
                                        [](TextRange added, const Replacement &other) {
                                            if (added.start != other.range.start)
                                                return added.start < other.range.start;
                                            return added.isEmpty() && !other.range.isEmpty();
                                        });
    Q_ASSERT(after == m_replacements.begin() || std::prev(after)->range.end() <= range.start);
    Q_ASSERT(after == m_replacements.end() || range.end() <= after->range.start);
    m_replacements.insert(after, {range, std::move(text)});
}

TextEdit TextEdit::applyTo(QString &text) const
{
    TextEdit inverse;
    qsizetype shift = 0;
    for (const auto &[range, replacement] : m_replacements) {
        const qsizetype at = range.start + shift;
        Q_ASSERT(at >= 0 && at + range.length <= text.size());
        inverse.m_replacements.push_back({{at, replacement.size()}, text.mid(at, range.length)});
        text.replace(at, range.length, replacement);
        shift += replacement.size() - range.length;
    }
    return inverse;
}

TextRange TextEdit::mapped(TextRange range) const
{
    // Where the boundary before `offset` is now. Text inserted there lies before it (a start) or behind it
    // (an end), and so does the text that replaced what the boundary touched: a range takes nothing in at its
    // borders.
    const auto map = [this](qsizetype offset, bool isStart) {
        qsizetype shift = 0;
        for (const auto &[was, text] : m_replacements) {
            if (was.start > offset || (was.start == offset && !isStart))
                break;
            const bool isBehind = isStart ? was.end() <= offset : was.end() < offset;
            if (!isBehind)
                return was.start + shift + (isStart ? text.size() : 0);
            shift += text.size() - was.length;
        }
        return offset + shift;
    };
    const qsizetype start = map(range.start, true);
    const qsizetype end = range.isEmpty() ? start : map(range.end(), false);
    return {start, std::max<qsizetype>(0, end - start)};
}

TextEdit TextEdit::between(const QString &before, const QString &after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype prefix = 0;
    while (prefix < shorter && before[prefix] == after[prefix])
        ++prefix;
    if (prefix == before.size() && prefix == after.size())
        return {};
    qsizetype suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix])
        ++suffix;
    // Lone surrogates are bytes that are no UTF-8 (dockerfile/textfile.h): only real pairs count as one.
    if (isPairAt(before, prefix) || isPairAt(after, prefix))
        --prefix;
    if (isPairAt(before, before.size() - suffix) || isPairAt(after, after.size() - suffix))
        --suffix;
    return {{prefix, before.size() - prefix - suffix}, after.mid(prefix, after.size() - prefix - suffix)};
}

}
