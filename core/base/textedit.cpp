// SPDX-License-Identifier: Apache-2.0
#include "base/textedit.h"

#include <algorithm>

namespace base {

TextEdit::TextEdit(TextRange range, QString text) : m_replacements{{range, std::move(text)}} {}

void TextEdit::replace(TextRange range, QString text)
{
    const auto after = std::upper_bound(
        m_replacements.begin(), m_replacements.end(), range.start,
        [](qsizetype start, const Replacement &other) { return start < other.range.start; });
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
    const auto map = [this](qsizetype offset, bool stick) {
        qsizetype shift = 0;
        for (const auto &[was, text] : m_replacements) {
            if (was.start > offset || (was.start == offset && !stick && was.length == 0))
                break;
            if (was.end() <= offset && !(was.end() == offset && was.start == offset && !stick))
                shift += text.size() - was.length;
            else
                return was.start + shift + (stick ? text.size() : 0);
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
    while (suffix < shorter - prefix && before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix])
        ++suffix;
    if (prefix > 0 && before[prefix - 1].isHighSurrogate())
        --prefix;
    if (suffix > 0 && before[before.size() - suffix].isLowSurrogate())
        --suffix;
    return {{prefix, before.size() - prefix - suffix}, after.mid(prefix, after.size() - prefix - suffix)};
}

}
