// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/heredocwords.h"

#include "dockerfile/rows.h"
#include "dockerfile/shellwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

qsizetype countQuotes(const QString &text)
{
    return text.count(u'\'') + text.count(u'"');
}

bool isOpening(QStringView line, qsizetype at)
{
    return line[at] == u'<' && at + 1 < line.size() && line[at + 1] == u'<';
}

// What the builder takes for a heredoc: digits, <<, perhaps -, blanks, and a name without "<".
std::optional<std::pair<bool, QStringView>> announcement(QStringView word)
{
    qsizetype at = 0;
    while (at < word.size() && word[at] >= u'0' && word[at] <= u'9')
        ++at;
    if (!word.sliced(at).startsWith(u"<<"))
        return std::nullopt;
    at += 2;
    const bool stripsTabs = at < word.size() && word[at] == u'-';
    if (stripsTabs)
        ++at;
    while (at < word.size() &&
           (word[at] == u' ' || word[at] == u'\t' || word[at] == u'\f' || word[at] == u'\r'))
        ++at;
    const QStringView rest = word.sliced(at);
    if (rest.isEmpty() || rest.contains(u'<'))
        return std::nullopt;
    return std::pair(stripsTabs, rest);
}

}

// Nearly all lines hold nothing that the shell's rules are needed for: there words end at blanks, and those
// after
// << belong to the name.
static HeredocWords plainHeredocWords(QStringView line)
{
    HeredocWords result;
    for (qsizetype at = skipSpace(line, 0, line.size()); at < line.size();
         at = skipSpace(line, at, line.size())) {
        const qsizetype start = at;
        while (at < line.size() && !isSpace(line[at])) {
            if (!isOpening(line, at)) {
                ++at;
                continue;
            }
            at += 2;
            while (at < line.size() && (line[at] == u' ' || line[at] == u'\t'))
                ++at;
        }
        if (const auto found = announcement(line.sliced(start, at - start)))
            result.words.push_back({.name = found->second.toString(),
                                    .expands = true,
                                    .stripsTabs = found->first,
                                    .span = {start, at - start}});
    }
    return result;
}

HeredocWords heredocWords(QStringView line)
{
    const auto isSpecial = [](QChar c) { return c == u'$' || c == u'\'' || c == u'"' || c == u'\\'; };
    if (std::ranges::none_of(line, isSpecial))
        return plainHeredocWords(line);
    HeredocWords result;
    const ShellOptions raw{.keepQuotes = true, .keepEscapes = true, .keepUnset = true};
    for (const ShellWord &word : processShell(line, raw, {}).words) {
        const auto found = announcement(word.text);
        if (!found)
            continue;
        const auto plain = processShell(found->second, {.keepUnset = true}, {});
        if (!plain.error.isEmpty()) {
            result.malformed = true;
            return result;
        }
        if (plain.words.size() != 1)
            continue;
        const auto quoted = processShell(found->second, {.keepQuotes = true, .keepUnset = true}, {});
        const QString &name = plain.words.front().text;
        const bool expands =
            quoted.words.size() == 1 && countQuotes(quoted.words.front().text) == countQuotes(name);
        result.words.push_back({.name = name,
                                .expands = expands,
                                .stripsTabs = found->first,
                                .span = {word.start, word.end - word.start}});
    }
    return result;
}

bool mayHoldHeredoc(QStringView line)
{
    for (qsizetype at = line.indexOf(u'<'); at >= 0; at = line.indexOf(u'<', at + 1))
        if (isOpening(line, at))
            return true;
    return false;
}

bool endsHeredoc(QStringView row, const HeredocWord &word)
{
    if (word.stripsTabs)
        while (row.startsWith(u'\t'))
            row = row.sliced(1);
    return row == word.name;
}

qsizetype HeredocEnds::find(const HeredocWord &word, qsizetype from)
{
    const auto key = [&word] { return QString((word.stripsTabs ? u'-' : u' ') + word.name); };
    if (!m_missingFrom.isEmpty() && from >= m_missingFrom.value(key(), m_text.size() + 1))
        return -1;
    if (!m_lastRow.isEmpty() && m_lastRow.value(word.name, -1) < from)
        return -1;
    for (qsizetype at = from; at < m_text.size();) {
        const Row row = rowAt(m_text, at);
        if (endsHeredoc(row.content(m_text), word))
            return at;
        at = row.end;
    }
    m_missingFrom.insert(key(), from);
    constexpr int manyMisses = 8;
    if (++m_misses == manyMisses)
        indexRows();
    return -1;
}

void HeredocEnds::indexRows()
{
    for (qsizetype at = 0; at < m_text.size();) {
        const Row row = rowAt(m_text, at);
        QStringView content = row.content(m_text);
        m_lastRow.insert(content, at);
        while (content.startsWith(u'\t'))
            content = content.sliced(1);
        m_lastRow.insert(content, at);
        at = row.end;
    }
}

}
