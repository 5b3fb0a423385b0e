// SPDX-License-Identifier: Apache-2.0
#include "language/builderwords.h"
#include "language/expansion.h"
#include "language/proposals.h"
#include "language/reference.h"
#include "language/text.h"
#include "language/variablescan.h"

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

bool isOfName(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

// Whether a variable that is typed here would be replaced by anybody.
bool counts(const CompletionPlace &place)
{
    switch (place.kind) {
    case CompletionPlace::Kind::Heredoc:
        return place.expands;
    case CompletionPlace::Kind::Flag: {
        const QString name = place.word.sliced(2).section(u'=', 0, 0);
        const QString field = place.word.section(u',', -1);
        return isExpandedFlag(place.keyword, name) && !field.startsWith("from="_L1);
    }
    case CompletionPlace::Kind::Word:
        if (isLeftToShell(place.keyword))
            return !place.inJson;
        return isExpandedByBuilder(place.keyword) &&
               (place.keyword != Keyword::From || place.words.isEmpty());
    case CompletionPlace::Kind::Nothing:
    case CompletionPlace::Kind::Keyword:
    case CompletionPlace::Kind::Comment:
        break;
    }
    return false;
}

// What was typed of a name after $ or ${ at the end; nothing when no variable ends there.
std::optional<QString> typedName(const Tree &tree, const CompletionPlace &place, bool &hasBrace)
{
    QString text = isLeftToShell(place.keyword) && place.kind == CompletionPlace::Kind::Word
                       ? place.argumentsSoFar
                       : place.word;
    qsizetype start = text.size();
    while (start > 0 && isOfName(text[start - 1]))
        --start;
    hasBrace = start >= 2 && text[start - 1] == u'{' && text[start - 2] == u'$';
    if (!hasBrace && (start == 0 || text[start - 1] != u'$'))
        return std::nullopt;
    const QString typed = text.sliced(start);
    // Quotes and escapes decide: what is read when a letter follows?
    if (typed.isEmpty())
        text += u'x';
    const bool byShell = isLeftToShell(place.keyword) && place.kind != CompletionPlace::Kind::Flag;
    const auto found =
        scanVariables(text, {0, text.size()}, byShell ? u'\\' : tree.escape(),
                      place.kind == CompletionPlace::Kind::Heredoc ? Quotes::MeanNothing : Quotes::Count);
    if (found.empty() || found.back().name.end() != text.size())
        return std::nullopt;
    return typed;
}

}

std::optional<Completion> completeVariable(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    bool hasBrace = false;
    const auto typed = typedName(question.tree, place, hasBrace);
    if (!typed)
        return std::nullopt;
    Proposals proposals(*typed, place.piece(typed->size(), isOfName));
    if (!counts(place))
        return proposals.take();
    const bool isClosed =
        place.after.sliced(std::ranges::find_if_not(place.after, isOfName) - place.after.begin())
            .startsWith(u'}');
    auto variables = variablesAt(question.tree, place.line, question.facts.values);
    // The nearest declaration is the likeliest; what the builder sets comes last.
    std::ranges::stable_sort(variables, [](const Variable &a, const Variable &b) { return a.line > b.line; });
    for (const Variable &variable : variables) {
        const QString origin = originInWords(question.tree, variable);
        const QString value = variable.value.value_or(QString());
        proposals.add({.label = variable.name,
                       .insert = variable.name + (hasBrace && !isClosed ? u"}"_s : QString()),
                       .kind = CompletionKind::Variable,
                       .detail = value.isEmpty() ? origin : QString(value + u" · "_s + origin),
                       .topic = topic(u"variable "_s + variable.name).name.isEmpty()
                                    ? QString()
                                    : QString(u"variable "_s + variable.name)});
    }
    return proposals.take();
}

Completion completeHeredoc(const CompletionQuestion &question)
{
    if (auto variables = completeVariable(question))
        return std::move(*variables);
    if (question.place.keyword != Keyword::Run)
        return {.range = {question.place.offset, 0}, .items = {}};
    qsizetype start = question.place.word.size();
    while (start > 0 && !question.place.word[start - 1].isSpace())
        --start;
    return completeCommandPath(question, question.place.word.sliced(start));
}

}
