// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/shellpattern.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// As the builder, by way of a regular expression: its rules for what matches first are then ours.
std::optional<QRegularExpression> expression(const QString &pattern, bool longest, bool anchored)
{
    QString out = anchored ? u"^"_s : QString();
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        QChar c = pattern[i];
        if (c == u'*') {
            out += longest ? u".*"_s : u".*?"_s;
            continue;
        }
        if (c == u'?') {
            out += u'.';
            continue;
        }
        if (c == u'\\') {
            const QChar next = i + 1 < pattern.size() ? pattern[i + 1] : QChar();
            if (next == u'}' || next == u'/')
                continue; // escaped only because of ${...}
            if (next != u'*' && next != u'?' && next != u'\\')
                return std::nullopt;
            c = next;
            ++i;
        }
        if (c.isHighSurrogate() && i + 1 < pattern.size()) {
            out += c;
            c = pattern[++i];
        } else if (!c.isLetterOrNumber() && c.unicode() < 0x80) {
            out += u'\\';
        }
        out += c;
    }
    const QRegularExpression result(out);
    return result.isValid() ? std::optional(result) : std::nullopt;
}

// The builder reverses the pattern to look from the end; an escape stays before its character.
QString reversedPattern(const QString &pattern)
{
    QString out;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'\\' && i + 1 < pattern.size()) {
            out.prepend(pattern.sliced(i, 2));
            ++i;
        } else if (pattern[i].isHighSurrogate() && i + 1 < pattern.size()) {
            out.prepend(pattern.sliced(i, 2));
            ++i;
        } else {
            out.prepend(pattern[i]);
        }
    }
    return out;
}

QString reversedText(const QString &text)
{
    QString out;
    for (qsizetype i = text.size(); i > 0; --i) {
        if (text[i - 1].isLowSurrogate() && i > 1 && text[i - 2].isHighSurrogate()) {
            out += text[i - 2];
            out += text[i - 1];
            --i;
        } else {
            out += text[i - 1];
        }
    }
    return out;
}

// "$1" and "${name}" in the text that replaces all matches stand for groups, of which a pattern has none.
QString withoutGroups(const QString &replacement)
{
    static const QRegularExpression group(u"\\$(?:\\$|\\w+|\\{\\w+\\})"_s);
    QString out;
    qsizetype from = 0;
    for (auto it = group.globalMatch(replacement); it.hasNext();) {
        const auto match = it.next();
        out += replacement.sliced(from, match.capturedStart() - from);
        if (match.captured() == u"$$")
            out += u'$';
        from = match.capturedEnd();
    }
    return out + replacement.sliced(from);
}

}

std::optional<QString> withoutPrefix(const QString &value, const QString &pattern, bool longest)
{
    const auto regex = expression(pattern, longest, true);
    if (!regex)
        return std::nullopt;
    const auto match = regex->match(value);
    return match.hasMatch() ? value.sliced(match.capturedEnd()) : value;
}

std::optional<QString> withoutSuffix(const QString &value, const QString &pattern, bool longest)
{
    const auto rest = withoutPrefix(reversedText(value), reversedPattern(pattern), longest);
    return rest ? std::optional(reversedText(*rest)) : std::nullopt;
}

std::optional<QString> replaced(const QString &value, const QString &pattern, const QString &with, bool all)
{
    const auto regex = expression(pattern, true, false);
    if (!regex)
        return std::nullopt;
    QString out;
    qsizetype from = 0;
    const QString text = all ? withoutGroups(with) : with;
    for (auto it = regex->globalMatch(value); it.hasNext();) {
        const auto match = it.next();
        // Go does not count an empty match right after the match before.
        if (match.capturedLength() == 0 && match.capturedStart() == from && from > 0)
            continue;
        out += value.sliced(from, match.capturedStart() - from) + text;
        from = match.capturedEnd();
        if (!all)
            break;
    }
    return out + value.sliced(from);
}

}
