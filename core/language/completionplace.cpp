// SPDX-License-Identifier: Apache-2.0
#include "language/completionplace.h"

#include "dockerfile/instruction.h"

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

using Kind = CompletionPlace::Kind;

// Which part of the line holds the place, where it is not what the builder joins.
bool isInComment(const Line &line, qsizetype within)
{
    qsizetype at = 0;
    for (const Token &token : line.tokens) {
        const qsizetype end = at + token.length;
        if (token.kind == TokenKind::Comment && at < within && within <= end)
            return true;
        at = end;
    }
    return false;
}

// True when the place is behind the rows of the instruction itself: in a heredoc's body or its end.
bool readHeredoc(const Tree &tree, CompletionPlace &place)
{
    const Line &line = tree.line(place.line);
    if (!line.text.contains("<<"_L1))
        return false;
    const Instruction instruction(tree, place.line);
    const auto &heredocs = instruction.heredocs();
    if (heredocs.empty() || place.offset < heredocs.front().bodyRange.start ||
        (place.offset == heredocs.front().bodyRange.start && line.rows == 0))
        return false;
    for (const Heredoc &heredoc : heredocs) {
        const base::TextRange body = heredoc.bodyRange;
        const bool isIn = body.contains(place.offset) || (!heredoc.terminated && place.offset == body.end());
        if (!isIn || place.offset < body.start)
            continue;
        place.kind = Kind::Heredoc;
        place.keyword = line.keyword;
        place.expands = heredoc.expands || line.keyword == Keyword::Run;
        const qsizetype start = body.start - tree.lineRange(place.line).start;
        place.word = line.text.sliced(start, place.offset - body.start);
        return true;
    }
    return true; // its end
}

// What was typed of the string in which a half-typed JSON list ends; nothing between strings.
std::optional<QString> openString(QStringView list, QStringList &before)
{
    QString item;
    bool inString = false;
    for (qsizetype at = 0; at < list.size(); ++at) {
        const QChar c = list[at];
        if (inString && c == u'\\' && at + 1 < list.size()) {
            item += c;
            item += list[++at];
        } else if (c == u'"') {
            if (inString)
                before.append(std::exchange(item, {}));
            inString = !inString;
        } else if (inString) {
            item += c;
        }
    }
    return inString ? std::optional(item) : std::nullopt;
}

bool mayBeJson(const InstructionParts &parts)
{
    switch (parts.keyword) {
    case Keyword::Add:
    case Keyword::Cmd:
    case Keyword::Copy:
    case Keyword::Entrypoint:
    case Keyword::Healthcheck:
    case Keyword::Run:
    case Keyword::Shell:
    case Keyword::Volume:
        return true;
    default:
        return false;
    }
}

void readArguments(const Reading &reading, CompletionPlace &place)
{
    const InstructionParts &parts = reading.inner();
    const QString &text = reading.text();
    const bool isNew = isSpace(text.back());
    place.kind = Kind::Word;
    place.argumentsSoFar = text.sliced(skipSpace(text, parts.arguments.start, text.size()));
    for (const Span flag : parts.flags)
        place.flags.append(reading.text(flag).toString());

    qsizetype listStart = parts.arguments.start;
    if (parts.keyword == Keyword::Healthcheck && !parts.words.empty())
        listStart = skipSpace(text, parts.words.front().end(), text.size());
    if (mayBeJson(parts) && listStart < text.size() && text[listStart] == u'[') {
        const auto typed = openString(QStringView(text).sliced(listStart), place.words);
        place.inJson = typed.has_value();
        place.word = typed.value_or(QString());
        if (!typed)
            place.kind = Kind::Nothing;
        return;
    }
    for (const Span word : parts.words)
        place.words.append(reading.text(word).toString());
    const bool isSeparator = parts.separator.length > 0 && parts.separator.end() == text.size();
    const bool isDash = !isNew && place.words == QStringList(u"-"_s);
    if (isSeparator || isDash) {
        place.kind = Kind::Flag;
        place.word = isDash ? u"-"_s : u"--"_s;
        place.words.clear();
    } else if (!isNew && !parts.words.empty()) {
        place.word = place.words.takeLast();
    } else if (!isNew && !place.flags.isEmpty() && parts.flags.back().end() == text.size()) {
        place.kind = Kind::Flag;
        place.word = place.flags.takeLast();
    }
}

void readInstructionPlace(const Tree &tree, CompletionPlace &place)
{
    place.reading = Reading(tree, place.line, place.offset);
    const Reading &reading = *place.reading;
    const InstructionParts &parts = reading.inner();
    const QString &text = reading.text();
    place.afterOnbuild = reading.parts().size() > 1;
    if (parts.keywordSpan.end() >= text.size()) {
        place.kind = Kind::Keyword;
        place.word = reading.text(parts.keywordSpan).toString();
        return;
    }
    if (parts.keyword == Keyword::Onbuild) { // and a blank behind it
        place.kind = Kind::Keyword;
        place.afterOnbuild = true;
        return;
    }
    place.keyword = parts.keyword;
    readArguments(reading, place);
}

}

bool isAmongDirectives(const Tree &tree, int line)
{
    for (int i = 0; i < line; ++i)
        if (tree.line(i).kind != LineKind::Directive)
            return false;
    return true;
}

int stageIndexAt(const graph::StageGraph &graph, int line)
{
    const auto after = std::ranges::upper_bound(graph.stages, line, {}, &graph::Stage::fromLine);
    return int(after - graph.stages.begin()) - 1;
}

CompletionPlace completionPlace(const Tree &tree, const graph::StageGraph &graph, qsizetype offset)
{
    CompletionPlace place{.offset = offset};
    place.line = tree.lineAt(offset);
    if (place.line < 0) {
        place.kind = Kind::Keyword;
        place.line = 0;
        return place;
    }
    const Line &line = tree.line(place.line);
    const qsizetype within = offset - tree.lineRange(place.line).start;
    const bool isNewLine = within == line.text.size() && line.text.endsWith(u'\n') && !line.unterminated;
    if (isNewLine || line.kind == LineKind::Blank) {
        place.kind = Kind::Keyword;
        place.line += isNewLine;
        place.stage = stageIndexAt(graph, place.line);
        return place;
    }
    place.stage = stageIndexAt(graph, place.line);
    const QStringView rest = QStringView(line.text).sliced(within);
    place.after = rest.first(rowAt(rest, 0).contentEnd).toString();
    if (line.kind == LineKind::Comment || line.kind == LineKind::Directive) {
        const QString typed = line.text.first(within);
        const qsizetype hash = typed.indexOf(u'#');
        // "# check=skip=..." also stands right above an instruction.
        if (hash >= 0 && (isAmongDirectives(tree, place.line) || typed.contains("check="_L1))) {
            place.kind = Kind::Comment;
            place.word = typed.sliced(hash);
        }
        return place;
    }
    if (!isInComment(line, within) && !readHeredoc(tree, place))
        readInstructionPlace(tree, place);
    return place;
}

}
