// SPDX-License-Identifier: Apache-2.0
// FROM sees only the ARGs above the first FROM. One that is declared in a stage, or nowhere, is empty there,
// and the builder fails with a name like "golang:".
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/edits.h"
#include "dockerfile/variables.h"
#include "dockerfile/views.h"

#include <algorithm>

using namespace dockerfile;

namespace lint::rules {

namespace {

Finding describe(const Input &input, const Word &image, const QString &name,
                 const std::vector<DeclaredArg> &args)
{
    const auto arg = std::ranges::find(args, name, &DeclaredArg::name);
    if (arg != args.end() && arg->isGlobal) {
        return found(image.range, Text::tr("ARG %1 has no value here.").arg(name),
                     Text::tr("Give it a default, or set it as a build argument."));
    }
    Finding finding = found(
        image.range, Text::tr("FROM knows no ARG %1: only those above the first FROM count.").arg(name));
    if (arg == args.end() || !arg->defaultValue) {
        finding.hint = Text::tr("Declare it above the first FROM, with a default.");
        return finding;
    }
    const QString text = styledKeyword(input.style, Keyword::Arg) + u' ' + name + u'=' + *arg->defaultValue;
    finding.hint = Text::tr("Declare it above the first FROM.");
    finding.fix = input.insertAbove(input.graph.stages.front().fromLine, text);
    finding.fixLabel = Text::tr("Declare %1 above the first FROM").arg(name);
    return finding;
}

Findings check(const Input &input)
{
    Findings findings;
    if (input.graph.stages.empty())
        return findings;
    std::optional<std::vector<DeclaredArg>> args; // read when they are needed, which is nearly never
    std::optional<std::vector<Variable>> globals;
    for (const graph::Stage &stage : input.graph.stages) {
        const auto image = viewFrom(input.at(stage.fromLine)).image;
        if (!image || !image->text.contains(u'$'))
            continue;
        if (!globals)
            globals = variablesAt(input.tree, input.graph.stages.front().fromLine);
        for (const QString &name : expand(image->text, *globals, input.tree.escape()).undefined) {
            if (!args)
                args = declaredArgs(input.tree);
            const auto arg = std::ranges::find(*args, name, &DeclaredArg::name);
            const bool isGiven = arg != args->end() && arg->isGlobal && input.facts.buildArgs.contains(name);
            if (!isGiven)
                findings.push_back(describe(input, *image, name, *args));
        }
    }
    return findings;
}

}

const Rule undefinedArgInFrom{QLatin1StringView("undefined-arg-in-from"),
                              QLatin1StringView("UndefinedArgInFrom"), Severity::Error,
                              QT_TRANSLATE_NOOP("lint", "FROM with an ARG that has no value"), check};

}
