// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/variables.h"

#include "dockerfile/shellwords.h"
#include "dockerfile/views.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// Names with values, found fast and listed in the order in which they came. Copied for every stage, and
// nearly always of a few names: those are just looked through.
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

CheckedExpansion expandWith(const QString &word, QChar escape, const ShellLookup &lookup)
{
    const auto isPlain = [escape](QChar c) { return c != u'$' && c != u'"' && c != u'\'' && c != escape; };
    if (std::ranges::all_of(word, isPlain))
        return {{word, {}}, {}};
    const ShellResult result = processShell(word, {.escape = escape}, lookup);
    if (!result.error.isEmpty())
        return {{word, result.unset}, result.error};
    return {{result.text, result.unset}, {}};
}

ShellLookup lookupIn(const Scope &scope)
{
    return [&scope](const QString &name) {
        const Variable *variable = scope.find(name);
        return variable ? variable->value : std::nullopt;
    };
}

void addPlatform(Scope &scope, const QString &prefix, const QString &platform,
                 const BuildContextValues &values)
{
    const QStringList parts = platform.split(u'/');
    const auto add = [&](const QString &suffix, const QString &value) {
        const QString name = prefix + suffix;
        const auto given = values.buildArgs.constFind(name);
        const bool isGiven = given != values.buildArgs.cend();
        scope.set({.name = name,
                   .value = isGiven ? *given : value,
                   .origin = isGiven ? Variable::Origin::BuildArgOverride : Variable::Origin::Predefined,
                   .line = -1});
    };
    add(u"PLATFORM"_s, platform);
    add(u"OS"_s, parts.value(0));
    add(u"ARCH"_s, parts.value(1));
    add(u"VARIANT"_s, parts.value(2));
}

// Goes through a file line by line as a build would, and knows at each what every name stands for.
class Walk
{
public:
    Walk(const Tree &tree, const BuildContextValues &values)
        : m_tree(tree)
        , m_values(values)
    {
        addPlatform(m_global, u"BUILD"_s, values.buildPlatform, values);
        addPlatform(m_global, u"TARGET"_s,
                    values.targetPlatform.isEmpty() ? values.buildPlatform : values.targetPlatform, values);
        const QString target = values.targetStage.isEmpty() ? lastStageName() : values.targetStage;
        m_global.set({.name = u"TARGETSTAGE"_s,
                      .value = values.buildArgs.value(u"TARGETSTAGE"_s, target),
                      .origin = Variable::Origin::Predefined,
                      .line = -1});
    }

    void pass(int line)
    {
        if (m_tree.line(line).kind != LineKind::Instruction)
            return;
        switch (m_tree.line(line).keyword) {
        case Keyword::From:
            return enterStage(line);
        case Keyword::Arg:
            for (const Pair &pair : viewPairs(Instruction(m_tree, line)))
                declareArg(pair, line);
            return;
        case Keyword::Env:
            return setEnv(line);
        default:
            return;
        }
    }

    [[nodiscard]] bool inStage() const { return m_inStage; }
    [[nodiscard]] const Scope &scope() const { return m_inStage ? m_stage : m_global; }
    [[nodiscard]] const Scope &global() const { return m_global; }
    [[nodiscard]] const QString &stageName() const { return m_stageName; }

    [[nodiscard]] std::optional<QString> expanded(const std::optional<Word> &word) const
    {
        if (!word)
            return std::nullopt;
        return expandWith(word->text, m_tree.escape(), lookupIn(scope())).expansion.text;
    }

private:
    // What is built when no target is named; the builder calls a stage without a name "default" here.
    [[nodiscard]] QString lastStageName() const
    {
        for (int i = m_tree.lineCount() - 1; i >= 0; --i)
            if (m_tree.line(i).keyword == Keyword::From) {
                const From from = viewFrom(Instruction(m_tree, i));
                return from.name ? from.name->text.toLower() : u"default"_s;
            }
        return u"default"_s;
    }

    void enterStage(int line)
    {
        leaveStage();
        m_inStage = true;
        const From from = viewFrom(Instruction(m_tree, line));
        m_stageName = from.name ? from.name->text : QString::number(m_stageCount);
        ++m_stageCount;
        m_stage = {};
        m_environment = {};
        if (!from.image)
            return;
        // Names of stages are kept in lower case, and compared as they stand here.
        const QString image =
            expandWith(from.image->text, m_tree.escape(), lookupIn(m_global)).expansion.text;
        const auto base = m_ended.constFind(image);
        if (base == m_ended.cend())
            return;
        // A stage takes over the args of the one it is FROM too; where an ENV of the same name is there,
        // that.
        m_stage = base->scope;
        for (Variable variable : base->environment.all()) {
            variable.origin = Variable::Origin::InheritedEnv;
            m_environment.set(variable);
            m_stage.set(std::move(variable));
        }
    }

    void leaveStage()
    {
        if (m_inStage)
            m_ended[m_stageName.toLower()] = {std::move(m_stage), std::move(m_environment)};
    }

    void declareArg(const Pair &pair, int line)
    {
        const QString &name = pair.name.text;
        Variable variable{.name = name,
                          .value = expanded(pair.value),
                          .origin = m_inStage ? Variable::Origin::StageArg : Variable::Origin::GlobalArg,
                          .line = line};
        const Variable *global = m_global.find(name);
        if (const auto given = m_values.buildArgs.constFind(name); given != m_values.buildArgs.cend()) {
            variable.value = *given;
            variable.origin = Variable::Origin::BuildArgOverride;
        } else if (!pair.value && global) {
            // Without a value of its own it takes over what the top of the file, or the builder, says.
            variable.value = global->value;
            variable.origin = global->origin;
            if (!m_inStage)
                variable.line = global->line;
        }
        Scope &scope = m_inStage ? m_stage : m_global;
        // Without any value it changes nothing. With one it wins over an ENV above it: the last one counts,
        // as Docker Engine 28.5 answers.
        if (variable.value || !scope.find(name))
            scope.set(std::move(variable));
    }

    void setEnv(int line)
    {
        if (!m_inStage)
            return;
        // All values of one ENV see the names as they were before it.
        std::vector<Variable> added;
        for (const Pair &pair : viewPairs(Instruction(m_tree, line)))
            if (pair.value)
                added.push_back({.name = *expanded(pair.name),
                                 .value = expanded(pair.value),
                                 .origin = Variable::Origin::Env,
                                 .line = line});
        for (Variable &variable : added) {
            m_environment.set(variable);
            m_stage.set(std::move(variable));
        }
    }

    struct EndedStage
    {
        Scope scope;
        Scope environment;
    };

    const Tree &m_tree;
    const BuildContextValues &m_values;
    Scope m_global;
    Scope m_stage;
    Scope m_environment; ///< what the image of this stage has from ENV so far
    bool m_inStage = false;
    int m_stageCount = 0;
    QString m_stageName;
    QHash<QString, EndedStage> m_ended; ///< by name in lower case
};

}

std::vector<DeclaredArg> declaredArgs(const Tree &tree, const BuildContextValues &values)
{
    std::vector<DeclaredArg> args;
    QHash<QString, size_t> byName;
    Walk walk(tree, values);
    for (int i = 0; i < tree.lineCount(); ++i) {
        const bool isArg = tree.line(i).kind == LineKind::Instruction && tree.line(i).keyword == Keyword::Arg;
        for (const Pair &pair : isArg ? viewPairs(Instruction(tree, i)) : std::vector<Pair>()) {
            const QString &name = pair.name.text;
            if (!byName.contains(name)) {
                byName.insert(name, args.size());
                args.push_back({.name = name, .line = i});
            }
            DeclaredArg &arg = args[byName.value(name)];
            if (pair.value && !arg.defaultValue) {
                arg.defaultValue = walk.expanded(pair.value);
                arg.line = i;
            }
            arg.isGlobal = arg.isGlobal || !walk.inStage();
            if (walk.inStage() && !arg.stages.contains(walk.stageName()))
                arg.stages.append(walk.stageName());
        }
        walk.pass(i);
    }
    return args;
}

std::vector<Variable> variablesAt(const Tree &tree, int line, const BuildContextValues &values)
{
    Walk walk(tree, values);
    for (int i = 0; i < line && i < tree.lineCount(); ++i)
        walk.pass(i);
    const bool isFrom = line < tree.lineCount() && tree.line(line).kind == LineKind::Instruction &&
                        tree.line(line).keyword == Keyword::From;
    return isFrom ? walk.global().all() : walk.scope().all();
}

CheckedExpansion expandChecked(const QString &word, const std::vector<Variable> &variables, QChar escape)
{
    return expandWith(word, escape, [&variables](const QString &name) {
        const auto it = std::ranges::find(variables, name, &Variable::name);
        return it == variables.end() ? std::nullopt : it->value;
    });
}

Expansion expand(const QString &word, const std::vector<Variable> &variables, QChar escape)
{
    return expandChecked(word, variables, escape).expansion;
}

}
