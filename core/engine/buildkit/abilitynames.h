// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"

namespace engine {

/// An ability that a list can show.
struct NamedAbility
{
    QString name;  ///< short, never translated: "cache export"
    QString title; ///< for a person: "Export of the build cache"
    Ability BuildAbilities::*ability;
};

/// All but `session`, which the others need; in the order in which a person meets them.
const std::vector<NamedAbility> &namedAbilities();

}
