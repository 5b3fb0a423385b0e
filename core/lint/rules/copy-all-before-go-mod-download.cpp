// SPDX-License-Identifier: Apache-2.0
// COPY . . above "go mod download": any changed file, even a README, downloads all modules again. With go.mod
// and go.sum copied first, or mounted, that step stays cached until they change.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/views.h"

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

bool copiesEverything(const Copy &copy)
{
    return !copy.from && std::ranges::any_of(copy.sources, [](const Word &source) {
        return source.text == "."_L1 || source.text == "./"_L1 || source.text == "/"_L1 ||
               source.text == "*"_L1;
    });
}

Findings check(const Input &input)
{
    Findings findings;
    for (const graph::Stage &stage : input.graph.stages) {
        const Instruction *everything = nullptr;
        for (const Instruction *instruction : input.of(stage)) {
            const Keyword keyword = instruction->keyword();
            if ((keyword == Keyword::Copy || keyword == Keyword::Add) &&
                copiesEverything(viewCopy(*instruction)))
                everything = instruction;
            if (keyword != Keyword::Run || !instruction->arguments().contains("go mod download"_L1))
                continue;
            if (everything) {
                findings.push_back(
                    found(everything->range(),
                          Text::tr("Every change of any file downloads all modules again in line %1.")
                              .arg(instruction->row()),
                          Text::tr("Copy go.mod and go.sum first, download, and then copy the rest.")));
            }
            break;
        }
    }
    return findings;
}

}

const Rule copyAllBeforeGoModDownload{
    QLatin1StringView("copy-all-before-go-mod-download"),
    {},
    Severity::Warning,
    QT_TRANSLATE_NOOP("lint", "All files are copied before the modules are downloaded"),
    check};

}
