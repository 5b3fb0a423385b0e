// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/lineparts.h"

#include <memory>

namespace graph {

/// What the lines from one FROM to the next say by themselves, without knowing any other line. Places count
/// from its first line, so that a section stays what it is wherever it moves. The first one of a file is what
/// stands above all FROMs.
struct Section
{
    struct Taken
    {
        int offset = 0; ///< of the line
        Source source;

        friend bool operator==(const Taken &, const Taken &) = default;
    };

    bool isStage = false; ///< begins with a FROM
    int lines = 0;        ///< how many there are
    int last = 0;         ///< the last one before the comments at the end: these belong to the next FROM
    FromParts from;
    std::vector<int> instructions; ///< after the FROM
    std::vector<Taken> sources;
    std::vector<dockerfile::LinePtr> globals; ///< instructions above all FROMs

    [[nodiscard]] std::vector<int> instructionsFrom(int firstLine) const;
    friend bool operator==(const Section &, const Section &) = default;
};
using SectionPtr = std::shared_ptr<const Section>;

/// Of a whole file: what stands above all FROMs, even if that is nothing, and each stage.
std::vector<SectionPtr> readSections(const dockerfile::Tree &tree);

/// Those of the lines [from, to); the first of them is a stage, or else what stands above all FROMs.
std::vector<SectionPtr> readSections(const dockerfile::Tree &tree, int from, int to, bool isStage);

}
