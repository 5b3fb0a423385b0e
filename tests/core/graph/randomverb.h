// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

#include "core/graph/dice.h"

#include <functional>

/// One verb with arguments that may or may not make sense.
struct RandomVerb
{
    QString name; ///< with its arguments
    base::Result<base::TextEdit> edit;
    /// After the edit: what is not as the verb promises it; empty when all is well.
    std::function<QString(const dockerfile::Tree &, const graph::StageGraph &)> whyNotDone;
};
RandomVerb randomVerb(const Dice &dice, const dockerfile::Tree &tree, const graph::StageGraph &graph);
