// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "graph/stagegraph.h"

namespace graph {

/// One place of the file that names a stage.
struct StageReference
{
    enum class Place : quint8 { Base, CopyFrom, Mount };

    Place place = Place::Base;
    int line = -1;           ///< logical line
    int stage = -1;          ///< index of the stage that is named
    int inStage = -1;        ///< index of the stage it stands in
    base::TextRange range;   ///< the name or the number, to be replaced by another
    bool byIndex = false;    ///< --from=0
    bool byVariable = false; ///< FROM $BASE: the name stands elsewhere
};

/// All of them, in order of the text. `graph` must be built from `tree`.
std::vector<StageReference> stageReferences(const dockerfile::Tree &tree, const StageGraph &graph);

}
