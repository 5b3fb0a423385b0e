// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workspace/workspace.h"

#include <vector>

namespace app {

/// Where the rows of a document as it once was are now, after the edits since: a build's sizes and times stay
/// with their lines.
class RowFollower
{
public:
    /// Starts over from this state.
    void follow(const workspace::Snapshot &snapshot);
    void edited(const base::TextEdit &edit) { m_edits.push_back(edit); }

    /// The row in `now`, the document after the last edit; 0 when its text is gone.
    [[nodiscard]] int rowIn(const workspace::Snapshot &now, int rowThen) const;

private:
    dockerfile::Tree m_then;
    std::vector<base::TextEdit> m_edits;
};

}
