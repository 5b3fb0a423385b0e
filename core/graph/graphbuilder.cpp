// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/views.h"
#include "graph/lineparts.h"
#include "graph/stagegraph.h"
#include "graph/text.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

/// A node by place, cheap to compare while edges are gathered.
struct NodeRef
{
    NodeKind kind;
    int index;

    friend bool operator==(NodeRef, NodeRef) = default;
};

/// The edges into one stage, of all its lines, joined where kind and source are the same.
struct EdgeDraft
{
    EdgeKind kind;
    NodeRef from;
    std::vector<int> lines;
    QString firstPath;
    int paths = 0;
};

class Builder
{
public:
    Builder(const Tree &tree, const BuildContextValues &values)
        : m_tree(tree)
        , m_values(values)
    {}

    StageGraph build(const QString &target)
    {
        findStages();
        for (Stage &stage : m_graph.stages)
            addEdges(stage);
        chooseTarget(target);
        markReachable();
        return std::move(m_graph);
    }

private:
    void findStages()
    {
        for (int i = 0; i < m_tree.lineCount(); ++i) {
            const Line &line = m_tree.line(i);
            if (line.kind != LineKind::Instruction)
                continue;
            if (line.keyword == Keyword::From)
                openStage(i);
            else if (!m_graph.stages.empty())
                m_graph.stages.back().instructions.push_back(i);
        }
        if (!m_graph.stages.empty())
            m_graph.stages.back().lastLine = m_tree.lineCount() - 1;
    }

    void openStage(int line)
    {
        if (!m_graph.stages.empty())
            m_graph.stages.back().lastLine = lineBeforeCommentsAbove(line);

        const From from = viewFrom(Instruction(m_tree, line));
        Stage stage;
        stage.index = int(m_graph.stages.size());
        stage.fromLine = line;
        if (from.name)
            stage.name = from.name->text;
        if (from.platform)
            stage.platform = from.platform->value.value_or(QString());
        stage.key = {NodeKind::Stage, freeKey(stage)};
        if (from.image)
            resolveBase(stage, from.image->text);
        if (!stage.name.isEmpty())
            m_byName.insert(stage.name.toLower(), stage.index);
        m_graph.stages.push_back(std::move(stage));
    }

    [[nodiscard]] int lineBeforeCommentsAbove(int fromLine) const
    {
        int line = fromLine - 1;
        while (line > m_graph.stages.back().fromLine && m_tree.line(line).kind == LineKind::Comment)
            --line;
        return line;
    }

    QString freeKey(const Stage &stage)
    {
        const QString wanted = stage.name.isEmpty() ? QString::number(stage.index) : stage.name.toLower();
        const int taken = m_keys[wanted]++;
        QString key = wanted;
        if (taken > 0)
            key = wanted + u'#' + QString::number(taken + 1);
        return key;
    }

    void resolveBase(Stage &stage, const QString &written)
    {
        stage.base = written;
        stage.resolvedBase = written;
        bool undefined = false;
        if (written.contains(u'$') || written.contains(u'"') || written.contains(u'\'') ||
            written.contains(m_tree.escape())) {
            if (!m_globals)
                m_globals = variablesAt(m_tree, stage.fromLine, m_values);
            const Expansion expansion = expand(written, *m_globals, m_tree.escape());
            undefined = !expansion.undefined.isEmpty() || expansion.text.isEmpty();
            if (!undefined)
                stage.resolvedBase = expansion.text;
        }
        // After FROM, unlike after --from, BuildKit compares a stage's name in lower case with what is
        // written (dockerfile2llb, addState), and only stages above are known.
        stage.baseStage = undefined ? -1 : m_byName.value(stage.resolvedBase, -1);
        if (undefined)
            m_undefined.insert(stage.index);
    }

    NodeRef image(const QString &reference, bool undefined)
    {
        const auto known = m_images.constFind(reference);
        if (known != m_images.constEnd())
            return {NodeKind::Image, *known};
        const int index = int(m_graph.images.size());
        m_images.insert(reference, index);
        m_graph.images.push_back({.key = {NodeKind::Image, reference},
                                  .reference = reference,
                                  .isScratch = reference == "scratch"_L1,
                                  .undefined = undefined});
        return {NodeKind::Image, index};
    }

    NodeRef context()
    {
        if (m_graph.contexts.empty())
            m_graph.contexts.push_back({.key = {NodeKind::Context, {}}, .name = {}});
        return {NodeKind::Context, 0};
    }

    // No variable is expanded in COPY --from and in a mount's from; the builder refuses it (dockerfile2llb,
    // toCommand: "variable expansion is not supported for --from").
    NodeRef origin(const Source &source)
    {
        const QString &from = *source.from;
        bool isNumber = false;
        const int index = from.toInt(&isNumber);
        const bool byIndex = isNumber && source.kind == Source::Kind::Copy; // mounts know names only
        if (byIndex && index >= 0 && index < int(m_graph.stages.size()))
            return {NodeKind::Stage, index};
        if (!isNumber) {
            if (const int stage = m_byName.value(from.toLower(), -1); stage >= 0)
                return {NodeKind::Stage, stage};
        }
        return image(from, byIndex || from.contains(u'$'));
    }

    void addEdges(const Stage &stage)
    {
        std::vector<EdgeDraft> drafts;
        if (stage.baseStage >= 0)
            drafts.push_back({EdgeKind::Base, {NodeKind::Stage, stage.baseStage}, {stage.fromLine}, {}, 0});
        else if (!stage.base.isEmpty())
            drafts.push_back({EdgeKind::Base,
                              image(stage.resolvedBase, m_undefined.contains(stage.index)),
                              {stage.fromLine},
                              {},
                              0});

        for (const int line : stage.instructions) {
            const Keyword keyword = m_tree.line(line).keyword;
            if (keyword != Keyword::Copy && keyword != Keyword::Add && keyword != Keyword::Run)
                continue;
            for (const Source &source : sourcesOfLine(m_tree, line))
                join(drafts, source, line);
        }
        for (EdgeDraft &draft : drafts) {
            m_edges.emplace_back(draft.from, stage.index);
            m_graph.edges.push_back(finished(draft, stage));
        }
    }

    void join(std::vector<EdgeDraft> &drafts, const Source &source, int line)
    {
        EdgeKind kind = EdgeKind::Context;
        if (source.from)
            kind = source.kind == Source::Kind::Copy ? EdgeKind::CopyFrom : EdgeKind::Mount;
        const NodeRef from = source.from ? origin(source) : context();
        auto draft = std::ranges::find_if(
            drafts, [&](const EdgeDraft &other) { return other.kind == kind && other.from == from; });
        if (draft == drafts.end())
            draft = drafts.insert(drafts.end(), EdgeDraft{kind, from, {}, {}, 0});
        if (draft->lines.empty() || draft->lines.back() != line)
            draft->lines.push_back(line);
        for (const QString &path : source.paths) {
            if (draft->paths == 0)
                draft->firstPath = path;
            if (draft->paths == 0 || path != draft->firstPath)
                ++draft->paths;
        }
    }

    [[nodiscard]] Edge finished(EdgeDraft &draft, const Stage &stage) const
    {
        QString label = draft.firstPath;
        if (draft.paths > 1)
            label = Text::tr("%n paths", nullptr, draft.paths);
        return {.kind = draft.kind,
                .from = keyOf(draft.from),
                .to = stage.key,
                .lines = std::move(draft.lines),
                .label = std::move(label)};
    }

    [[nodiscard]] NodeKey keyOf(NodeRef node) const
    {
        switch (node.kind) {
        case NodeKind::Stage:
            return m_graph.stages[node.index].key;
        case NodeKind::Image:
            return m_graph.images[node.index].key;
        case NodeKind::Context:
            return m_graph.contexts[node.index].key;
        }
        return {};
    }

    void chooseTarget(const QString &target)
    {
        if (m_graph.stages.empty())
            return;
        const Stage *wanted = m_graph.stageCalled(target.trimmed());
        m_graph.target = wanted ? wanted->index : int(m_graph.stages.size()) - 1;
        m_graph.stages[m_graph.target].isTarget = true;
    }

    void markReachable()
    {
        std::vector<std::vector<int>> needs(m_graph.stages.size());
        for (const auto &[from, to] : m_edges) {
            if (from.kind == NodeKind::Stage)
                needs[to].push_back(from.index);
        }
        std::vector<bool> reached(m_graph.stages.size());
        std::vector<int> open;
        if (m_graph.target >= 0)
            open.push_back(m_graph.target);
        while (!open.empty()) {
            const int stage = open.back();
            open.pop_back();
            if (reached[stage])
                continue;
            reached[stage] = true;
            open.insert(open.end(), needs[stage].begin(), needs[stage].end());
        }
        for (Stage &stage : m_graph.stages)
            stage.reachable = reached[stage.index];
        for (ExternalImage &image : m_graph.images)
            image.reachable = false;
        for (Context &context : m_graph.contexts)
            context.reachable = false;
        for (size_t i = 0; i < m_edges.size(); ++i) {
            const auto &[from, to] = m_edges[i];
            m_graph.edges[i].reachable = reached[to];
            if (reached[to] && from.kind == NodeKind::Image)
                m_graph.images[from.index].reachable = true;
            if (reached[to] && from.kind == NodeKind::Context)
                m_graph.contexts[from.index].reachable = true;
        }
    }

    const Tree &m_tree;
    const BuildContextValues &m_values;
    StageGraph m_graph;
    std::optional<std::vector<Variable>> m_globals; // read once: every FROM sees the same ones
    QHash<QString, int> m_byName;                   // lower case -> the last stage of that name so far
    QHash<QString, int> m_keys;
    QHash<QString, int> m_images;
    QSet<int> m_undefined;                        // stages whose base names an ARG without a value
    std::vector<std::pair<NodeRef, int>> m_edges; // beside m_graph.edges: from, index of the stage
};

}

StageGraph build(const Tree &tree, const QString &target, const BuildContextValues &values)
{
    return Builder(tree, values).build(target);
}

}
