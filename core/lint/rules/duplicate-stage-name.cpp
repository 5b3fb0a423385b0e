// SPDX-License-Identifier: Apache-2.0
// Two stages of one name: COPY --from means the later one, FROM the last above it. For whom: whoever reads
// the file later. Names are compared without case, as the builder does.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/views.h"

using namespace dockerfile;

namespace lint::rules {

namespace {

Findings check(const Input &input)
{
    Findings findings;
    QHash<QString, int> lines;
    for (const graph::Stage &stage : input.graph.stages) {
        if (stage.name.isEmpty())
            continue;
        const QString name = stage.name.toLower();
        if (const int first = lines.value(name, -1); first >= 0) {
            const auto word = viewFrom(input.at(stage.fromLine)).name;
            findings.push_back(found(word ? word->range : input.at(stage.fromLine).range(),
                                     Text::tr("The stage in line %1 is called \"%2\" already.")
                                         .arg(input.tree.firstRow(first))
                                         .arg(stage.name),
                                     Text::tr("Give each stage a name of its own.")));
        } else {
            lines.insert(name, stage.fromLine);
        }
    }
    return findings;
}

}

const Rule duplicateStageName{QLatin1StringView("duplicate-stage-name"),
                              QLatin1StringView("DuplicateStageName"), Severity::Warning,
                              QT_TRANSLATE_NOOP("lint", "Two stages of one name"), check};

}
