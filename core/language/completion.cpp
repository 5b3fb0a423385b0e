// SPDX-License-Identifier: Apache-2.0
#include "language/completion.h"

#include "language/proposals.h"
#include "language/reference.h"
#include "language/text.h"

#include "lint/ruleset.h"

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

// In the order in which they are likely to be wanted.
constexpr Keyword likelyKeywords[] = {
    Keyword::Run,        Keyword::Copy,    Keyword::Workdir,     Keyword::Env,    Keyword::Arg,
    Keyword::Expose,     Keyword::User,    Keyword::Entrypoint,  Keyword::Cmd,    Keyword::From,
    Keyword::Add,        Keyword::Label,   Keyword::Healthcheck, Keyword::Volume, Keyword::Shell,
    Keyword::Stopsignal, Keyword::Onbuild, Keyword::Maintainer};

bool isLegal(Keyword keyword, const CompletionPlace &place, int stage)
{
    if (place.afterOnbuild)
        return keyword != Keyword::From && keyword != Keyword::Onbuild && keyword != Keyword::Maintainer;
    return stage >= 0 || keyword == Keyword::From || keyword == Keyword::Arg;
}

std::optional<bool> writesLowerCase(const Line &line)
{
    if (line.kind != LineKind::Instruction || line.keyword == Keyword::Unknown)
        return std::nullopt;
    for (const QChar c : line.text)
        if (c.isLetter())
            return c.isLower();
    return std::nullopt;
}

// As the nearest instructions are written: above, else below, else as the word was begun.
bool writesLowerCase(const Tree &tree, const CompletionPlace &place)
{
    constexpr int reach = 50;
    for (int line = place.line - 1; line >= 0 && line > place.line - reach; --line)
        if (const auto lower = writesLowerCase(tree.line(line)))
            return *lower;
    for (int line = place.line + 1; line < tree.lineCount() && line < place.line + reach; ++line)
        if (const auto lower = writesLowerCase(tree.line(line)))
            return *lower;
    return !place.word.isEmpty() && place.word.front().isLower();
}

Completion completeKeyword(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    const bool lower = writesLowerCase(question.tree, place);
    const QString blank = place.after.isEmpty() || !isSpace(place.after.front()) ? u" "_s : QString();
    Proposals proposals(place.word, place.piece(place.word.size(), [](QChar c) { return c.isLetter(); }));
    const int stage = stageIndexAt(question.graph, place.line - 1);
    if (stage < 0 && place.word.isEmpty() && question.tree.directive(u"syntax").isEmpty() &&
        isAmongDirectives(question.tree, place.line)) {
        proposals.add({.label = u"# syntax=docker/dockerfile:1"_s,
                       .kind = CompletionKind::Directive,
                       .detail = topic(u"directive syntax"_s).summary,
                       .topic = u"directive syntax"_s});
    }
    for (const Keyword keyword : likelyKeywords) {
        if (!isLegal(keyword, place, stage))
            continue;
        const QString text = lower ? keywordText(keyword).toLower() : keywordText(keyword);
        proposals.add({.label = text,
                       .insert = text + blank,
                       .kind = CompletionKind::Instruction,
                       .detail = topic(keywordText(keyword)).summary,
                       .topic = keywordText(keyword),
                       .goesOn = true});
    }
    return proposals.take();
}

// The value of "# check=", from its last ; or , on.
Completion completeCheck(const CompletionPlace &place, const QString &value)
{
    const auto isOfName = [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'='; };
    const QString setting = value.section(u';', -1);
    const qsizetype equals = setting.indexOf(u'=');
    if (equals < 0) {
        Proposals proposals(setting, place.piece(setting.size(), isOfName));
        for (const QString &child : topic(u"directive check"_s).children) {
            const Topic &found = topic(child);
            proposals.add({.label = found.name,
                           .kind = CompletionKind::Value,
                           .detail = found.summary,
                           .topic = child,
                           .goesOn = found.name.endsWith(u'=')});
        }
        return proposals.take();
    }
    const QString typed = setting.sliced(equals + 1).section(u',', -1);
    Proposals proposals(typed, place.piece(typed.size(), isOfName));
    if (setting.startsWith("error"_L1)) {
        proposals.add({.label = u"true"_s});
        proposals.add({.label = u"false"_s});
        return proposals.take();
    }
    proposals.add({.label = u"all"_s});
    proposals.addTopics(u"directive check skip="_s, CompletionKind::Value);
    for (const lint::Rule *rule : lint::allRules()) {
        const QLatin1StringView name = rule->builderName.isEmpty() ? rule->id : rule->builderName;
        proposals.add({.label = name, .kind = CompletionKind::Value, .detail = lint::summaryOf(*rule)});
    }
    return proposals.take();
}

Completion completeDirective(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    const qsizetype equals = place.word.indexOf(u'=');
    if (equals >= 0) {
        const QString name = place.word.sliced(1, equals - 1).trimmed().toLower();
        const QString value = place.word.sliced(equals + 1).trimmed();
        if (name == "check"_L1)
            return completeCheck(place, value);
        Proposals proposals = proposalsForWord(place, value);
        proposals.addTopics(u"directive "_s + name, CompletionKind::Value);
        return proposals.take();
    }
    const QString typed = place.word.sliced(1).trimmed();
    Proposals proposals(typed, place.piece(typed.size(), [](QChar c) { return c.isLetter(); }));
    const QString blank = place.word == u'#' ? u" "_s : QString();
    const QString assign = place.after.contains(u'=') ? QString() : u"="_s;
    for (const QString &child : topic(u"directive"_s).children) {
        const Topic &found = topic(child);
        if (question.tree.directive(found.name).isEmpty()) {
            proposals.add({.label = found.name,
                           .insert = blank + found.name + assign,
                           .kind = CompletionKind::Directive,
                           .detail = found.summary,
                           .topic = child,
                           .goesOn = true});
        }
    }
    return proposals.take();
}

// Is there something to choose from right behind the keyword?
bool hasWordsToChoose(Keyword keyword)
{
    switch (keyword) {
    case Keyword::Add:
    case Keyword::Arg:
    case Keyword::Cmd:
    case Keyword::Copy:
    case Keyword::Entrypoint:
    case Keyword::Env:
    case Keyword::Expose:
    case Keyword::From:
    case Keyword::Healthcheck:
    case Keyword::Label:
    case Keyword::Onbuild:
    case Keyword::Shell:
    case Keyword::Stopsignal:
    case Keyword::User:
    case Keyword::Workdir:
        return true;
    case Keyword::Unknown:
    case Keyword::Maintainer:
    case Keyword::Run:
    case Keyword::Volume:
        return false;
    }
    return false;
}

}

Completion complete(const Tree &tree, const graph::StageGraph &graph, qsizetype offset, const Facts &facts)
{
    const CompletionPlace place = completionPlace(tree, graph, offset);
    const CompletionQuestion question{tree, graph, facts, place};
    switch (place.kind) {
    case CompletionPlace::Kind::Nothing:
        break;
    case CompletionPlace::Kind::Keyword:
        return completeKeyword(question);
    case CompletionPlace::Kind::Comment:
        return completeDirective(question);
    case CompletionPlace::Kind::Heredoc:
        return completeHeredoc(question);
    case CompletionPlace::Kind::Flag:
        if (auto variables = completeVariable(question))
            return std::move(*variables);
        return completeFlag(question);
    case CompletionPlace::Kind::Word:
        if (auto variables = completeVariable(question))
            return std::move(*variables);
        return completeWord(question);
    }
    return {.range = {offset, 0}, .items = {}};
}

bool opensByItself(const Tree &tree, qsizetype offset, QChar typed)
{
    const CompletionPlace place = completionPlace(tree, {}, offset);
    switch (place.kind) {
    case CompletionPlace::Kind::Nothing:
        return false;
    case CompletionPlace::Kind::Comment:
        return typed == u'=' || typed == u',' ||
               (typed.isLetter() && place.word.sliced(1).trimmed().size() == 1);
    case CompletionPlace::Kind::Keyword:
        return (typed.isLetter() && place.word.size() == 1) || (typed == u' ' && place.afterOnbuild);
    case CompletionPlace::Kind::Heredoc:
        return typed == u'$' || (typed == u'{' && place.word.endsWith("${"_L1));
    case CompletionPlace::Kind::Flag:
        return typed == u'$' || typed == u'{' || typed == u'=' || typed == u',' || typed == u'/' ||
               place.word == "--"_L1;
    case CompletionPlace::Kind::Word:
        if (typed == u' ')
            return hasWordsToChoose(place.keyword);
        return typed == u'$' || typed == u'/' || (typed == u'{' && place.word.endsWith("${"_L1)) ||
               (typed == u'=' && place.keyword != Keyword::Run) || (typed == u'"' && place.inJson);
    }
    return false;
}

}
