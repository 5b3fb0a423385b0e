// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/scopewalk.h"

#include <QHash>

#include <optional>
#include <vector>

namespace dockerfile {

/// variablesAt() for several lines of one tree. It reads the top of the file, the stage of the line and the
/// stages that this one stands on, and keeps what those end with; the rest of the file costs next to nothing.
class StageVariables
{
public:
    explicit StageVariables(Tree tree, BuildContextValues values = {});
    Q_DISABLE_COPY_MOVE(StageVariables)

    /// What is known right before the logical line `line`.
    std::vector<Variable> at(int line) { return scopeAt(line).all(); }
    /// The same, as it is until the next question. Lines that are asked for from the top down are read once.
    const Scope &scopeAt(int line);

private:
    [[nodiscard]] bool isFrom(int line) const;
    const Scope &topBefore(int line);
    [[nodiscard]] bool isInSameStage(int line) const;
    const StageScope *scopeBelow(int from);
    int baseOf(int from);
    int stageAbove(const QString &name, int from);

    const Tree m_tree;
    const BuildContextValues m_values;
    ScopeWalk m_walk;    ///< has gone through the top of the file, and into one stage after another
    int m_firstFrom = 0; ///< the line count without any
    int m_next = -1;     ///< what m_walk would pass next; -1: it is in no stage
    std::optional<ScopeWalk> m_topWalk; ///< goes through the top anew, for lines there
    int m_topNext = 0;
    std::optional<std::vector<int>> m_fromLines; ///< once they were needed
    QHash<int, int> m_bases;                     ///< FROM line -> that of its base; -1: none in the file
    QHash<int, StageScope> m_ended;              ///< by FROM line
};

}
