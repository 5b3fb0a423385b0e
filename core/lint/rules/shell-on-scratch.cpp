// SPDX-License-Identifier: Apache-2.0
// RUN on scratch or distroless: there is no shell to run it, and the build stops. Once a stage is enough.
#include "lint/rules/rules.h"
#include "lint/text.h"

using namespace dockerfile;

namespace lint::rules {

namespace {

Findings check(const Input &input)
{
    Findings findings;
    for (const graph::Stage &stage : input.graph.stages) {
        for (const Instruction *instruction : input.of(stage)) {
            if (instruction->keyword() != Keyword::Run || instruction->json())
                continue;
            if (input.hasNoShell(stage, instruction->line())) {
                findings.push_back(found(instruction->keywordWord().range,
                                         Text::tr("RUN needs a shell, and \"%1\" has none.")
                                             .arg(input.withBases(stage).back()->resolvedBase),
                                         Text::tr("Run it in a stage that has one, and copy the result.")));
            }
            break;
        }
    }
    return findings;
}

}

const Rule shellOnScratch{QLatin1StringView("shell-on-scratch"),
                          {},
                          Severity::Error,
                          QT_TRANSLATE_NOOP("lint", "RUN where there is no shell"),
                          check};

}
