// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/linelexer.h"
#include "dockerfile/wordsplit.h"

namespace dockerfile {

namespace {

bool takesJson(Keyword keyword)
{
    switch (keyword) {
    case Keyword::Add:
    case Keyword::Cmd:
    case Keyword::Copy:
    case Keyword::Entrypoint:
    case Keyword::Run:
    case Keyword::Shell:
    case Keyword::Volume:
        return true;
    case Keyword::Unknown:
    case Keyword::Arg:
    case Keyword::Env:
    case Keyword::Expose:
    case Keyword::From:
    case Keyword::Healthcheck:
    case Keyword::Label:
    case Keyword::Maintainer:
    case Keyword::Onbuild:
    case Keyword::Stopsignal:
    case Keyword::User:
    case Keyword::Workdir:
        return false;
    }
    return false;
}

// True when the list was taken as the one word.
bool readJson(QStringView joined, Span span, InstructionParts &parts)
{
    if (span.length == 0 || joined[span.start] != u'[')
        return false;
    parts.json = jsonForm(span.in(joined));
    if (parts.json == JsonList::Form::None)
        return false;
    parts.jsonSpan = span;
    parts.words.push_back(span);
    return true;
}

void readPairs(QStringView joined, QChar escape, InstructionParts &parts)
{
    splitQuoted(joined, parts.arguments, escape, parts.words);
    if (parts.words.empty() || parts.words.front().in(joined).contains(u'='))
        return;
    // The old form: a name, and all the rest is its value. Quotes do not count for where the name ends.
    parts.oldForm = true;
    parts.words.clear();
    const qsizetype end = parts.arguments.end();
    qsizetype at = parts.arguments.start;
    while (at < end && !isBlank(joined[at]))
        ++at;
    parts.words.push_back({parts.arguments.start, at - parts.arguments.start});
    while (at < end && isBlank(joined[at]))
        ++at;
    if (at < end)
        parts.words.push_back({at, end - at});
}

void readHealthcheck(QStringView joined, QChar escape, InstructionParts &parts)
{
    const qsizetype end = parts.arguments.end();
    qsizetype at = parts.arguments.start;
    while (at < end && !isSpace(joined[at]))
        ++at;
    parts.words.push_back({parts.arguments.start, at - parts.arguments.start});
    at = skipSpace(joined, at, end);
    const Span command{at, end - at};
    if (!readJson(joined, command, parts))
        splitQuoted(joined, command, escape, parts.words);
}

void readWords(QStringView joined, QChar escape, InstructionParts &parts)
{
    if (parts.arguments.length == 0)
        return;
    if (takesJson(parts.keyword) && readJson(joined, parts.arguments, parts))
        return;
    switch (parts.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
    case Keyword::Expose:
    case Keyword::From:
    case Keyword::Volume:
        return splitAtBlanks(joined, parts.arguments, parts.words);
    case Keyword::Env:
    case Keyword::Label:
        return readPairs(joined, escape, parts);
    case Keyword::Maintainer:
    case Keyword::Stopsignal:
    case Keyword::User:
    case Keyword::Workdir:
        parts.words.push_back(parts.arguments);
        return;
    case Keyword::Healthcheck:
        return readHealthcheck(joined, escape, parts);
    case Keyword::Onbuild:
        return;
    case Keyword::Unknown:
    case Keyword::Arg:
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Run:
    case Keyword::Shell:
        return splitQuoted(joined, parts.arguments, escape, parts.words);
    }
}

void readOne(QStringView joined, Span line, QChar escape, InstructionParts &parts)
{
    parts.flags.clear();
    parts.words.clear();
    parts.separator = {};
    parts.json = JsonList::Form::None;
    parts.jsonSpan = {};
    parts.oldForm = false;
    const qsizetype end = line.end();
    qsizetype at = line.start;
    while (at < end && !isBlank(joined[at]))
        ++at;
    parts.keywordSpan = {line.start, at - line.start};
    parts.keyword = keywordFromText(parts.keywordSpan.in(joined));
    while (at < end && isBlank(joined[at]))
        ++at;
    parts.arguments = splitFlags(joined, {at, end - at}, parts.flags, parts.separator);
    readWords(joined, escape, parts);
}

}

void readInstruction(QStringView joined, QChar escape, std::vector<InstructionParts> &parts)
{
    Span line = trimmedSpan(joined, {0, joined.size()});
    size_t count = 0;
    do {
        if (count == parts.size())
            parts.emplace_back();
        InstructionParts &part = parts[count++];
        readOne(joined, line, escape, part);
        line = part.arguments;
    } while (parts[count - 1].keyword == Keyword::Onbuild && line.length > 0);
    parts.resize(count);
}

std::optional<Directive> readDirective(QStringView comment)
{
    const auto isRegexSpace = [](QChar c) { return c == u' ' || c == u'\t' || c == u'\f' || c == u'\r'; };
    const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); };
    const qsizetype end = comment.size();
    const qsizetype start = skipSpace(comment, 1, end);
    qsizetype at = start;
    while (at < end && (isLetter(comment[at]) || (at > start && comment[at] >= u'0' && comment[at] <= u'9')))
        ++at;
    const QStringView name = comment.sliced(start, at - start);
    while (at < end && isRegexSpace(comment[at]))
        ++at;
    if (name.isEmpty() || at == end || comment[at] != u'=' || at + 1 == end)
        return std::nullopt;
    const bool known = name.compare(u"syntax", Qt::CaseInsensitive) == 0 ||
                       name.compare(u"escape", Qt::CaseInsensitive) == 0 ||
                       name.compare(u"check", Qt::CaseInsensitive) == 0;
    if (!known)
        return std::nullopt;
    // A value of blanks only still is one: the last of them.
    qsizetype valueStart = at + 1;
    while (valueStart + 1 < end && isRegexSpace(comment[valueStart]))
        ++valueStart;
    qsizetype valueEnd = end;
    while (valueEnd > valueStart + 1 && isRegexSpace(comment[valueEnd - 1]))
        --valueEnd;
    return Directive{name.toString().toLower(), comment.sliced(valueStart, valueEnd - valueStart).toString()};
}

}
