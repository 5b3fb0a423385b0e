// SPDX-License-Identifier: Apache-2.0
// A variable that is empty where it is used: an ARG above the first FROM, or of another stage, that this
// stage does not declare. It ends at the next FROM, and what was meant as a proxy or a version is silently
// nothing. The base image may set variables that the file does not show, so other unknown names are told only
// on scratch, or when they look like a slip.
#include "lint/nearest.h"
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/builderexpands.h"
#include "dockerfile/edits.h"
#include "dockerfile/variables.h"
#include "dockerfile/views.h"

#include <QRegularExpression>
#include <QSet>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

bool isOfPlatform(const QString &name)
{
    static const QStringList names{u"TARGETPLATFORM"_s, u"TARGETOS"_s,      u"TARGETARCH"_s,
                                   u"TARGETVARIANT"_s,  u"BUILDPLATFORM"_s, u"BUILDOS"_s,
                                   u"BUILDARCH"_s,      u"BUILDVARIANT"_s,  u"TARGETSTAGE"_s};
    return names.contains(name);
}

class Check
{
public:
    explicit Check(const Input &input)
        : m_input(input)
    {}

    Findings run()
    {
        readDeclarations();
        for (const graph::Stage &stage : m_input.graph.stages)
            checkStage(stage);
        return std::move(m_findings);
    }

private:
    using Names = QHash<QString, QString>; // name -> default as written; empty without

    void readDeclarations()
    {
        for (const Instruction &instruction : m_input.instructions) {
            if (instruction.keyword() != Keyword::Arg)
                continue;
            const bool isGlobal =
                !m_input.graph.stages.empty() && instruction.line() < m_input.graph.stages.front().fromLine;
            for (const Pair &pair : viewPairs(instruction)) {
                const QString value = pair.value ? pair.value->text : QString();
                (isGlobal ? m_globals : m_inStages).insert(pair.name.text, value);
            }
        }
    }

    void checkStage(const graph::Stage &stage)
    {
        const bool hasStage = stage.baseStage >= 0; // an earlier one
        m_areFromScratch.push_back(hasStage ? m_areFromScratch[size_t(stage.baseStage)]
                                            : stage.resolvedBase == "scratch"_L1);
        m_isFromScratch = m_areFromScratch.back();
        std::vector<Variable> known =
            stage.baseStage >= 0 ? m_known[size_t(stage.baseStage)] : std::vector<Variable>();
        m_told.clear();
        for (const Instruction *instruction : m_input.of(stage)) {
            const Keyword keyword = instruction->keyword();
            if (keyword == Keyword::Run)
                checkCommand(*instruction, known);
            else if (isExpandedByBuilder(keyword))
                checkWords(*instruction, known);
            if (keyword == Keyword::Arg || keyword == Keyword::Env) {
                for (const Pair &pair : viewPairs(*instruction)) {
                    if (!isAmong(known, pair.name.text))
                        known.push_back(
                            {pair.name.text, QString(), Variable::Origin::StageArg, instruction->line()});
                }
            }
        }
        m_known.push_back(std::move(known));
    }

    void checkWords(const Instruction &instruction, const std::vector<Variable> &known)
    {
        const auto checkWord = [&](const QString &text, base::TextRange range) {
            if (!text.contains(u'$'))
                return;
            for (const QString &name : expand(text, known, m_input.tree.escape()).undefined)
                tell(instruction, name, range, known, false);
        };
        for (const Word &word : instruction.words())
            checkWord(word.text, word.range);
        for (const Flag &flag : instruction.flags()) {
            if (flag.value && (flag.name == "chown"_L1 || flag.name == "chmod"_L1))
                checkWord(*flag.value, flag.valueRange);
        }
    }

    // Only what was declared above the first FROM: the shell has variables of its own.
    void checkCommand(const Instruction &instruction, const std::vector<Variable> &known)
    {
        if (m_globals.isEmpty())
            return;
        const base::TextRange line = m_input.tree.lineRange(instruction.line());
        const QString &text = m_input.tree.line(instruction.line()).text;
        static const QRegularExpression use(uR"((?<!\\)\$\{?([A-Za-z_]\w*))"_s);
        for (const auto &match : use.globalMatch(text)) {
            const QString name = match.captured(1);
            if (!m_globals.contains(name) || isAmong(known, name) || isSetByShell(text, name))
                continue;
            tell(instruction, name, {line.start + match.capturedStart(), match.capturedLength()}, known,
                 true);
        }
    }

    static bool isAmong(const std::vector<Variable> &known, const QString &name)
    {
        return std::ranges::contains(known, name, &Variable::name);
    }

    static bool isSetByShell(const QString &text, const QString &name)
    {
        const QRegularExpression assignment(
            uR"((^|[\s;&|("'`])%1=|\bfor\s+%1\b|\bread\b[^;&|\n]*\b%1\b)"_s.arg(name));
        return assignment.match(text).hasMatch();
    }

    void tell(const Instruction &instruction, const QString &name, base::TextRange range,
              const std::vector<Variable> &known, bool inShell)
    {
        static const QStringList builtIn{u"PATH"_s,        u"HTTP_PROXY"_s, u"http_proxy"_s, u"HTTPS_PROXY"_s,
                                         u"https_proxy"_s, u"FTP_PROXY"_s,  u"ftp_proxy"_s,  u"NO_PROXY"_s,
                                         u"no_proxy"_s,    u"ALL_PROXY"_s,  u"all_proxy"_s};
        if (builtIn.contains(name) || m_told.contains(name))
            return;
        Finding finding;
        if (m_globals.contains(name)) {
            finding = found(
                range,
                Text::tr("%1 is empty here: an ARG above the first FROM counts for FROM only.").arg(name));
            declare(finding, instruction, name, {});
        } else if (isOfPlatform(name)) {
            finding = found(range, Text::tr("%1 is empty here: a stage must declare it.").arg(name));
            declare(finding, instruction, name, {});
        } else if (m_inStages.contains(name)) {
            finding = found(
                range, Text::tr("%1 is empty here: it is an ARG of another place, and ends with its stage.")
                           .arg(name));
            declare(finding, instruction, name, m_inStages.value(name));
        } else if (!inShell && !describeUnknown(finding, name, range, known)) {
            return;
        }
        m_told.insert(name);
        m_findings.push_back(std::move(finding));
    }

    bool describeUnknown(Finding &finding, const QString &name, base::TextRange range,
                         const std::vector<Variable> &known) const
    {
        QStringList names;
        for (const Variable &variable : known)
            names.append(variable.name);
        const QString meant = nearest(name, names);
        if (meant.isEmpty() && !m_isFromScratch)
            return false;
        finding = found(range, Text::tr("%1 has no value here.").arg(name));
        finding.hint = meant.isEmpty() ? Text::tr("Declare it with ARG or ENV above this line.")
                                       : Text::tr("Did you mean %1?").arg(meant);
        return true;
    }

    void declare(Finding &finding, const Instruction &instruction, const QString &name,
                 const QString &value) const
    {
        QString text = styledKeyword(m_input.style, Keyword::Arg) + u' ' + name;
        if (!value.isEmpty())
            text += u'=' + value;
        finding.hint = Text::tr("Declare it in this stage: %1").arg(text);
        finding.fix = m_input.insertAbove(instruction.line(), text);
        finding.fixLabel = Text::tr("Insert %1").arg(text);
    }

    const Input &m_input;
    Names m_globals;
    Names m_inStages;
    std::vector<std::vector<Variable>> m_known; // at the end of each stage
    std::vector<bool> m_areFromScratch;         // each stage
    bool m_isFromScratch = false;
    QSet<QString> m_told; // once a stage is enough
    Findings m_findings;
};

Findings check(const Input &input)
{
    return Check(input).run();
}

}

const Rule undefinedVariable{QLatin1StringView("undefined-variable"), QLatin1StringView("UndefinedVar"),
                             Severity::Warning,
                             QT_TRANSLATE_NOOP("lint", "A variable that is empty where it is used"), check};

}
