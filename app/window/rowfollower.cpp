// SPDX-License-Identifier: Apache-2.0
#include "window/rowfollower.h"

namespace app {

void RowFollower::follow(const workspace::Snapshot &snapshot)
{
    m_then = snapshot.tree;
    m_edits.clear();
}

int RowFollower::rowIn(const workspace::Snapshot &now, int rowThen) const
{
    if (rowThen <= 0 || m_then.lineAtRow(rowThen) < 0)
        return 0;
    const qsizetype start = m_then.rowStart(rowThen);
    const qsizetype next =
        m_then.lineAtRow(rowThen + 1) < 0 ? m_then.length() : m_then.rowStart(rowThen + 1) - 1;
    base::TextRange range{start, std::max<qsizetype>(0, next - start)};
    const bool wasEmpty = range.isEmpty();
    for (const auto &edit : m_edits)
        range = edit.mapped(range);
    return range.isEmpty() && !wasEmpty ? 0 : now.tree.rowAt(range.start);
}

}
