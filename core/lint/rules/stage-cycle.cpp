// SPDX-License-Identifier: Apache-2.0
// A stage that needs itself, at once or round about: the builder stops with "circular dependency detected".
// It takes COPY --from of a later stage as such, so a cycle is found in the graph and not by the order of
// lines.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include <QStringList>

namespace lint::rules {

namespace {

using Needs = std::vector<std::vector<int>>; // stage -> edges that come into it from stages

// Does `from` need `wanted`?
bool reaches(const Input &input, const Needs &needs, const graph::NodeKey &from, int wanted)
{
    std::vector<bool> seen(input.graph.stages.size());
    std::vector<int> open{input.graph.stage(from)->index};
    while (!open.empty()) {
        const int stage = open.back();
        open.pop_back();
        if (stage == wanted)
            return true;
        if (seen[size_t(stage)])
            continue;
        seen[size_t(stage)] = true;
        for (const int edge : needs[size_t(stage)])
            open.push_back(input.graph.stage(input.graph.edges[size_t(edge)].from)->index);
    }
    return false;
}

Findings check(const Input &input)
{
    Findings findings;
    Needs needs(input.graph.stages.size());
    std::vector<int> upwards; // every cycle has an edge from the stage itself or a later one
    for (size_t i = 0; i < input.graph.edges.size(); ++i) {
        const graph::Edge &edge = input.graph.edges[i];
        const graph::Stage *to = input.graph.stage(edge.to);
        const graph::Stage *from = input.graph.stage(edge.from);
        if (!to || !from)
            continue;
        needs[size_t(to->index)].push_back(int(i));
        if (from->index >= to->index)
            upwards.push_back(int(i));
    }
    for (const int i : upwards) {
        const graph::Edge &edge = input.graph.edges[size_t(i)];
        const graph::Stage *to = input.graph.stage(edge.to);
        if (!reaches(input, needs, edge.from, to->index))
            continue;
        const QString name = to->displayName();
        findings.push_back(found(input.at(edge.lines.front()).range(),
                                 edge.from == edge.to
                                     ? Text::tr("\"%1\" takes files from itself.").arg(name)
                                     : Text::tr("\"%1\" and \"%2\" need each other.")
                                           .arg(name, input.graph.stage(edge.from)->displayName()),
                                 Text::tr("Take them from a stage above, or from an image.")));
    }
    return findings;
}

}

const Rule stageCycle{QLatin1StringView("stage-cycle"),
                      {},
                      Severity::Error,
                      QT_TRANSLATE_NOOP("lint", "Stages that need each other"),
                      check};

}
