// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/edits.h"
#include "dockerfile/views.h"
#include "lint/rule.h"

#include <QRegularExpression>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint {

Input::Input(const Tree &tree_, const graph::StageGraph &graph_, const Facts &facts_)
    : tree(tree_)
    , graph(graph_)
    , facts(facts_)
    , instructions(dockerfile::instructions(tree_))
    , style(styleOf(tree_))
    , m_placeOfLine(size_t(tree_.lineCount()), -1)
{
    for (size_t i = 0; i < instructions.size(); ++i)
        m_placeOfLine[size_t(instructions[i].line())] = int(i);
}

const Instruction &Input::at(int line) const
{
    return instructions[size_t(m_placeOfLine[size_t(line)])];
}

std::vector<const Instruction *> Input::of(const graph::Stage &stage) const
{
    std::vector<const Instruction *> result;
    result.reserve(stage.instructions.size());
    for (const int line : stage.instructions)
        result.push_back(&at(line));
    return result;
}

std::vector<const graph::Stage *> Input::withBases(const graph::Stage &stage) const
{
    std::vector<const graph::Stage *> chain{&stage};
    while (chain.back()->baseStage >= 0) // always an earlier one, so this ends
        chain.push_back(&graph.stages[size_t(chain.back()->baseStage)]);
    return chain;
}

bool Input::hasNoShell(const graph::Stage &stage, int beforeLine) const
{
    const auto chain = withBases(stage);
    const QString &base = chain.back()->resolvedBase;
    const bool isDistroless = base.contains("distroless"_L1) && !base.contains("debug"_L1);
    if (base != "scratch"_L1 && !isDistroless)
        return false;
    // A whole root, an archive of one, or a shell by name.
    static const QRegularExpression shell(
        uR"((^|/)(sh|bash|ash|dash|busybox|bin/?|rootfs[^/]*|\.|\*)$|^/$|\.tar)"_s);
    for (const graph::Stage *step : chain) {
        for (const Instruction *instruction : of(*step)) {
            const bool copies =
                instruction->keyword() == Keyword::Copy || instruction->keyword() == Keyword::Add;
            if (step == &stage && instruction->line() >= beforeLine)
                break;
            if (instruction->keyword() == Keyword::Shell)
                return false;
            if (!copies)
                continue;
            const Copy copy = viewCopy(*instruction);
            for (const Word &source : copy.sources) {
                if (shell.match(source.text).hasMatch())
                    return false;
            }
            if (copy.destination && shell.match(copy.destination->text).hasMatch() &&
                copy.destination->text != "/"_L1 && !copy.destination->text.endsWith(u'.'))
                return false;
        }
    }
    return true;
}

base::TextEdit Input::insertAbove(int line, const QString &text) const
{
    while (line > 0 && tree.line(line - 1).kind == LineKind::Comment)
        --line;
    // As dockerfile::insertLineBefore, which would read the style of the whole file again for each finding.
    return base::TextEdit({tree.lineRange(line).start, 0}, text + style.lineEnd);
}

Finding found(base::TextRange range, const QString &message, const QString &hint)
{
    Finding finding;
    finding.range = range;
    finding.message = message;
    finding.hint = hint;
    return finding;
}

}
