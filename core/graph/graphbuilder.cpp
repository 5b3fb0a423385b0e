// SPDX-License-Identifier: Apache-2.0
#include "graph/graphbuilder.h"

#include "graph/edgedraft.h"

#include <QSet>

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

/// Everything that needs more than one section.
class Resolver
{
public:
    Resolver(const Tree &tree, const BuildContextValues &values)
        : m_tree(tree)
        , m_values(values)
    {}

    Resolved resolve(const std::vector<SectionPtr> &sections, const QString &target)
    {
        int line = sections.front()->lines;
        for (size_t i = 1; i < sections.size(); ++i) {
            openStage(*sections[i], line);
            line += sections[i]->lines;
        }
        if (!m_stages.isEmpty())
            m_stages.back().lastLine = m_tree.lineCount() - 1;
        for (const Stage &stage : std::as_const(m_stages))
            addEdges(stage, *sections[size_t(stage.index) + 1]);
        m_result.firstEdges.push_back(int(m_edges.size()));
        chooseTarget(target);
        markReachable();
        return std::move(m_result);
    }

private:
    void openStage(const Section &section, int line)
    {
        Stage stage;
        stage.index = int(m_stages.size());
        stage.fromLine = line;
        stage.lastLine = line + section.last;
        stage.instructions = section.instructionsFrom(line);
        stage.name = section.from.name;
        stage.platform = section.from.platform;
        stage.key = {NodeKind::Stage, freeKey(stage)};
        if (!section.from.image.isEmpty())
            resolveBase(stage, section.from.image);
        if (!stage.name.isEmpty())
            m_result.stagesByName.insert(stage.name.toLower(), stage.index);
        m_stages.push_back(std::move(stage));
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
                m_globals = variablesAt(
                    m_tree, m_stages.isEmpty() ? stage.fromLine : m_stages.front().fromLine, m_values);
            const Expansion expansion = expand(written, *m_globals, m_tree.escape());
            undefined = !expansion.undefined.isEmpty() || expansion.text.isEmpty();
            if (!undefined)
                stage.resolvedBase = expansion.text;
        }
        // After FROM, unlike after --from, BuildKit compares a stage's name in lower case with what is
        // written (dockerfile2llb, addState), and only stages above are known.
        stage.baseStage = undefined ? -1 : m_result.stagesByName.value(stage.resolvedBase, -1);
        if (undefined)
            m_undefined.insert(stage.index);
    }

    NodeRef image(const QString &reference, bool undefined)
    {
        const auto known = m_result.imagesByReference.constFind(reference);
        if (known != m_result.imagesByReference.constEnd())
            return {NodeKind::Image, *known};
        const int index = int(m_images.size());
        m_result.imagesByReference.insert(reference, index);
        m_images.push_back({.key = {NodeKind::Image, reference},
                            .reference = reference,
                            .isScratch = reference == "scratch"_L1,
                            .undefined = undefined});
        return {NodeKind::Image, index};
    }

    NodeRef nodeOf(const Source &source)
    {
        if (!source.from) {
            if (m_contexts.empty())
                m_contexts.push_back({.key = {NodeKind::Context, {}}, .name = {}});
            return {NodeKind::Context, 0};
        }
        if (const int stage = stageOf(source, int(m_stages.size()), m_result.stagesByName); stage >= 0)
            return {NodeKind::Stage, stage};
        return image(*source.from, cannotBe(source));
    }

    // A number out of range, or a variable.
    static bool cannotBe(const Source &source)
    {
        bool isNumber = false;
        (void)source.from->toInt(&isNumber);
        return (isNumber && source.kind == Source::Kind::Copy) || source.from->contains(u'$');
    }

    void addEdges(const Stage &stage, const Section &section)
    {
        m_result.firstEdges.push_back(int(m_edges.size()));
        std::vector<EdgeDraft> drafts;
        if (stage.baseStage >= 0)
            drafts.push_back({EdgeKind::Base, {NodeKind::Stage, stage.baseStage}, {stage.fromLine}, {}, 0});
        else if (!stage.base.isEmpty())
            drafts.push_back({EdgeKind::Base,
                              image(stage.resolvedBase, m_undefined.contains(stage.index)),
                              {stage.fromLine},
                              {},
                              0});
        gather(drafts, section, stage.fromLine, [this](const Source &source) { return nodeOf(source); });
        for (EdgeDraft &draft : drafts) {
            m_edges.push_back({.kind = draft.kind,
                               .from = keyOf(draft.from),
                               .to = stage.key,
                               .lines = std::move(draft.lines),
                               .label = draft.label()});
            m_ends.emplace_back(draft.from, stage.index);
        }
    }

    [[nodiscard]] NodeKey keyOf(NodeRef node) const
    {
        switch (node.kind) {
        case NodeKind::Stage:
            return m_stages[node.index].key;
        case NodeKind::Image:
            return m_images[node.index].key;
        case NodeKind::Context:
            return m_contexts[node.index].key;
        }
        return {};
    }

    void chooseTarget(const QString &target)
    {
        if (m_stages.empty())
            return;
        const Stage *wanted = m_result.graph.stageCalled(target.trimmed());
        m_result.graph.target = wanted ? wanted->index : int(m_stages.size()) - 1;
        m_stages[m_result.graph.target].isTarget = true;
    }

    void markReachable()
    {
        std::vector<std::vector<int>> needs(size_t(m_stages.size()));
        for (const auto &[from, to] : m_ends) {
            if (from.kind == NodeKind::Stage)
                needs[size_t(to)].push_back(from.index);
        }
        std::vector<bool> reached(size_t(m_stages.size()));
        std::vector<int> open;
        if (m_result.graph.target >= 0)
            open.push_back(m_result.graph.target);
        while (!open.empty()) {
            const auto stage = size_t(open.back());
            open.pop_back();
            if (reached[stage])
                continue;
            reached[stage] = true;
            open.insert(open.end(), needs[stage].begin(), needs[stage].end());
        }
        for (Stage &stage : m_stages)
            stage.reachable = reached[size_t(stage.index)];
        for (ExternalImage &image : m_images)
            image.reachable = false;
        for (Context &context : m_contexts)
            context.reachable = false;
        for (size_t i = 0; i < m_ends.size(); ++i) {
            const auto &[from, to] = m_ends[i];
            m_edges[qsizetype(i)].reachable = reached[size_t(to)];
            if (reached[size_t(to)] && from.kind == NodeKind::Image)
                m_images[from.index].reachable = true;
            if (reached[size_t(to)] && from.kind == NodeKind::Context)
                m_contexts[from.index].reachable = true;
        }
    }

    const Tree &m_tree;
    const BuildContextValues &m_values;
    Resolved m_result;
    QList<Stage> &m_stages = m_result.graph.stages.edit();
    QList<ExternalImage> &m_images = m_result.graph.images.edit();
    QList<Context> &m_contexts = m_result.graph.contexts.edit();
    QList<Edge> &m_edges = m_result.graph.edges.edit();
    std::optional<std::vector<Variable>> m_globals; // read once: every FROM sees the same ones
    QHash<QString, int> m_keys;
    QSet<int> m_undefined;                       // stages whose base names an ARG without a value
    std::vector<std::pair<NodeRef, int>> m_ends; // beside m_edges: from, index of the stage
};

}

Resolved resolve(const Tree &tree, const std::vector<SectionPtr> &sections, const QString &target,
                 const BuildContextValues &values)
{
    return Resolver(tree, values).resolve(sections, target);
}

StageGraph build(const Tree &tree, const QString &target, const BuildContextValues &values)
{
    return resolve(tree, readSections(tree), target, values).graph;
}

}
