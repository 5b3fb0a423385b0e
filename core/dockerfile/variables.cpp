// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/variables.h"

#include "dockerfile/scopewalk.h"
#include "dockerfile/stagevariables.h"
#include "dockerfile/views.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dockerfile {

std::vector<DeclaredArg> declaredArgs(const Tree &tree, const BuildContextValues &values)
{
    std::vector<DeclaredArg> args;
    QHash<QString, size_t> byName;
    StageVariables variables(tree, values);
    QString stage; // empty above the first one
    int stages = 0;
    for (int line = 0; line < tree.lineCount(); ++line) {
        if (tree.line(line).kind != LineKind::Instruction)
            continue;
        if (tree.line(line).keyword == Keyword::From) {
            const auto name = viewFrom(Instruction(tree, line)).name;
            stage = name ? name->text : QString::number(stages);
            ++stages;
        }
        if (tree.line(line).keyword != Keyword::Arg)
            continue;
        for (const Pair &pair : viewPairs(Instruction(tree, line))) {
            const QString &name = pair.name.text;
            if (!byName.contains(name)) {
                byName.insert(name, args.size());
                args.push_back({.name = name, .line = line});
            }
            DeclaredArg &arg = args[byName.value(name)];
            if (pair.value && !arg.defaultValue) {
                // Most name no other: only those that do are worth a walk.
                const auto valueOf = [&](const QString &other) {
                    const Variable *variable = variables.scopeAt(line).find(other);
                    return variable ? variable->value : std::nullopt;
                };
                arg.defaultValue = expandWith(pair.value->text, tree.escape(), valueOf).expansion.text;
                arg.line = line;
            }
            arg.isGlobal = arg.isGlobal || stages == 0;
            if (stages > 0 && !arg.stages.contains(stage))
                arg.stages.append(stage);
        }
    }
    return args;
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
