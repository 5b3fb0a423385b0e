// SPDX-License-Identifier: Apache-2.0
// A stage that needs itself, at once or round about: the builder stops with "circular dependency detected".
// It takes COPY --from of a later stage as such, so a cycle is found in the graph and not by the order of
// lines.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include <QHash>

namespace lint::rules {

namespace {

using Needs = std::vector<std::vector<int>>; // stage -> stages that it takes from

bool reaches(const Needs &needs, int from, int wanted)
{
    std::vector<bool> seen(needs.size());
    std::vector<int> open{from};
    while (!open.empty()) {
        const int stage = open.back();
        open.pop_back();
        if (stage == wanted)
            return true;
        if (seen[size_t(stage)])
            continue;
        seen[size_t(stage)] = true;
        open.insert(open.end(), needs[size_t(stage)].begin(), needs[size_t(stage)].end());
    }
    return false;
}

Findings check(const Input &input)
{
    QHash<graph::NodeKey, int> places;
    for (const graph::Stage &stage : input.graph.stages)
        places.insert(stage.key, stage.index);
    Findings findings;
    Needs needs(input.graph.stages.size());
    struct Upward // every cycle has an edge from the stage itself or a later one
    {
        const graph::Edge &edge;
        int from;
        int to;
    };
    std::vector<Upward> upwards;
    for (const graph::Edge &edge : input.graph.edges) {
        const int to = places.value(edge.to, -1);
        const int from = places.value(edge.from, -1);
        if (to < 0 || from < 0)
            continue;
        needs[size_t(to)].push_back(from);
        if (from >= to)
            upwards.push_back({edge, from, to});
    }
    for (const auto &[edge, from, to] : upwards) {
        if (!reaches(needs, from, to))
            continue;
        const QString name = input.graph.stages[size_t(to)].displayName();
        findings.push_back(found(input.at(edge.lines.front()).range(),
                                 from == to ? Text::tr("\"%1\" takes files from itself.").arg(name)
                                            : Text::tr("\"%1\" and \"%2\" need each other.")
                                                  .arg(name, input.graph.stages[size_t(from)].displayName()),
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
