// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/solveplan.h"

namespace engine {

/// Under which names a list of what the nodes push is to be put.
struct SharedPush
{
    QStringList names;                                    ///< none: nothing is pushed
    std::vector<std::pair<QString, QString>> annotations; ///< of the list
    bool isInsecure = false;
    friend bool operator==(const SharedPush &, const SharedPush &) = default;
};

/// Makes `plan` that of one node among several: its image is a list, even of one platform, and is pushed
/// under its digest only. What is left to be done with all of them together comes back.
SharedPush sharePlan(SolvePlan &plan);

}
