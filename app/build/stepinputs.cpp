// SPDX-License-Identifier: Apache-2.0
#include "build/stepinputs.h"

#include "build/buildsession.h"
#include "build/secretvalues.h"
#include "build/sourcemap.h"
#include "dockerfile/instruction.h"
#include "lint/secretname.h"

#include <QCryptographicHash>
#include <QSet>

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;
using dockerfile::Keyword;
using history::StepInputs;

namespace {

// Only a FROM names a digest, and only when the engine resolved it.
QString digestIn(const QString &instruction)
{
    const qsizetype at = instruction.indexOf("@sha256:"_L1);
    return at < 0 ? QString() : instruction.mid(at + 1).section(u' ', 0, 0);
}

bool uses(const QString &text, const QString &name)
{
    for (qsizetype at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        const bool dollar = at > 0 && text[at - 1] == u'$';
        const bool braced = at > 1 && text[at - 1] == u'{' && text[at - 2] == u'$';
        const QChar after = at + name.size() < text.size() ? text[at + name.size()] : QChar();
        if ((dollar || braced) && !after.isLetterOrNumber() && after != u'_')
            return true;
    }
    return false;
}

history::SeenVariable seen(const dockerfile::Variable &variable, const SecretValues &secrets)
{
    const QString value = variable.value.value_or(QString());
    if (!lint::soundsSecret(variable.name) && secrets.hidden(value) == value)
        return {.name = variable.name, .value = value, .isDigest = false};
    const QByteArray digest = QCryptographicHash::hash(value.toUtf8(), QCryptographicHash::Sha256);
    return {.name = variable.name, .value = QString::fromLatin1(digest.toHex().first(16)), .isDigest = true};
}

class Describer
{
public:
    Describer(const BuildInput &input, const std::vector<engine::BuildStep> &steps, const FilesByLine &files,
              const QHash<QString, QString> &baseDigests)
        : m_snapshot(input.snapshot)
        , m_secrets(input.snapshot.settings.buildArgs)
        , m_steps(steps)
        , m_files(files)
        , m_baseDigests(baseDigests)
    {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            m_index.insert(steps[i].id, int(i));
            m_lines.push_back(lineOfStep(m_snapshot, steps[i]));
        }
    }

    [[nodiscard]] std::optional<StepInputs> inputsOf(std::size_t step) const
    {
        const int line = m_lines[step];
        if (line < 0)
            return {};
        const dockerfile::Instruction instruction(m_snapshot.tree, line);
        const auto variables = variablesAt(line);
        StepInputs inputs;
        inputs.stage = stageName(m_steps[step]);
        inputs.written =
            instruction.keyword() == Keyword::From ? instruction.summary() : wholeText(instruction);
        inputs.expanded =
            instruction.keyword() == Keyword::Run ? inputs.written : expanded(instruction, variables);
        inputs.variables = seenVariables(instruction, inputs.written, variables);
        inputs.written = m_secrets.hidden(inputs.written);
        inputs.expanded = m_secrets.hidden(inputs.expanded);
        if (instruction.keyword() == Keyword::From)
            inputs.baseDigest = baseDigest(m_steps[step], line);
        if (const auto taken = m_files.find(line); taken != m_files.end())
            inputs.files = taken->second;
        inputs.parents = parentsOf(step);
        inputs.cacheRefused = isCacheRefused(m_steps[step]);
        return inputs;
    }

private:
    [[nodiscard]] std::vector<dockerfile::Variable> variablesAt(int line) const
    {
        const auto &settings = m_snapshot.settings;
        return dockerfile::variablesAt(m_snapshot.tree, line,
                                       {.buildArgs = settings.buildArgs,
                                        .buildPlatform = {},
                                        .targetPlatform = settings.platform,
                                        .targetStage = settings.target});
    }

    [[nodiscard]] QString stageName(const engine::BuildStep &step) const
    {
        const auto *stage = stageOfStep(m_snapshot.graph, step);
        const QString name = stage ? stage->displayName() : step.stage;
        return step.platform.isEmpty() ? name : QString(step.platform + u' ' + name);
    }

    // Heredocs are part of what a step does.
    static QString wholeText(const dockerfile::Instruction &instruction)
    {
        QString text = instruction.summary();
        const QString document = instruction.heredocs().empty() ? QString() : instruction.tree().text();
        for (const auto &heredoc : instruction.heredocs())
            text += u'\n' + QStringView(document).mid(heredoc.bodyRange.start, heredoc.bodyRange.length);
        return text;
    }

    [[nodiscard]] QString expanded(const dockerfile::Instruction &instruction,
                                   const std::vector<dockerfile::Variable> &variables) const
    {
        QStringList words{dockerfile::keywordText(instruction.keyword())};
        for (const auto &flag : instruction.flags())
            words += u"--%1=%2"_s.arg(flag.name, flag.value.value_or(QString()));
        for (const auto &word : instruction.words())
            words += dockerfile::expand(word.text, variables, m_snapshot.tree.escape()).text;
        return words.join(u' ');
    }

    // A RUN sees the stage's ARGs and its environment, whatever it uses of them: BuildKit's key holds them
    // all.
    [[nodiscard]] std::vector<history::SeenVariable>
    seenVariables(const dockerfile::Instruction &instruction, const QString &text,
                  const std::vector<dockerfile::Variable> &variables) const
    {
        using Origin = dockerfile::Variable::Origin;
        std::vector<history::SeenVariable> list;
        for (const auto &variable : variables) {
            const bool isInRun = instruction.keyword() == Keyword::Run &&
                                 variable.origin != Origin::Predefined &&
                                 variable.origin != Origin::GlobalArg;
            if (variable.value && (isInRun || uses(text, variable.name)))
                list.push_back(seen(variable, m_secrets));
        }
        std::ranges::sort(list, {}, &history::SeenVariable::name);
        return list;
    }

    [[nodiscard]] QString baseDigest(const engine::BuildStep &step, int line) const
    {
        if (const QString digest = digestIn(step.instruction); !digest.isEmpty())
            return digest;
        const auto stage = std::ranges::find(m_snapshot.graph.stages, line, &graph::Stage::fromLine);
        return stage == m_snapshot.graph.stages.end() ? QString() : m_baseDigests.value(stage->resolvedBase);
    }

    // The nearest steps above that come from lines: what lies between is BuildKit's own.
    [[nodiscard]] std::vector<int> parentsOf(std::size_t step) const
    {
        std::vector<int> parents;
        QSet<QString> visited;
        QStringList open = m_steps[step].inputs;
        while (!open.isEmpty()) {
            const QString id = open.takeLast();
            const int index = m_index.value(id, -1);
            if (index < 0 || visited.contains(id))
                continue;
            visited.insert(id);
            if (m_lines[std::size_t(index)] >= 0)
                parents.push_back(index);
            else
                open += m_steps[std::size_t(index)].inputs;
        }
        std::ranges::sort(parents);
        return parents;
    }

    [[nodiscard]] bool isCacheRefused(const engine::BuildStep &step) const
    {
        return m_snapshot.settings.noCache && !step.instruction.startsWith("FROM"_L1);
    }

    const workspace::Snapshot &m_snapshot;
    SecretValues m_secrets;
    const std::vector<engine::BuildStep> &m_steps;
    const FilesByLine &m_files;
    const QHash<QString, QString> &m_baseDigests;
    QHash<QString, int> m_index;
    std::vector<int> m_lines;
};

}

void describeInputs(const BuildInput &input, const std::vector<engine::BuildStep> &steps,
                    const FilesByLine &files, const QHash<QString, QString> &baseDigests,
                    std::vector<history::StepRecord> &records)
{
    const Describer describer(input, steps, files, baseDigests);
    for (std::size_t i = 0; i < steps.size() && i < records.size(); ++i)
        records[i].inputs = describer.inputsOf(i);
}

}
