// SPDX-License-Identifier: Apache-2.0
// What BuildKit's instructions refuse after its parser took them (frontend/dockerfile/instructions/parse.go):
// too few arguments, flags that do not exist, values that cannot be expanded. The build stops at once. Found
// by counting as the builder counts.
#include "lint/nearest.h"
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/builderexpands.h"
#include "dockerfile/validation.h"
#include "dockerfile/variables.h"
#include "dockerfile/views.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

struct KnownFlag
{
    QLatin1StringView name;
    bool isSwitch = false;
    bool mayRepeat = false;
};

std::vector<KnownFlag> flagsOf(Keyword keyword)
{
    switch (keyword) {
    case Keyword::From:
        return {{"platform"_L1}};
    case Keyword::Run:
        return {{"mount"_L1, false, true}, {"network"_L1}, {"security"_L1}, {"device"_L1, false, true}};
    case Keyword::Copy:
        return {{"from"_L1},       {"chown"_L1},         {"chmod"_L1},
                {"link"_L1, true}, {"parents"_L1, true}, {"exclude"_L1, false, true}};
    case Keyword::Add:
        return {{"chown"_L1},    {"chmod"_L1},        {"link"_L1, true},          {"keep-git-dir"_L1, true},
                {"checksum"_L1}, {"unpack"_L1, true}, {"exclude"_L1, false, true}};
    case Keyword::Healthcheck:
        return {{"interval"_L1}, {"timeout"_L1}, {"start-period"_L1}, {"start-interval"_L1}, {"retries"_L1}};
    default:
        return {};
    }
}

class Checker
{
public:
    Checker(const Input &input, const Instruction &instruction, Findings &findings)
        : m_input(input)
        , m_instruction(instruction)
        , m_findings(findings)
        , m_name(keywordText(instruction.keyword()))
    {}

    void run()
    {
        checkFlags();
        if (checkCount())
            checkMeaning();
    }

private:
    void add(base::TextRange range, const QString &message, const QString &hint = {})
    {
        m_findings.push_back(found(range, message, hint));
    }
    void addHere(const QString &message, const QString &hint = {})
    {
        add(m_instruction.keywordWord().range, message, hint);
    }

    void checkFlags()
    {
        const auto known = flagsOf(m_instruction.keyword());
        QStringList names;
        for (const KnownFlag &flag : known)
            names += flag.name;
        QStringList seen;
        for (const Flag &flag : m_instruction.flags()) {
            const auto it = std::ranges::find(known, flag.name, &KnownFlag::name);
            if (it == known.end())
                reportUnknown(flag, names);
            else if (seen.contains(flag.name) && !it->mayRepeat)
                add(flag.range, Text::tr("--%1 is said twice.").arg(flag.name),
                    Text::tr("Keep one of them."));
            else if (!it->isSwitch && !flag.value)
                add(flag.range, Text::tr("--%1 needs a value.").arg(flag.name),
                    Text::tr("Write --%1=value.").arg(flag.name));
            else if (flag.name == "security"_L1 && !m_input.tree.directive(u"syntax").contains("labs"_L1))
                add(flag.range,
                    Text::tr("Only the labs channel of the Dockerfile frontend knows --security."),
                    Text::tr("Begin the file with \"# syntax=docker/dockerfile:1-labs\"."));
            seen += flag.name;
        }
    }

    void reportUnknown(const Flag &flag, const QStringList &names)
    {
        const QString meant = nearest(flag.name, names);
        add(flag.range, Text::tr("%1 has no flag --%2.").arg(m_name, flag.name),
            meant.isEmpty() ? Text::tr("Remove it.") : Text::tr("Did you mean --%1?").arg(meant));
    }

    // False when there is nothing further to look at.
    bool checkCount()
    {
        const auto count = m_instruction.words().size();
        const bool isEmpty = m_instruction.arguments().trimmed().isEmpty();
        switch (m_instruction.keyword()) {
        case Keyword::Env:
        case Keyword::Label:
        case Keyword::Arg:
        case Keyword::Expose:
        case Keyword::Volume:
        case Keyword::Onbuild:
        case Keyword::Healthcheck:
        case Keyword::Workdir:
        case Keyword::User:
        case Keyword::Stopsignal:
        case Keyword::Maintainer:
        case Keyword::Shell:
            if (isEmpty)
                addHere(Text::tr("%1 needs an argument.").arg(m_name), exampleOf(m_instruction.keyword()));
            return !isEmpty;
        case Keyword::Copy:
        case Keyword::Add:
            if (pathCount() < 2)
                addHere(Text::tr("%1 needs a source and a destination.").arg(m_name),
                        exampleOf(m_instruction.keyword()));
            return true;
        case Keyword::From:
            if (count != 1 && count != 3) {
                addHere(Text::tr("FROM takes an image, or an image, AS and a name."),
                        exampleOf(m_instruction.keyword()));
                return false;
            }
            return true;
        default:
            return true;
        }
    }

    [[nodiscard]] qsizetype pathCount() const
    {
        const auto items = m_instruction.json();
        return items ? items->size() : qsizetype(m_instruction.words().size());
    }

    static QString exampleOf(Keyword keyword)
    {
        switch (keyword) {
        case Keyword::From:
            return Text::tr("Write it like \"FROM golang:alpine AS builder\".");
        case Keyword::Copy:
        case Keyword::Add:
            return Text::tr("Write it like \"%1 go.mod ./\".").arg(keywordText(keyword));
        case Keyword::Env:
        case Keyword::Label:
        case Keyword::Arg:
            return Text::tr("Write it like \"%1 NAME=value\".").arg(keywordText(keyword));
        case Keyword::Shell:
            return Text::tr("Write it like \"SHELL [\"/bin/sh\", \"-c\"]\".");
        default:
            return Text::tr("Write what it is about behind it, or remove the line.");
        }
    }

    void checkMeaning()
    {
        switch (m_instruction.keyword()) {
        case Keyword::From:
            checkFrom();
            break;
        case Keyword::Shell:
            if (!m_instruction.json())
                addHere(Text::tr("SHELL takes a JSON list."), exampleOf(Keyword::Shell));
            break;
        case Keyword::Healthcheck:
            checkHealth();
            break;
        case Keyword::Onbuild:
            checkOnbuild();
            break;
        default:
            break;
        }
        checkExpansion();
    }

    void checkFrom()
    {
        const auto &words = m_instruction.words();
        if (words.size() != 3)
            return;
        if (words[1].text.compare("as"_L1, Qt::CaseInsensitive) != 0)
            add(words[1].range,
                Text::tr("Between image and name FROM has AS, not \"%1\".").arg(words[1].text),
                exampleOf(Keyword::From));
        else if (const QString reason = whyNoStageName(words[2].text.toLower()); !reason.isEmpty())
            add(words[2].range, reason);
    }

    void checkHealth()
    {
        const QString arguments = m_instruction.arguments().trimmed();
        const QString type = arguments.section(u' ', 0, 0).toUpper();
        const QString rest = arguments.section(u' ', 1).trimmed();
        if (type == "NONE"_L1) {
            if (!rest.isEmpty())
                addHere(Text::tr("HEALTHCHECK NONE takes nothing more."),
                        Text::tr("Remove what follows NONE."));
        } else if (type != "CMD"_L1) {
            addHere(Text::tr("HEALTHCHECK has CMD or NONE, not \"%1\".").arg(type),
                    Text::tr("Write it like \"HEALTHCHECK CMD [\"/app\", \"-health\"]\"."));
        } else if (rest.isEmpty()) {
            addHere(Text::tr("HEALTHCHECK CMD needs a command."),
                    Text::tr("Write it like \"HEALTHCHECK CMD [\"/app\", \"-health\"]\"."));
        }
    }

    void checkOnbuild()
    {
        const auto trigger = viewOnbuild(m_instruction);
        if (!trigger)
            return;
        const Keyword keyword = trigger->keyword();
        if (keyword == Keyword::From || keyword == Keyword::Maintainer || keyword == Keyword::Onbuild)
            addHere(Text::tr("%1 cannot stand behind ONBUILD.").arg(keywordText(keyword)),
                    Text::tr("Remove the line, or ONBUILD in front of it."));
    }

    // Words with ${ or quotes that never end.
    void checkExpansion()
    {
        if (!isExpandedByBuilder(m_instruction.keyword()))
            return;
        for (const Word &word : m_instruction.words()) {
            if (!m_instruction.json() && !word.text.startsWith("<<"_L1))
                checkWord(word);
        }
    }

    void checkWord(const Word &word)
    {
        const bool isWorthALook =
            word.text.contains(u'$') || word.text.contains(u'"') || word.text.contains(u'\'');
        if (!isWorthALook)
            return;
        // Names without a value are another rule's matter, ${X?} among them.
        const QString error = expandChecked(word.text, {}, m_input.tree.escape()).error;
        if (!error.isEmpty() && !word.text.contains(u'?'))
            add(word.range, error, Text::tr("Close it, or write the escape character before it."));
    }

    const Input &m_input;
    const Instruction &m_instruction;
    Findings &m_findings;
    QString m_name;
};

// Only ARG may stand above the first FROM, and without one there is nothing to build.
void checkStages(const Input &input, Findings &findings)
{
    const auto isFrom = [](const Instruction &one) { return one.keyword() == Keyword::From; };
    const auto first = std::ranges::find_if(input.instructions, isFrom);
    for (auto it = input.instructions.begin(); it != first; ++it) {
        if (it->keyword() == Keyword::Arg || it->keyword() == Keyword::Unknown)
            continue;
        findings.push_back(found(it->keywordWord().range,
                                 Text::tr("%1 stands above the first FROM.").arg(keywordText(it->keyword())),
                                 Text::tr("Only ARG may: move the line below a FROM.")));
    }
    if (first == input.instructions.end() && !input.instructions.empty() && findings.empty())
        findings.push_back(found(input.instructions.front().keywordWord().range,
                                 Text::tr("The file has no FROM: there is nothing to build."),
                                 Text::tr("Begin a stage, with a line like \"FROM golang:alpine\".")));
}

Findings check(const Input &input)
{
    Findings findings;
    checkStages(input, findings);
    for (const Instruction &instruction : input.instructions) {
        if (instruction.keyword() != Keyword::Unknown)
            Checker(input, instruction, findings).run();
    }
    return findings;
}

}

const Rule refusedInstruction{QLatin1StringView("refused-instruction"),
                              {},
                              Severity::Error,
                              QT_TRANSLATE_NOOP("lint", "An instruction that the builder refuses"),
                              check};

}
