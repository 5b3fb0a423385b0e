// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/shellwords.h"
#include "dockerfile/variables.h"
#include "dockerfile/views.h"

namespace dockerfile {

/// Names with values, found fast and listed in the order in which they came. Copied for every stage, and
/// nearly always of a few names: those are just looked through.
class Scope
{
public:
    [[nodiscard]] const Variable *find(const QString &name) const
    {
        const qsizetype at = indexOf(name);
        return at < 0 ? nullptr : &m_variables[static_cast<size_t>(at)];
    }
    void set(Variable variable)
    {
        if (const qsizetype at = indexOf(variable.name); at >= 0) {
            m_variables[static_cast<size_t>(at)] = std::move(variable);
            return;
        }
        m_variables.push_back(std::move(variable));
        if (m_variables.size() <= few)
            return;
        for (size_t i = static_cast<size_t>(m_index.size()); i < m_variables.size(); ++i)
            m_index.insert(m_variables[i].name, static_cast<qsizetype>(i));
    }
    [[nodiscard]] const std::vector<Variable> &all() const { return m_variables; }

private:
    static constexpr size_t few = 32;

    [[nodiscard]] qsizetype indexOf(const QString &name) const
    {
        if (m_variables.size() > few)
            return m_index.value(name, -1);
        const auto found = std::ranges::find(m_variables, name, &Variable::name);
        return found == m_variables.end() ? -1 : found - m_variables.begin();
    }

    std::vector<Variable> m_variables;
    QHash<QString, qsizetype> m_index; ///< of all of them, once they are more than a few
};

/// What a name stands for within a stage, and what its image has from ENV so far.
struct StageScope
{
    Scope names;
    Scope environment;
};

/// Goes through lines as a build would, and knows at each what every name stands for. Who uses it says where
/// a stage starts, and on which one it stands.
class ScopeWalk
{
public:
    /// Both must outlive it.
    ScopeWalk(const Tree &tree, const BuildContextValues &values);

    /// What ARG and ENV at `line` set; others set nothing.
    void pass(int line);
    /// A FROM. A stage takes over the args of the one that it is FROM too; where an ENV of the same name is
    /// there, that.
    void enterStage(const StageScope *base);
    /// Ends the stage.
    [[nodiscard]] StageScope takeStage();

    [[nodiscard]] bool inStage() const { return m_inStage; }
    [[nodiscard]] const Scope &scope() const { return m_inStage ? m_stage.names : m_global; }
    [[nodiscard]] const Scope &global() const { return m_global; }

    [[nodiscard]] std::optional<QString> expanded(const std::optional<Word> &word) const;
    /// What the stage that starts at the line `from` stands on, as the builder expands it; may be empty.
    [[nodiscard]] QString baseOf(int from) const;

private:
    [[nodiscard]] QString lastStageName() const;
    void declareArg(const Pair &pair, int line);
    void setEnv(int line);

    const Tree &m_tree;
    const BuildContextValues &m_values;
    Scope m_global;
    StageScope m_stage;
    bool m_inStage = false;
};

/// As expandChecked(), with values from anywhere.
CheckedExpansion expandWith(const QString &word, QChar escape, const ShellLookup &lookup);

/// The name after AS of the FROM at `line`, in lower case as the builder keeps it; empty without.
QString stageNameAt(const Tree &tree, int line);

}
