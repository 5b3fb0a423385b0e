// SPDX-License-Identifier: Apache-2.0
#include "core/graph/randomverb.h"

#include "core/graph/graphmeaning.h"
#include "core/graph/randomform.h"
#include "dockerfile/commandverbs.h"
#include "dockerfile/forms/form.h"
#include "dockerfile/lineverbs.h"
#include "graph/edgeverbs.h"
#include "graph/graphedits.h"
#include "graph/instructionverbs.h"
#include "graph/stageverbs.h"

using namespace graph;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace {

using Check = VerbCheck;
using Edit = base::Result<base::TextEdit>;

class Chooser
{
public:
    Chooser(const Dice &dice, const Tree &tree, const StageGraph &graph)
        : m_dice(dice)
        , m_tree(tree)
        , m_graph(graph)
    {
        for (int i = 0; i < tree.lineCount(); ++i) {
            if (tree.line(i).kind == LineKind::Instruction)
                m_instructions.push_back(i);
        }
    }

    RandomVerb choose()
    {
        switch (m_dice(4)) {
        case 0:
            return stageVerb();
        case 1:
            return edgeVerb();
        case 2:
            return commandVerb();
        default:
            return instructionVerb();
        }
    }

private:
    int number(int below) { return below > 0 ? m_dice(below) : 0; }
    QString pick(const QStringList &texts) { return texts[number(int(texts.size()))]; }
    int anyLine() { return m_tree.lineCount() == 0 ? 0 : number(m_tree.lineCount()); }
    int anyInstruction()
    {
        return m_instructions.empty() ? -1 : m_instructions[size_t(number(int(m_instructions.size())))];
    }
    // Mostly one that the verb is for, so that not all is refused.
    int anyInstruction(const std::function<bool(const Instruction &)> &fits)
    {
        std::vector<int> fitting;
        for (const int line : m_instructions) {
            if (fits(Instruction(m_tree, line)))
                fitting.push_back(line);
        }
        return fitting.empty() || number(8) == 0 ? anyInstruction()
                                                 : fitting[size_t(number(int(fitting.size())))];
    }
    NodeKey anyStage()
    {
        return m_graph.stages.empty() ? NodeKey{NodeKind::Stage, u"none"_s}
                                      : m_graph.stages[size_t(number(int(m_graph.stages.size())))].key;
    }
    NodeKey anyNode()
    {
        const int kind = number(4);
        if (kind == 0)
            return {NodeKind::Context, {}};
        return kind == 1 ? NodeKey{NodeKind::Image, u"nginx:1.29"_s} : anyStage();
    }
    Edge anyEdge()
    {
        return m_graph.edges.empty() ? Edge() : m_graph.edges[size_t(number(int(m_graph.edges.size())))];
    }
    QString newName() { return pick({u"fresh"_s, u"Other-1"_s, u"base"_s, u"1x"_s, u"x.y"_s}); }

    QString stageOf(int line) const
    {
        const Stage *stage = m_graph.stageAtLine(line);
        return stage ? stage->key.name : QString();
    }
    QString baseOf(const NodeKey &key) const
    {
        const Stage *stage = m_graph.stage(key);
        return stage && stage->baseStage >= 0 ? m_graph.stages[size_t(stage->baseStage)].key.name : QString();
    }
    QStringList derivedOf(const NodeKey &key) const
    {
        QStringList names;
        for (const Stage &stage : m_graph.stages) {
            if (baseOf(stage.key) == key.name)
                names.append(stage.key.name);
        }
        return names;
    }

    RandomVerb stageVerb()
    {
        const NodeKey key = anyStage();
        const QString name = newName();
        const Check same = sameMeaning(m_graph);
        switch (number(11)) {
        case 0:
            return {u"addStage "_s + name, addStage(m_tree, m_graph, name, u"alpine:3.22"_s, key),
                    others(m_graph, {name}, stageCount(m_graph, 1))};
        case 1:
            return {u"duplicateStage "_s + key.name + u' ' + name,
                    duplicateStage(m_tree, m_graph, key, freeStageName(m_graph, key.name)),
                    others(m_graph, {freeStageName(m_graph, key.name)}, stageCount(m_graph, 1))};
        case 2:
            return {u"renameStage "_s + key.name + u' ' + name, renameStage(m_tree, m_graph, key, name),
                    others(m_graph, {key.name, name}, stageCount(m_graph, 0))};
        case 3:
            return {u"deleteStage "_s + key.name, deleteStage(m_tree, m_graph, key),
                    others(m_graph, {key.name}, stageCount(m_graph, -1))};
        case 4: {
            const int position = number(int(m_graph.stages.size()));
            return {u"moveStage "_s + key.name + u' ' + QString::number(position),
                    moveStage(m_tree, m_graph, key, position), same};
        }
        case 5:
            return {u"moveStageUp "_s + key.name, moveStageUp(m_tree, m_graph, key), same};
        case 6:
            return {u"moveStageDown "_s + key.name, moveStageDown(m_tree, m_graph, key), same};
        case 7: {
            const int line = anyInstruction();
            return {u"splitStage "_s + QString::number(line) + u' ' + name,
                    splitStage(m_tree, m_graph, line, name),
                    others(m_graph, {name, stageOf(line)}, stageCount(m_graph, 1))};
        }
        case 8:
            return {u"mergeWithBase "_s + key.name, mergeWithBase(m_tree, m_graph, key),
                    others(m_graph, {key.name, baseOf(key)}, stageCount(m_graph, -1))};
        case 9:
            return {u"mergeWithDerived "_s + key.name, mergeWithDerived(m_tree, m_graph, key),
                    others(m_graph, derivedOf(key) + QStringList{key.name}, stageCount(m_graph, -1))};
        default:
            return {u"setPlatform "_s + key.name,
                    setPlatform(m_tree, m_graph, key, pick({{}, u"linux/arm64"_s, u"a b"_s})), same};
        }
    }

    RandomVerb edgeVerb()
    {
        const NodeKey from = anyNode();
        const NodeKey to = anyStage();
        const Edge edge = anyEdge();
        const auto has = [this](EdgeKind kind, const NodeKey &source, const NodeKey &target) {
            return others(m_graph, {target.name}, [=](const Tree &, const StageGraph &after) {
                const bool isThere = findEdge(after, kind, source, target) != nullptr;
                return isThere || target.name.contains(u'#') || source.name.contains(u'#')
                           ? QString()
                           : u"there is no such edge"_s;
            });
        };
        const bool isContext = from.kind == NodeKind::Context;
        switch (number(6)) {
        case 0:
            return {u"connectByCopy "_s + from.name + u' ' + to.name,
                    connectByCopy(m_tree, m_graph, from, to, u"/x"_s, u"/y z"_s),
                    has(isContext ? EdgeKind::Context : EdgeKind::CopyFrom, from, to)};
        case 1: {
            const Stage *stage = m_graph.stage(to);
            const int run = anyInstruction([&](const Instruction &one) {
                return one.keyword() == Keyword::Run && stage &&
                       std::ranges::count(stage->instructions, one.line()) > 0;
            });
            return {u"connectByMount "_s + from.name + u' ' + to.name + u' ' + QString::number(run),
                    connectByMount(m_tree, m_graph, from, to, run, u"/x"_s, u"/y"_s),
                    has(isContext ? EdgeKind::Context : EdgeKind::Mount, from, to)};
        }
        case 2:
            return {u"connectByBase "_s + from.name + u' ' + to.name,
                    connectByBase(m_tree, m_graph, from, to), has(EdgeKind::Base, from, to)};
        case 3:
        case 4:
            return {
                u"retargetEdge "_s + edge.from.name + u'>' + edge.to.name + u' ' + from.name,
                retargetEdge(m_tree, m_graph, edge, from),
                others(m_graph, {edge.to.name}, [to = edge.to, from](const Tree &, const StageGraph &after) {
                    const bool isThere = std::ranges::any_of(
                        after.edges, [&](const Edge &one) { return one.from == from && one.to == to; });
                    return isThere ? QString() : u"there is no such edge"_s;
                })};
        default:
            return {u"removeEdge "_s + edge.from.name + u'>' + edge.to.name,
                    removeEdge(m_tree, m_graph, edge),
                    others(m_graph, {edge.to.name}, [edge](const Tree &, const StageGraph &after) {
                        return findEdge(after, edge.kind, edge.from, edge.to) ? u"the edge is still there"_s
                                                                              : QString();
                    })};
        }
    }

    RandomVerb onInstruction(const QString &name, const std::function<bool(const Instruction &)> &fits,
                             const std::function<Edit(const Instruction &)> &verb)
    {
        const int line = anyInstruction(fits);
        if (line < 0)
            return {name,
                    std::unexpected(base::Error{.message = u"none"_s, .where = {}, .hint = {}, .detail = {}}),
                    {}};
        return {name + u' ' + QString::number(line), verb(Instruction(m_tree, line)), sameMeaning(m_graph)};
    }

    // The mounts are said once less or once more: as many lines make an edge.
    RandomVerb runVerb(const QString &name, const std::function<bool(const Instruction &)> &fits,
                       const std::function<Edit(const Instruction &)> &verb)
    {
        RandomVerb chosen = onInstruction(name, fits, verb);
        chosen.whyNotDone = stageCount(m_graph, 0);
        return chosen;
    }

    RandomVerb commandVerb()
    {
        const auto isShell = [](const Instruction &one) {
            return !one.json() && (one.keyword() == Keyword::Run || one.keyword() == Keyword::Cmd);
        };
        const auto isList = [](const Instruction &one) { return one.json().has_value(); };
        const auto isCopy = [](const Instruction &one) {
            return !one.json() && (one.keyword() == Keyword::Copy || one.keyword() == Keyword::Volume);
        };
        const auto isJoined = [](const Instruction &one) {
            return one.keyword() == Keyword::Run && one.arguments().contains("&&"_L1);
        };
        const auto isHeredoc = [](const Instruction &one) {
            return one.keyword() == Keyword::Run && !one.heredocs().empty();
        };
        const auto isFollowed = [this](const Instruction &one) {
            const auto next = std::ranges::upper_bound(m_instructions, one.line());
            return one.keyword() == Keyword::Run && next != m_instructions.end() &&
                   m_tree.line(*next).keyword == Keyword::Run;
        };
        switch (number(9)) {
        case 0:
            return onInstruction(u"toJsonForm"_s, isShell, toJsonForm);
        case 1:
            return onInstruction(u"toShellForm"_s, isList, toShellForm);
        case 2:
            return onInstruction(u"toJsonPaths"_s, isCopy, toJsonPaths);
        case 3:
            return onInstruction(u"toPlainPaths"_s, isList, toPlainPaths);
        case 4:
            return runVerb(u"joinWithNextRun"_s, isFollowed, joinWithNextRun);
        case 5:
            return onInstruction(u"toHeredoc"_s, isJoined, toHeredoc);
        case 6:
            return onInstruction(u"fromHeredoc"_s, isHeredoc, fromHeredoc);
        case 7:
            return formVerb();
        default:
            return runVerb(u"splitRun"_s, isJoined, splitRun);
        }
    }

    // A form that was changed at random: what was written reads as it was wanted.
    RandomVerb formVerb()
    {
        const int line = anyInstruction();
        if (line < 0 || m_tree.line(line).keyword == Keyword::Unknown)
            return onInstruction(u"toJsonForm"_s, [](const Instruction &) { return true; }, toJsonForm);
        Form form = readForm(Instruction(m_tree, line));
        const bool wasSame = editTo(Instruction(m_tree, line), form) == Edit(base::TextEdit());
        if (number(8) > 0)
            disturbForm(m_dice, form);
        const int before = instructionsUpTo(m_tree, line);
        return {u"editInstruction "_s + QString::number(line), editInstruction(m_tree, m_graph, line, form),
                [form, before, wasSame](const Tree &after, const StageGraph &) {
                    if (!wasSame)
                        return u"a form that says the same changed something"_s;
                    if (!whyNot(form).isEmpty())
                        return QString(); // half typed before and half typed after
                    for (int i = 0, count = 0; i < after.lineCount(); ++i) {
                        if (after.line(i).kind == LineKind::Instruction && ++count == before)
                            return readForm(Instruction(after, i)) == form
                                       ? QString()
                                       : u"it does not say what the form says"_s;
                    }
                    return u"the instruction is gone"_s;
                }};
    }

    static int instructionsUpTo(const Tree &tree, int line)
    {
        int count = 0;
        for (int i = 0; i <= line; ++i)
            count += tree.line(i).kind == LineKind::Instruction;
        return count;
    }

    Check instructionCount(int more)
    {
        return [wanted = int(m_instructions.size()) + more](const Tree &after, const StageGraph &) {
            const int is = after.lineCount() == 0 ? 0 : instructionsUpTo(after, after.lineCount() - 1);
            return is == wanted ? QString() : u"the number of instructions is wrong"_s;
        };
    }

    RandomVerb instructionVerb()
    {
        const int line = anyInstruction();
        const NodeKey key = anyStage();
        const QString at = QString::number(line);
        const QString written =
            pick({u"RUN ls"_s, u"EXPOSE 1"_s, u"ARG Q=1"_s, u"RUN <<E\nx\nE"_s, u"RUN a \\"_s,
                  u"CMD [\"x\"]"_s, u"FROM x"_s, u"nothing"_s, u"COPY a b"_s});
        switch (number(10)) {
        case 0:
            return {u"addInstruction "_s + key.name + u' ' + written,
                    addInstruction(m_tree, m_graph, key, written), instructionCount(1)};
        case 1:
            return {u"replaceInstruction "_s + at + u' ' + written,
                    graph::replaceInstruction(m_tree, m_graph, line, written), instructionCount(0)};
        case 2:
            return {u"duplicateInstruction "_s + at, graph::duplicateInstruction(m_tree, m_graph, line),
                    instructionCount(1)};
        case 3:
            return {u"deleteInstruction "_s + at, graph::deleteInstruction(m_tree, m_graph, line),
                    instructionCount(-1)};
        case 4:
            return {u"commentOut "_s + at, commentOutInstruction(m_tree, m_graph, line),
                    instructionCount(-1)};
        case 5: {
            const int comment = anyLine();
            return {u"commentIn "_s + QString::number(comment),
                    commentInInstruction(m_tree, m_graph, comment), instructionCount(1)};
        }
        case 6: {
            const int first = anyLine();
            const int last = std::min(m_tree.lineCount() - 1, first + number(4));
            return {u"toggleComment %1-%2"_s.arg(first).arg(last), toggleComment(m_tree, first, last),
                    [](const Tree &, const StageGraph &) { return QString(); }};
        }
        case 7: {
            const int position = number(6);
            return {u"moveInstruction "_s + at + u' ' + key.name + u' ' + QString::number(position),
                    moveInstruction(m_tree, m_graph, line, key, position), instructionCount(0)};
        }
        case 8:
            return {u"moveInstructionUp "_s + at, moveInstructionUp(m_tree, m_graph, line),
                    sameMeaning(m_graph)};
        default:
            return {u"moveInstructionDown "_s + at, moveInstructionDown(m_tree, m_graph, line),
                    sameMeaning(m_graph)};
        }
    }

    const Dice &m_dice;
    const Tree &m_tree;
    const StageGraph &m_graph;
    std::vector<int> m_instructions;
};

}

RandomVerb randomVerb(const Dice &dice, const Tree &tree, const StageGraph &graph)
{
    return Chooser(dice, tree, graph).choose();
}
