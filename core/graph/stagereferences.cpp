// SPDX-License-Identifier: Apache-2.0
#include "graph/stagereferences.h"

#include "dockerfile/views.h"

using namespace dockerfile;

namespace graph {

namespace {

void addCopy(std::vector<StageReference> &references, const StageGraph &graph, const Stage &stage,
             const Instruction &instruction)
{
    const auto from = viewCopy(instruction).from;
    if (!from || !from->value)
        return;
    bool isNumber = false;
    (void)from->value->toInt(&isNumber);
    if (const Stage *named = graph.stageCalled(*from->value)) {
        references.push_back({.place = StageReference::Place::CopyFrom,
                              .line = instruction.line(),
                              .stage = named->index,
                              .inStage = stage.index,
                              .range = from->valueRange,
                              .byIndex = isNumber});
    }
}

void addMounts(std::vector<StageReference> &references, const StageGraph &graph, const Stage &stage,
               const Instruction &instruction)
{
    for (const Mount &mount : viewRun(instruction).mounts) {
        bool isNumber = false;
        if (mount.from)
            (void)mount.from->toInt(&isNumber);
        const Stage *named = mount.from && !isNumber ? graph.stageCalled(*mount.from) : nullptr;
        if (!named)
            continue;
        references.push_back({.place = StageReference::Place::Mount,
                              .line = instruction.line(),
                              .stage = named->index,
                              .inStage = stage.index,
                              .range = mount.fromRange});
    }
}

}

std::vector<StageReference> stageReferences(const Tree &tree, const StageGraph &graph)
{
    std::vector<StageReference> references;
    for (const Stage &stage : graph.stages) {
        if (stage.baseStage >= 0) {
            const auto image = viewFrom(Instruction(tree, stage.fromLine)).image;
            references.push_back({.place = StageReference::Place::Base,
                                  .line = stage.fromLine,
                                  .stage = stage.baseStage,
                                  .inStage = stage.index,
                                  .range = image ? image->range : base::TextRange(),
                                  .byVariable = stage.base != stage.resolvedBase});
        }
        for (const int line : stage.instructions) {
            const Keyword keyword = tree.line(line).keyword;
            if (keyword == Keyword::Copy || keyword == Keyword::Add)
                addCopy(references, graph, stage, Instruction(tree, line));
            else if (keyword == Keyword::Run)
                addMounts(references, graph, stage, Instruction(tree, line));
        }
    }
    return references;
}

}
