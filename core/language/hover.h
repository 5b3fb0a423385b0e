// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "graph/stagegraph.h"
#include "language/facts.h"

namespace language {

/// What is known of the thing at a place.
struct Hover
{
    base::TextRange range; ///< of the thing
    QString title;
    QString text; ///< Markdown; may be empty

    friend bool operator==(const Hover &, const Hover &) = default;
};

/// An instruction's keyword, a flag, a field of a mount, a directive, a variable with its value and where it
/// came from, a stage, an image. `graph` must be built from `tree`.
std::optional<Hover> hover(const dockerfile::Tree &tree, const graph::StageGraph &graph, qsizetype offset,
                           const Facts &facts = {});

}
