// SPDX-License-Identifier: Apache-2.0
#include "lint/ruleset.h"

#include "lint/rules/rules.h"
#include "lint/text.h"

#include <algorithm>
#include <array>

namespace lint {

std::span<const Rule *const> allRules()
{
    using namespace rules;
    static constexpr std::array all{
        &unknownInstruction,
        &refusedInstruction,
        &stageCycle,
        &unknownStage,
        &duplicateStageName,
        &undefinedArgInFrom,
        &undefinedVariable,
        &invalidPlatform,
        &shellOnScratch,
        &shellFormWithoutShell,
        &entrypointAssignment,
        &secretInEnvOrArg,
        &stateLostWithLayer,
        &addInsteadOfCopy,
        &copyAllBeforeGoModDownload,
        &unusedStage,
        &movingTag,
        &rootUser,
    };
    return all;
}

const Rule *ruleCalled(QStringView id)
{
    const auto all = allRules();
    const auto rule = std::ranges::find_if(all, [id](const Rule *candidate) { return id == candidate->id; });
    return rule == all.end() ? nullptr : *rule;
}

QString summaryOf(const Rule &rule)
{
    return Text::tr(rule.summary);
}

}
