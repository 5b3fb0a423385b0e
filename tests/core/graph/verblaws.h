// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/graph/randomverb.h"
#include "graph/livegraph.h"

/// A file that verbs are done to, with what must hold for each of them: nothing but the edit's own ranges
/// changes, the text reads as it would afresh and has no new mistake, the verb did what it says, the inverse
/// gives the very text, and the graph that is kept up to date is the fresh one.
class VerbLaws
{
public:
    explicit VerbLaws(const QString &text);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const dockerfile::Tree &tree() const { return m_tree; }
    [[nodiscard]] const graph::StageGraph &graph() const { return m_graph; }

    /// Does the verb, if it is not refused; the law it broke, or nothing.
    [[nodiscard]] QString brokenBy(const RandomVerb &verb);

private:
    [[nodiscard]] QString brokenBy(const base::TextEdit &edit);

    QString m_text;
    dockerfile::Tree m_tree;
    graph::LiveGraph m_live;
    graph::StageGraph m_graph;
};
