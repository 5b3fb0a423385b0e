// SPDX-License-Identifier: Apache-2.0
// A stage that the last one does not need is skipped by the builder. Often forgotten, sometimes meant for
// --target, so it is advice; and silent while another target is chosen.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/views.h"

using namespace dockerfile;

namespace lint::rules {

namespace {

Findings check(const Input &input)
{
    Findings findings;
    if (input.graph.target + 1 != int(input.graph.stages.size()))
        return findings;
    for (const graph::Stage &stage : input.graph.stages) {
        if (stage.reachable)
            continue;
        const From from = viewFrom(input.at(stage.fromLine));
        const base::TextRange range = from.name    ? from.name->range
                                      : from.image ? from.image->range
                                                   : input.at(stage.fromLine).range();
        findings.push_back(found(
            range, Text::tr("Nothing needs the stage \"%1\", so it is not built.").arg(stage.displayName()),
            Text::tr("Delete it, unless it is built with --target.")));
    }
    return findings;
}

}

const Rule unusedStage{QLatin1StringView("unused-stage"),
                       {},
                       Severity::Advice,
                       QT_TRANSLATE_NOOP("lint", "A stage that the last one does not need"),
                       check};

}
