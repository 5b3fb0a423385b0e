// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/edits.h"
#include "lint/finding.h"
#include "lint/linter.h"

#include <QLatin1StringView>

namespace lint {

/// What a rule looks at: one revision of a file, read once for all rules. The references outlive the run.
struct Input
{
    Input(const dockerfile::Tree &tree, const graph::StageGraph &graph, const Facts &facts);

    const dockerfile::Tree &tree;
    const graph::StageGraph &graph;
    const Facts &facts;
    std::vector<dockerfile::Instruction> instructions; ///< all of the file, in order
    dockerfile::Style style;

    [[nodiscard]] const dockerfile::Instruction &at(int line) const; ///< of kind Instruction
    [[nodiscard]] std::vector<const dockerfile::Instruction *> of(const graph::Stage &stage) const;
    /// The stage and those it is FROM, the nearest first.
    [[nodiscard]] std::vector<const graph::Stage *> withBases(const graph::Stage &stage) const;
    /// Starts from nothing, and no copy seems to bring a shell, before the logical line.
    [[nodiscard]] bool hasNoShell(const graph::Stage &stage, int beforeLine) const;
    /// `text` as a line of its own before an instruction and the comments right above it.
    [[nodiscard]] base::TextEdit insertAbove(int line, const QString &text) const;

private:
    std::vector<int> m_placeOfLine; // line -> place in `instructions`, or -1
};

/// One thing that is looked for. A rule fills range, message, hint and fix of its findings; the linter knows
/// the rest.
struct Rule
{
    QLatin1StringView id;
    QLatin1StringView builderName; ///< the builder's own check of the same meaning; empty without
    Severity severity = Severity::Warning;
    const char *summary = nullptr; ///< in English, for lists; translated by the context "lint"
    Findings (*check)(const Input &) = nullptr;
};

/// A finding with its place and words; fixes are added by whoever has one.
Finding found(base::TextRange range, const QString &message, const QString &hint = {});

}
