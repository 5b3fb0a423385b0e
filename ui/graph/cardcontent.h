// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"
#include "lint/finding.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace ui {

/// What a build said about a node.
struct NodeNote
{
    enum class State : quint8 { None, Waiting, Running, Cached, Done, Failed, Cancelled };

    State state = State::None;
    QString text;    ///< "3.1 s · 4.2 MB"; may be empty
    QString tooltip; ///< the exact numbers

    friend bool operator==(const NodeNote &, const NodeNote &) = default;
};

/// How many findings a node has.
struct FindingCounts
{
    int errors = 0;
    int warnings = 0;
    int advice = 0;

    [[nodiscard]] int all() const { return errors + warnings + advice; }
    friend bool operator==(const FindingCounts &, const FindingCounts &) = default;
};
using CountsByNode = QHash<graph::NodeKey, FindingCounts>;

/// Of stages that have any. `tree` and `graph` are of the text that the findings were made for.
CountsByNode countFindings(const lint::Findings &findings, const dockerfile::Tree &tree,
                           const graph::StageGraph &graph);

/// What is known beside the graph itself, from builds, the engine and lint.
struct GraphNotes
{
    QHash<graph::NodeKey, NodeNote> nodes;
    QSet<QString> standIns;             ///< references of images that are only stand-ins
    QHash<QString, QString> imageSizes; ///< by reference: "314 MB"
    lint::Findings findings;

    friend bool operator==(const GraphNotes &, const GraphNotes &) = default;
};

/// One node in the words that its card shows.
struct CardContent
{
    enum class BadgeKind : quint8 { Target, StandIn, NotNeeded, Undefined, Neutral };
    struct BadgeText
    {
        QString text;
        BadgeKind kind = BadgeKind::Neutral;
        friend bool operator==(const BadgeText &, const BadgeText &) = default;
    };
    struct Row
    {
        QString keyword;
        QString text;
        int row = 0;     ///< of the file, from 1
        QString problem; ///< why the builder would not take it; empty when it would
        friend bool operator==(const Row &, const Row &) = default;
    };

    graph::NodeKey key;
    QString title;
    QString subtitle;
    bool isUnnamed = false;
    std::vector<BadgeText> badges;
    std::vector<Row> rows; ///< the instructions that it has room for ...
    int firstShown = 0;    ///< ... of which this is the first, from 0
    int rowsNotShown = 0;  ///< above and below
    int firstRow = 0;
    FindingCounts findings;
    bool isNeeded = true;
    NodeNote note;

    [[nodiscard]] bool isTarget() const;
    /// The whole card in a sentence, for screen readers and tooltips.
    [[nodiscard]] QString inWords() const;
    friend bool operator==(const CardContent &, const CardContent &) = default;
};

/// An edge's label: what kind of use it is, and what it carries.
struct EdgeContent
{
    graph::EdgeKind kind = graph::EdgeKind::Base;
    QString word;   ///< "FROM", "COPY", "mount"
    QString detail; ///< "/app/hello"; may be empty
    bool isNeeded = true;

    friend bool operator==(const EdgeContent &, const EdgeContent &) = default;
};

/// A graph as cards and labels; edges in the order of StageGraph::edges.
struct GraphContent
{
    std::vector<CardContent> cards;
    std::vector<EdgeContent> edges;

    [[nodiscard]] const CardContent *card(const graph::NodeKey &key) const;
};

/// The words of instructions by their line. Lines are immutable and shared between revisions of a tree, so
/// that describing a graph after a key reads only the lines that the key changed.
class RowCache
{
public:
    [[nodiscard]] CardContent::Row row(const dockerfile::Tree &tree, int line);
    /// Forgets the lines that were not asked for since the last call.
    void sweep();
    void forget(const dockerfile::Line &line) { m_entries.remove(&line); }

private:
    struct Entry
    {
        dockerfile::LinePtr line; ///< kept alive, or its address could be another's
        CardContent::Row row;
        bool isUsed = true;
    };
    QHash<const dockerfile::Line *, Entry> m_entries;
};

/// What the cards are made of.
struct CardSources
{
    const dockerfile::Tree &tree;
    const graph::StageGraph &graph;
    const GraphNotes &notes;
    const CountsByNode &counts;
    /// A stage whose card shows its instructions from another one on than the first.
    struct ShownFrom
    {
        graph::NodeKey stage;
        int first = 0;
    };
    ShownFrom shownFrom = {};
};

/// How many of that many instructions a card has room for.
int rowsOnCard(int instructions);

GraphContent describe(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                      const GraphNotes &notes = {});
GraphContent describe(const CardSources &sources, RowCache &cache);
CardContent describe(const graph::Stage &stage, const CardSources &sources, RowCache &cache);

}
