// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

namespace language {

struct DroppedPath
{
    QString path; ///< relative to the build context, with "/"
    bool isFolder = false;

    friend bool operator==(const DroppedPath &, const DroppedPath &) = default;
};

/// Paths as further sources of the COPY or ADD at the place, else as new COPY lines after the instruction
/// there (files together, each folder on its own, since COPY takes what is in a folder), in the file's style.
/// Refused: a place before the first FROM, a path outside of the context, nothing dropped.
base::Result<base::TextEdit> dropFiles(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                                       qsizetype offset, const std::vector<DroppedPath> &paths);

}
