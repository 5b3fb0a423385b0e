// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"
#include "lint/rule.h"

#include <QSet>

namespace lint {

/// What a file asks not to be told: "# check=skip=rule,rule;error=true" at its top, as the builder reads it,
/// or a comment "# check=skip=rule" right above an instruction. Rules go by our id or by the builder's name.
class Suppressions
{
public:
    explicit Suppressions(const dockerfile::Tree &tree);

    [[nodiscard]] bool skips(const Rule &rule) const;
    /// Skipped at the logical line by a comment right above it.
    [[nodiscard]] bool skipsAt(const Rule &rule, int line) const;
    /// Warnings are to count as errors.
    [[nodiscard]] bool warningsAreErrors() const { return m_warningsAreErrors; }

private:
    const dockerfile::Tree &m_tree;
    QSet<QString> m_skipped; // in lower case
    bool m_warningsAreErrors = false;
};

}
