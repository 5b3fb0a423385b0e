// SPDX-License-Identifier: Apache-2.0
#include "graph/edgeverbs.h"

#include "dockerfile/forms/editor.h"
#include "dockerfile/forms/run.h"
#include "dockerfile/lineverbs.h"
#include "dockerfile/text.h"
#include "dockerfile/views.h"
#include "graph/graphedits.h"
#include "graph/verbtools.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

std::unexpected<Error> noSuchEdge()
{
    return refused(Text::tr("There is no such edge any more."));
}

/// Which mounts of a RUN belong to an edge.
std::vector<bool> mountsOf(const StageGraph &graph, const Instruction &run, const Edge &edge)
{
    std::vector<bool> own;
    for (const Mount &mount : viewRun(run).mounts) {
        const auto source = mountSource(graph, mount.type.toLower(), mount.from);
        const bool isContext = !mount.from || mount.from->isEmpty();
        const bool fits = (edge.kind == EdgeKind::Context) == isContext;
        own.push_back(source == edge.from && fits);
    }
    return own;
}

bool makesEdge(const StageGraph &after, EdgeKind kind, const NodeKey &from, const NodeKey &to, int line)
{
    return std::ranges::any_of(after.edges, [&](const Edge &edge) {
        return edge.kind == kind && edge.from == from && edge.to == to &&
               std::ranges::count(edge.lines, line) > 0;
    });
}

/// The edit, if `line` is then part of an edge of that kind between the two.
Result<TextEdit> ifConnected(const Tree &tree, const Result<TextEdit> &edit, EdgeKind kind,
                             const NodeKey &from, const NodeKey &to, const std::vector<int> &lines)
{
    if (!edit || edit->isEmpty())
        return edit;
    const StageGraph after = build(tree.edited(*edit));
    for (const int line : lines) {
        if (!makesEdge(after, kind, from, to, line)) {
            return refused(
                Text::tr("Line %1 would not take from \"%2\" then.").arg(tree.firstRow(line)).arg(from.name));
        }
    }
    return edit;
}

/// The edit, if none of the edges is there afterwards.
Result<TextEdit> ifGone(const Tree &tree, const TextEdit &edit, const std::vector<Edge> &edges)
{
    const StageGraph after = build(tree.edited(edit));
    for (const Edge &edge : edges) {
        if (const Edge *left = findEdge(after, edge.kind, edge.from, edge.to)) {
            return refused(Text::tr("Line %1 is written in a way that cannot be followed.")
                               .arg(tree.firstRow(left->lines.front())));
        }
    }
    return edit;
}

Promise promiseWithout(const Tree &tree, const QSet<int> &gone, const QSet<int> &changed)
{
    Promise promise = promiseOf(instructionLines(tree));
    std::erase_if(promise.lines, [&gone](int line) { return gone.contains(line); });
    promise.changed = changed;
    promise.keepsVariables = false;
    return promise;
}

}

const Edge *findEdge(const StageGraph &graph, EdgeKind kind, const NodeKey &from, const NodeKey &to)
{
    const auto found = std::ranges::find_if(graph.edges, [&](const Edge &edge) {
        return edge.kind == kind && edge.from == from && edge.to == to;
    });
    return found == graph.edges.end() ? nullptr : &*found;
}

Result<TextEdit> connectByMount(const Tree &tree, const StageGraph &graph, const NodeKey &from,
                                const NodeKey &to, int run, const QString &source, const QString &target)
{
    const Stage *stage = graph.stage(to);
    if (!stage)
        return noSuchStage(to);
    if (std::ranges::count(stage->instructions, run) == 0 || tree.line(run).keyword != Keyword::Run) {
        return refused(Text::tr("A mount needs a RUN of the stage \"%1\".").arg(stage->displayName()),
                       Text::tr("Add a RUN first."));
    }
    const auto name = sourceText(graph, from, *stage, SourceUse::Mount);
    if (!name)
        return std::unexpected(name.error());
    MountForm mount;
    mount.from = *name;
    mount.source = source.trimmed();
    mount.target = target.trimmed();
    const auto edit = addMount(Instruction(tree, run), mount);
    if (!edit)
        return edit;
    const EdgeKind kind =
        from.kind == NodeKind::Context && from.name.isEmpty() ? EdgeKind::Context : EdgeKind::Mount;
    return ifConnected(tree, ifKept(tree, *edit, promiseWithout(tree, {}, {run})), kind, from, to, {run});
}

Result<TextEdit> connectByBase(const Tree &tree, const StageGraph &graph, const NodeKey &from,
                               const NodeKey &to)
{
    const Stage *stage = graph.stage(to);
    if (!stage)
        return noSuchStage(to);
    QString base = from.name;
    switch (from.kind) {
    case NodeKind::Context:
        return refused(Text::tr("The build context is no base for a stage."));
    case NodeKind::Image:
        break;
    case NodeKind::Stage: {
        const Stage *source = graph.stage(from);
        if (!source)
            return noSuchStage(from);
        if (source->index == stage->index)
            return refused(Text::tr("A stage cannot be its own base."));
        if (source->name.isEmpty()) {
            return refused(Text::tr("FROM knows stages by name only."),
                           Text::tr("Give the stage a name first."));
        }
        base = source->name;
        break;
    }
    }
    const auto edit = changeBase(tree, graph, to, base);
    if (!edit || edit->isEmpty())
        return edit;
    return ifConnected(tree, ifKept(tree, *edit, promiseWithout(tree, {}, {stage->fromLine})), EdgeKind::Base,
                       from, to, {stage->fromLine});
}

namespace {

/// One line that takes from another node.
class Retarget
{
public:
    Retarget(const Tree &tree, const StageGraph &graph, const Edge &edge, const NodeKey &from,
             const Stage &to)
        : m_tree(tree)
        , m_graph(graph)
        , m_edge(edge)
        , m_from(from)
        , m_to(to)
    {}

    Result<TextEdit> edit(int line) const
    {
        const Instruction instruction(m_tree, line);
        return instruction.keyword() == Keyword::Run ? editMounts(instruction) : editCopy(instruction);
    }

private:
    [[nodiscard]] Result<TextEdit> editCopy(const Instruction &copy) const
    {
        const auto name = sourceText(m_graph, m_from, m_to, SourceUse::Copy);
        if (!name)
            return std::unexpected(name.error());
        if (copy.keyword() == Keyword::Add && !name->isEmpty()) {
            return refused(Text::tr("ADD in line %1 takes from the build context only.").arg(copy.row()),
                           Text::tr("Write COPY instead."));
        }
        if (!copy.heredocs().empty() && !name->isEmpty())
            return refused(Text::tr("Line %1 copies a heredoc, which stands in the file.").arg(copy.row()));
        InstructionEditor editor(copy);
        editor.setFlag(u"from"_s, *name);
        return editor.edit();
    }

    [[nodiscard]] Result<TextEdit> editMounts(const Instruction &run) const
    {
        const auto name = sourceText(m_graph, m_from, m_to, SourceUse::Mount);
        if (!name)
            return std::unexpected(name.error());
        const std::vector<bool> own = mountsOf(m_graph, run, m_edge);
        const auto mounts = viewRun(run).mounts;
        QStringList values;
        for (size_t i = 0; i < mounts.size(); ++i) {
            const QString written = mounts[i].flag.value.value_or(QString());
            MountForm form = readMountForm(written);
            if (own[i])
                form.from = *name;
            values.append(mountTextLike(written, form));
        }
        InstructionEditor editor(run);
        editor.setFlags(u"mount"_s, values);
        return editor.edit();
    }

    const Tree &m_tree;
    const StageGraph &m_graph;
    const Edge &m_edge;
    const NodeKey &m_from;
    const Stage &m_to;
};

EdgeKind kindAfter(const Tree &tree, const NodeKey &from, int line)
{
    if (from.kind == NodeKind::Context && from.name.isEmpty())
        return EdgeKind::Context;
    return tree.line(line).keyword == Keyword::Run ? EdgeKind::Mount : EdgeKind::CopyFrom;
}

}

Result<TextEdit> retargetEdge(const Tree &tree, const StageGraph &graph, const Edge &wanted,
                              const NodeKey &from)
{
    const Edge *edge = findEdge(graph, wanted.kind, wanted.from, wanted.to);
    const Stage *to = edge ? graph.stage(edge->to) : nullptr;
    if (!to)
        return noSuchEdge();
    if (edge->from == from)
        return TextEdit();
    if (edge->kind == EdgeKind::Base)
        return connectByBase(tree, graph, from, edge->to);
    TextEdit all;
    QSet<int> changed;
    for (const int line : edge->lines) {
        const auto one = Retarget(tree, graph, *edge, from, *to).edit(line);
        if (!one)
            return one;
        add(all, *one);
        changed.insert(line);
    }
    Result<TextEdit> edit = ifKept(tree, all, promiseWithout(tree, {}, changed));
    for (const int line : edge->lines)
        edit = ifConnected(tree, edit, kindAfter(tree, from, line), from, edge->to, {line});
    return edit;
}

Result<TextEdit> removeEdge(const Tree &tree, const StageGraph &graph, const Edge &edge)
{
    return removeEdges(tree, graph, {edge});
}

Result<TextEdit> withoutEdges(const Tree &tree, const StageGraph &graph, const std::vector<Edge> &edges,
                              QSet<int> &gone, QSet<int> &changed)
{
    QHash<int, std::vector<bool>> mounts; // of each RUN, which ones go
    for (const Edge &edge : edges) {
        for (const int line : edge.lines) {
            if (tree.line(line).keyword != Keyword::Run) {
                gone.insert(line);
                continue;
            }
            std::vector<bool> own = mountsOf(graph, Instruction(tree, line), edge);
            const std::vector<bool> others = mounts.value(line);
            for (size_t i = 0; i < others.size(); ++i)
                own[i] = own[i] || others[i];
            mounts.insert(line, own);
        }
    }

    TextEdit all;
    for (const int line : std::as_const(gone)) {
        const qsizetype start = contentOf(tree, firstLineOf(tree, line), line).start;
        all.remove({start, tree.lineRange(line).end() - start});
    }
    for (const auto &[line, own] : mounts.asKeyValueRange()) {
        InstructionEditor editor(Instruction(tree, line));
        const auto written = viewRun(editor.now()).mounts;
        QStringList kept;
        for (size_t i = 0; i < written.size(); ++i) {
            if (!own[i])
                kept.append(written[i].flag.value.value_or(QString()));
        }
        editor.setFlags(u"mount"_s, kept);
        const auto edit = editor.edit();
        if (!edit)
            return edit;
        add(all, *edit);
        changed.insert(line);
    }
    return all;
}

Result<TextEdit> removeEdges(const Tree &tree, const StageGraph &graph, const std::vector<Edge> &wanted)
{
    std::vector<Edge> edges;
    for (const Edge &one : wanted) {
        const Edge *edge = findEdge(graph, one.kind, one.from, one.to);
        if (!edge)
            return noSuchEdge();
        if (edge->kind == EdgeKind::Base) {
            return refused(Text::tr("A stage needs a base."),
                           Text::tr("Draw the edge from another image or stage instead."));
        }
        edges.push_back(*edge);
    }
    QSet<int> gone;
    QSet<int> changed;
    auto edit = withoutEdges(tree, graph, edges, gone, changed);
    if (edit)
        edit = ifKept(tree, *edit, promiseWithout(tree, gone, changed));
    return edit ? ifGone(tree, *edit, edges) : edit;
}

}
