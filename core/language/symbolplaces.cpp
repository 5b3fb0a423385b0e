// SPDX-License-Identifier: Apache-2.0
#include "language/symbolplaces.h"

#include "dockerfile/views.h"
#include "language/completionplace.h"
#include "language/expansion.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;

namespace language {

namespace {

using Kind = Symbol::Kind;

bool isDeclaring(const Line &line)
{
    return line.kind == LineKind::Instruction &&
           (line.keyword == Keyword::Arg || line.keyword == Keyword::Env);
}

bool touches(TextRange range, qsizetype offset)
{
    return offset >= range.start && offset <= range.end();
}

// Goes through the file as a build would, and knows at each line what the name stands for.
class Walk
{
public:
    Walk(const Tree &tree, const graph::StageGraph &graph, const QString &name)
        : m_tree(tree)
        , m_graph(graph)
        , m_name(name)
        , m_ends(graph.stages.size())
    {}

    std::vector<VariablePlace> walk()
    {
        size_t next = 0; // stage
        for (int line = 0; line < m_tree.lineCount(); ++line) {
            if (next < m_graph.stages.size() && m_graph.stages[next].fromLine == line) {
                addUses(line, m_global, -1);
                enter(int(next++));
                continue;
            }
            if (m_tree.line(line).kind != LineKind::Instruction || !m_tree.line(line).text.contains(m_name))
                continue;
            State &state = m_stage < 0 ? m_global : m_ends[size_t(m_stage)];
            if (m_tree.line(line).keyword == Keyword::Arg)
                passArg(line, state);
            else
                addUses(line, state, m_stage);
            if (m_tree.line(line).keyword == Keyword::Env)
                declareEnv(line, state);
        }
        std::ranges::sort(m_places, {}, [](const VariablePlace &place) { return place.range.start; });
        return std::move(m_places);
    }

private:
    struct State
    {
        std::optional<Kind> kind;
        int group = -1;       ///< of the ENVs so far
        TextRange definition; ///< the declaration that counts
    };

    void enter(int stage)
    {
        m_stage = stage;
        if (const int base = m_graph.stages[size_t(stage)].baseStage; base >= 0)
            m_ends[size_t(stage)] = m_ends[size_t(base)];
    }

    void addUses(int line, const State &state, int stage)
    {
        if (!m_tree.line(line).text.contains(m_name))
            return;
        for (const VariableUse &use : variableUses(m_tree, line))
            addUse(use, line, state, stage);
    }

    void addUse(const VariableUse &use, int line, const State &state, int stage)
    {
        if (use.name == m_name)
            m_places.push_back({.range = use.range,
                                .line = line,
                                .stage = stage,
                                .kind = state.kind,
                                .group = state.group,
                                .byShell = use.byShell,
                                .definition = state.definition});
    }

    // The pairs of one ARG see those before them; the values of one ENV see what was before the line (both as
    // Docker Engine 28.5 answers).
    void passArg(int line, State &state)
    {
        const std::vector<VariableUse> uses = variableUses(m_tree, line);
        auto use = uses.begin();
        for (const Pair &pair : viewPairs(Instruction(m_tree, line))) {
            const qsizetype end = pair.value ? pair.value->range.end() : pair.name.range.end();
            for (; use != uses.end() && use->range.start < end; ++use)
                addUse(*use, line, state, m_stage);
            if (pair.name.text == m_name)
                declareArg(pair, placeOf(pair, line, Kind::Arg), state);
        }
    }

    void declareEnv(int line, State &state)
    {
        if (m_stage < 0)
            return;
        for (const Pair &pair : viewPairs(Instruction(m_tree, line))) {
            if (pair.name.text != m_name || !pair.value)
                continue;
            VariablePlace place = placeOf(pair, line, Kind::Env);
            state = {Kind::Env, state.group < 0 ? m_groups++ : state.group, pair.name.range};
            place.group = state.group;
            m_places.push_back(place);
        }
    }

    [[nodiscard]] VariablePlace placeOf(const Pair &pair, int line, Kind kind) const
    {
        return {.range = pair.name.range,
                .line = line,
                .stage = m_stage,
                .kind = kind,
                .isDeclaration = true,
                .definition = pair.name.range};
    }

    void declareArg(const Pair &pair, VariablePlace place, State &state)
    {
        const bool takesOver = !pair.value && m_stage >= 0 && m_global.kind.has_value();
        if (takesOver)
            place.definition = m_global.definition;
        if (m_stage < 0)
            m_globalHasValue = m_globalHasValue || pair.value.has_value();
        // Without any value it does not hide an ENV above it.
        const bool hasValue = pair.value || (takesOver && m_globalHasValue);
        if (state.kind != Kind::Env || hasValue) {
            state.kind = Kind::Arg;
            state.definition = place.range;
        }
        m_places.push_back(place);
    }

    const Tree &m_tree;
    const graph::StageGraph &m_graph;
    const QString &m_name;
    State m_global;
    std::vector<State> m_ends; ///< by stage: what counts in it, at its end when it is over
    bool m_globalHasValue = false;
    int m_stage = -1;
    int m_groups = 0;
    std::vector<VariablePlace> m_places;
};

void addFrom(std::vector<StagePlace> &places, const graph::StageGraph &graph, const QString &name,
             TextRange range)
{
    if (const graph::Stage *named = graph.stageCalled(name)) {
        bool isNumber = false;
        (void)name.toInt(&isNumber);
        places.push_back({.range = range, .stage = named->index, .byIndex = isNumber});
    }
}

}

std::vector<StagePlace> stagePlaces(const Tree &tree, const graph::StageGraph &graph, int line)
{
    std::vector<StagePlace> places;
    if (tree.line(line).kind != LineKind::Instruction)
        return places;
    const Instruction instruction(tree, line);
    switch (instruction.keyword()) {
    case Keyword::From: {
        const int index = stageIndexAt(graph, line);
        if (index < 0 || graph.stages[size_t(index)].fromLine != line)
            break;
        const graph::Stage &stage = graph.stages[size_t(index)];
        const From from = viewFrom(instruction);
        if (stage.baseStage >= 0 && stage.base == stage.resolvedBase && from.image)
            places.push_back({.range = from.image->range, .stage = stage.baseStage});
        if (from.name)
            places.push_back({.range = from.name->range, .stage = index, .isDefinition = true});
        break;
    }
    case Keyword::Add:
    case Keyword::Copy:
        if (const auto from = instruction.flag(u"from"); from && from->value)
            addFrom(places, graph, *from->value, from->valueRange);
        break;
    case Keyword::Run:
        for (const Mount &mount : viewRun(instruction).mounts)
            if (mount.from && !mount.fromRange.isEmpty())
                addFrom(places, graph, *mount.from, mount.fromRange);
        break;
    default:
        break;
    }
    return places;
}

std::vector<VariablePlace> variablePlaces(const Tree &tree, const graph::StageGraph &graph,
                                          const QString &name)
{
    return Walk(tree, graph, name).walk();
}

std::optional<NamedRange> variableNameAt(const Tree &tree, qsizetype offset)
{
    const int line = tree.lineAt(offset);
    if (line < 0 || tree.line(line).kind != LineKind::Instruction)
        return std::nullopt;
    std::optional<NamedRange> found;
    for (const VariableUse &use : variableUses(tree, line))
        if (touches(use.range, offset) || use.wholeRange.start == offset)
            found = NamedRange{use.name, use.range}; // the innermost comes last
    if (found || !isDeclaring(tree.line(line)))
        return found;
    for (const Pair &pair : viewPairs(Instruction(tree, line)))
        if (touches(pair.name.range, offset))
            return NamedRange{pair.name.text, pair.name.range};
    return std::nullopt;
}

}
