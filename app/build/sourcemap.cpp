// SPDX-License-Identifier: Apache-2.0
#include "build/sourcemap.h"

#include "dockerfile/instruction.h"

namespace app {

using namespace Qt::StringLiterals;
using dockerfile::Keyword;

namespace {

// The target's stage preceded by the stages it is FROM.
std::vector<const graph::Stage *> chainOf(const graph::StageGraph &graph)
{
    std::vector<const graph::Stage *> chain;
    for (int index = graph.target; index >= 0; index = graph.stages[std::size_t(index)].baseStage)
        chain.insert(chain.begin(), &graph.stages[std::size_t(index)]);
    return chain;
}

// BuildKit's "[stage 2/5]" counts the FROM of an image and the instructions that make a vertex
// (dockerfile2llb/convert.go, cmdTotal).
std::vector<int> countedLines(const workspace::Snapshot &snapshot, const graph::Stage &stage)
{
    std::vector<int> lines;
    if (stage.baseStage < 0 && stage.resolvedBase.compare(u"scratch", Qt::CaseInsensitive) != 0)
        lines.push_back(stage.fromLine);
    for (const int line : stage.instructions) {
        switch (snapshot.tree.line(line).keyword) {
        case Keyword::Add:
        case Keyword::Copy:
        case Keyword::Run:
        case Keyword::Workdir:
            lines.push_back(line);
            break;
        default:
            break;
        }
    }
    return lines;
}

}

std::vector<image::SourceStep> sourceSteps(const workspace::Snapshot &snapshot)
{
    std::vector<image::SourceStep> steps;
    for (const auto *stage : chainOf(snapshot.graph)) {
        for (const int line : stage->instructions) {
            const auto keyword = snapshot.tree.line(line).keyword;
            // ONBUILD is kept in the configuration only.
            if (keyword == Keyword::Onbuild || keyword == Keyword::Unknown)
                continue;
            const dockerfile::Instruction instruction(snapshot.tree, line);
            steps.push_back({dockerfile::keywordText(keyword), instruction.arguments(), instruction.row()});
        }
    }
    return steps;
}

const graph::Stage *stageOfStep(const graph::StageGraph &graph, const engine::BuildStep &step)
{
    if (step.isInternal())
        return nullptr;
    // An unnamed stage is "stage-1", and the only stage of a file has no name at all.
    if (step.stage.isEmpty())
        return graph.stages.size() == 1 ? &graph.stages.front() : nullptr;
    if (const auto *stage = graph.stageCalled(step.stage))
        return stage;
    if (!step.stage.startsWith("stage-"_L1))
        return nullptr;
    return graph.stageCalled(QStringView(step.stage).mid(6));
}

int lineOfStep(const workspace::Snapshot &snapshot, const engine::BuildStep &step)
{
    const auto *stage = stageOfStep(snapshot.graph, step);
    if (!stage)
        return -1;
    const auto lines = countedLines(snapshot, *stage);
    const QString keyword = step.instruction.section(u' ', 0, 0).toUpper();
    const auto matches = [&](int line) {
        return dockerfile::keywordText(snapshot.tree.line(line).keyword) == keyword;
    };
    const auto index = std::size_t(step.position - 1);
    if (index < lines.size() && matches(lines[index]))
        return lines[index];
    // ONBUILD triggers of the base shift the count: count from the end instead.
    const auto fromEnd = qsizetype(lines.size()) - 1 - (step.count - step.position);
    if (fromEnd >= 0 && std::size_t(fromEnd) < lines.size() && matches(lines[std::size_t(fromEnd)]))
        return lines[std::size_t(fromEnd)];
    return -1;
}

int rowOfStep(const workspace::Snapshot &snapshot, const engine::BuildStep &step)
{
    const int line = lineOfStep(snapshot, step);
    return line < 0 ? 0 : snapshot.tree.firstRow(line);
}

}
