// SPDX-License-Identifier: Apache-2.0
#include "language/folding.h"

#include <algorithm>

using namespace dockerfile;

namespace language {

namespace {

bool isComment(const Line &line)
{
    return line.kind == LineKind::Comment || line.kind == LineKind::Directive;
}

void addStages(std::vector<Fold> &folds, const Tree &tree, const graph::StageGraph &graph)
{
    for (const graph::Stage &stage : graph.stages) {
        int last = stage.lastLine;
        while (last > stage.fromLine && tree.line(last).kind == LineKind::Blank)
            --last;
        if (last > stage.fromLine)
            folds.push_back({Fold::Kind::Stage, tree.firstRow(stage.fromLine), tree.lastRow(last)});
    }
}

}

std::vector<Fold> folds(const Tree &tree, const graph::StageGraph &graph)
{
    std::vector<Fold> folds;
    addStages(folds, tree, graph);
    for (int index = 0; index < tree.lineCount(); ++index) {
        const Line &line = tree.line(index);
        if (line.kind == LineKind::Instruction && line.rows > 1) {
            const bool hasHeredoc = std::ranges::contains(line.tokens, TokenKind::HeredocBody, &Token::kind);
            if (const int first = tree.firstRow(index), last = tree.lastRow(index); last > first)
                folds.push_back({hasHeredoc ? Fold::Kind::Heredoc : Fold::Kind::Instruction, first, last});
        } else if (isComment(line)) {
            int last = index;
            while (last + 1 < tree.lineCount() && isComment(tree.line(last + 1)))
                ++last;
            if (last > index)
                folds.push_back({Fold::Kind::Comment, tree.firstRow(index), tree.firstRow(last)});
            index = last;
        }
    }
    // An outer one is longer; of two equally long ones the stage is the outer.
    std::ranges::sort(folds, [](const Fold &a, const Fold &b) {
        return std::tuple(a.firstRow, -a.lastRow, a.kind) < std::tuple(b.firstRow, -b.lastRow, b.kind);
    });
    return folds;
}

}
