// SPDX-License-Identifier: Apache-2.0
#include "graph/cardcontent.h"

#include "dockerfile/instruction.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostRows = 6;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GraphCard)
};

/// RUN go build ... without the --mount flags, which edges and the inspector show.
CardContent::Row rowOf(const dockerfile::Instruction &instruction)
{
    QString text;
    for (const auto &flag : instruction.flags())
        if (flag.name == u"from")
            text += u"--from="_s + flag.value.value_or(QString()) + u' ';
    text += instruction.arguments();
    return {instruction.keywordWord().text.toUpper(), text.simplified(), instruction.row(), {}};
}

/// Why the builder would not take a line; empty for most.
QString problemOf(const dockerfile::Tree &tree, int line)
{
    if (!tree.line(line).isSuspect)
        return {};
    const base::TextRange range = tree.lineRange(line);
    for (const auto &problem : tree.problems()) {
        if (problem.severity == dockerfile::Problem::Severity::Error && problem.range.start >= range.start &&
            problem.range.start < range.end())
            return problem.message;
    }
    return {};
}

CardContent cardOf(const graph::ExternalImage &image, const CardSources &sources)
{
    const auto &[tree, graph, notes, counts, shownFrom] = sources;
    CardContent card;
    card.key = image.key;
    card.title = image.reference;
    card.subtitle = image.isScratch ? Text::tr("empty image")
                                    : notes.imageSizes.value(image.reference, Text::tr("image"));
    card.isNeeded = image.reachable;
    if (image.undefined)
        card.badges.push_back({Text::tr("value missing"), CardContent::BadgeKind::Undefined});
    if (notes.standIns.contains(image.reference))
        card.badges.push_back({Text::tr("stand-in"), CardContent::BadgeKind::StandIn});
    card.note = notes.nodes.value(image.key);
    for (const auto &edge : graph.edges) {
        if (edge.from == image.key && !edge.lines.empty()) {
            card.firstRow = tree.firstRow(edge.lines.front());
            break;
        }
    }
    return card;
}

CardContent cardOf(const graph::Context &context, const GraphNotes &notes)
{
    CardContent card;
    card.key = context.key;
    card.title = context.name.isEmpty() ? Text::tr("build context") : context.name;
    card.subtitle = context.name.isEmpty() ? Text::tr("files of the project") : Text::tr("named context");
    card.isNeeded = context.reachable;
    card.note = notes.nodes.value(context.key);
    return card;
}

EdgeContent contentOf(const graph::Edge &edge)
{
    EdgeContent content;
    content.kind = edge.kind;
    content.isNeeded = edge.reachable;
    content.detail = edge.label;
    switch (edge.kind) {
    case graph::EdgeKind::Base:
        content.word = u"FROM"_s;
        break;
    case graph::EdgeKind::CopyFrom:
    case graph::EdgeKind::Context:
        content.word = u"COPY"_s;
        break;
    case graph::EdgeKind::Mount:
        content.word = Text::tr("mount");
        break;
    }
    return content;
}

}

bool CardContent::isTarget() const
{
    return std::ranges::any_of(badges,
                               [](const BadgeText &badge) { return badge.kind == BadgeKind::Target; });
}

QString CardContent::inWords() const
{
    QStringList parts;
    switch (key.kind) {
    case graph::NodeKind::Stage:
        parts << Text::tr("Stage %1").arg(title) << Text::tr("FROM %1").arg(subtitle)
              << Text::tr("%n instructions", nullptr, int(rows.size()) + rowsNotShown);
        break;
    case graph::NodeKind::Image:
        parts << Text::tr("Image %1").arg(title) << subtitle;
        break;
    case graph::NodeKind::Context:
        parts << Text::tr("Context: %1").arg(title);
        break;
    }
    for (const auto &badge : badges)
        parts << badge.text;
    if (findings.all() > 0)
        parts << Text::tr("%n findings", nullptr, findings.all());
    if (!note.text.isEmpty())
        parts << note.text;
    return parts.join(u", "_s);
}

const CardContent *GraphContent::card(const graph::NodeKey &key) const
{
    const auto found = std::ranges::find(cards, key, &CardContent::key);
    return found == cards.end() ? nullptr : &*found;
}

CardContent::Row RowCache::row(const dockerfile::Tree &tree, int line)
{
    const auto known = m_entries.find(&tree.line(line));
    if (known == m_entries.end()) {
        const auto row = rowOf(dockerfile::Instruction(tree, line));
        m_entries.insert(&tree.line(line), {.line = tree.sharedLine(line), .row = row});
        return row;
    }
    known->isUsed = true;
    known->row.row = tree.firstRow(line); // the line may have moved
    return known->row;
}

void RowCache::sweep()
{
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (!std::exchange(entry->isUsed, false))
            entry = m_entries.erase(entry);
        else
            ++entry;
    }
}

CountsByNode countFindings(const lint::Findings &findings, const dockerfile::Tree &tree,
                           const graph::StageGraph &graph)
{
    CountsByNode counts;
    for (const auto &finding : findings) {
        const int line = tree.lineAt(finding.range.start);
        const graph::Stage *stage = graph.stageAtLine(line);
        if (stage == nullptr || line < stage->fromLine) // a comment above it tells of no stage
            continue;
        FindingCounts &ofStage = counts[stage->key];
        switch (finding.severity) {
        case lint::Severity::Error:
            ++ofStage.errors;
            break;
        case lint::Severity::Warning:
            ++ofStage.warnings;
            break;
        case lint::Severity::Advice:
            ++ofStage.advice;
            break;
        }
    }
    return counts;
}

int rowsOnCard(int instructions)
{
    return instructions <= mostRows + 1 ? instructions : mostRows;
}

GraphContent describe(const dockerfile::Tree &tree, const graph::StageGraph &graph, const GraphNotes &notes)
{
    RowCache cache;
    return describe({tree, graph, notes, countFindings(notes.findings, tree, graph)}, cache);
}

GraphContent describe(const CardSources &sources, RowCache &cache)
{
    GraphContent content;
    for (const auto &image : sources.graph.images)
        content.cards.push_back(cardOf(image, sources));
    for (const auto &context : sources.graph.contexts)
        content.cards.push_back(cardOf(context, sources.notes));
    for (const auto &stage : sources.graph.stages)
        content.cards.push_back(describe(stage, sources, cache));
    for (const auto &edge : sources.graph.edges)
        content.edges.push_back(contentOf(edge));
    cache.sweep();
    return content;
}

CardContent describe(const graph::Stage &stage, const CardSources &sources, RowCache &cache)
{
    CardContent card;
    card.key = stage.key;
    card.title = stage.displayName();
    card.isUnnamed = stage.name.isEmpty();
    card.subtitle = stage.base.isEmpty() ? Text::tr("no base yet") : stage.base;
    if (stage.baseStage < 0 && !stage.resolvedBase.isEmpty() && stage.resolvedBase != stage.base)
        card.subtitle = stage.resolvedBase;
    if (!stage.platform.isEmpty())
        card.subtitle += u" \u00b7 "_s + stage.platform;
    card.firstRow = sources.tree.firstRow(stage.fromLine);
    card.isNeeded = stage.reachable;
    if (stage.isTarget)
        card.badges.push_back({Text::tr("target"), CardContent::BadgeKind::Target});
    if (!stage.reachable)
        card.badges.push_back({Text::tr("not needed"), CardContent::BadgeKind::NotNeeded});

    const int all = int(stage.instructions.size());
    const int shown = rowsOnCard(all);
    if (sources.shownFrom.stage == stage.key)
        card.firstShown = std::clamp(sources.shownFrom.first, 0, all - shown);
    for (int i = card.firstShown; i < card.firstShown + shown; ++i) {
        const int line = stage.instructions[size_t(i)];
        card.rows.push_back(cache.row(sources.tree, line));
        card.rows.back().problem = problemOf(sources.tree, line);
    }
    card.rowsNotShown = all - shown;
    card.findings = sources.counts.value(stage.key);
    card.note = sources.notes.nodes.value(stage.key);
    return card;
}

}
