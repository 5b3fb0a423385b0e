// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/scopewalk.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

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

QString expandedIn(const Scope &scope, const QString &word, QChar escape)
{
    return expandWith(word, escape,
                      [&scope](const QString &name) {
                          const Variable *variable = scope.find(name);
                          return variable ? variable->value : std::nullopt;
                      })
        .expansion.text;
}

bool isOf(const Tree &tree, int line, Keyword keyword)
{
    return tree.line(line).kind == LineKind::Instruction && tree.line(line).keyword == keyword;
}

}

ScopeWalk::ScopeWalk(const Tree &tree, const BuildContextValues &values)
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

void ScopeWalk::pass(int line)
{
    if (isOf(m_tree, line, Keyword::Arg)) {
        for (const Pair &pair : viewPairs(Instruction(m_tree, line)))
            declareArg(pair, line);
    } else if (isOf(m_tree, line, Keyword::Env)) {
        setEnv(line);
    }
}

void ScopeWalk::enterStage(const StageScope *base)
{
    m_inStage = true;
    m_stage = {};
    if (!base)
        return;
    m_stage.names = base->names;
    for (Variable variable : base->environment.all()) {
        variable.origin = Variable::Origin::InheritedEnv;
        m_stage.environment.set(variable);
        m_stage.names.set(std::move(variable));
    }
}

StageScope ScopeWalk::takeStage()
{
    return std::exchange(m_stage, {});
}

std::optional<QString> ScopeWalk::expanded(const std::optional<Word> &word) const
{
    if (!word)
        return std::nullopt;
    return expandedIn(scope(), word->text, m_tree.escape());
}

QString ScopeWalk::baseOf(int from) const
{
    const auto image = viewFrom(Instruction(m_tree, from)).image;
    return image ? expandedIn(m_global, image->text, m_tree.escape()) : QString();
}

// What is built when no target is named; the builder calls a stage without a name "default" here.
QString ScopeWalk::lastStageName() const
{
    for (int line = m_tree.lineCount() - 1; line >= 0; --line) {
        if (!isOf(m_tree, line, Keyword::From))
            continue;
        const QString name = stageNameAt(m_tree, line);
        return name.isEmpty() ? u"default"_s : name;
    }
    return u"default"_s;
}

void ScopeWalk::declareArg(const Pair &pair, int line)
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
    Scope &scope = m_inStage ? m_stage.names : m_global;
    // Without any value it changes nothing. With one it wins over an ENV above it: the last one counts,
    // as Docker Engine 28.5 answers.
    if (variable.value || !scope.find(name))
        scope.set(std::move(variable));
}

void ScopeWalk::setEnv(int line)
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
        m_stage.environment.set(variable);
        m_stage.names.set(std::move(variable));
    }
}

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

QString stageNameAt(const Tree &tree, int line)
{
    const auto name = viewFrom(Instruction(tree, line)).name;
    return name ? name->text.toLower() : QString();
}

}
