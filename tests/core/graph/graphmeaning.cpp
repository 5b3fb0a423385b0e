// SPDX-License-Identifier: Apache-2.0
#include "core/graph/graphmeaning.h"

#include <QStringList>

using namespace graph;
using namespace Qt::StringLiterals;
using dockerfile::Tree;
using Check = VerbCheck;

namespace {

/// The edges by names, which tell what the file means wherever the stages stand. Nothing when names do not
/// tell, for want of them or for twins.
std::optional<QStringList> meaning(const StageGraph &graph)
{
    QStringList names;
    for (const Stage &stage : graph.stages) {
        if (stage.name.isEmpty() || names.contains(stage.name.toLower()))
            return std::nullopt;
        names.append(stage.name.toLower());
    }
    QStringList edges;
    for (const Edge &edge : graph.edges) {
        bool isNumber = false; // that no stage has: it means nothing yet
        (void)edge.from.name.toInt(&isNumber);
        if (isNumber)
            return std::nullopt;
        edges.append(u"%1 %2:%3>%4 x%5"_s.arg(int(edge.kind))
                         .arg(int(edge.from.kind))
                         .arg(edge.from.name, edge.to.name)
                         .arg(edge.lines.size()));
    }
    edges.sort();
    return edges;
}

QString text(const std::optional<QStringList> &edges)
{
    return edges ? edges->join(u", "_s) : u"?"_s;
}

}

Check sameMeaning(const StageGraph &graph)
{
    return [was = meaning(graph)](const Tree &, const StageGraph &after) {
        const auto is = meaning(after);
        return !was || was == is ? QString() : u"the edges were "_s + text(was) + u"\nand are "_s + text(is);
    };
}

Check stageCount(const StageGraph &graph, int more)
{
    return [wanted = int(graph.stages.size()) + more](const Tree &, const StageGraph &after) {
        return int(after.stages.size()) == wanted ? QString() : u"the number of stages is wrong"_s;
    };
}

Check others(const StageGraph &graph, const QStringList &touched, const Check &check)
{
    const auto untouched = [touched](const StageGraph &one) -> std::optional<QStringList> {
        if (!meaning(one))
            return std::nullopt;
        QStringList edges;
        for (const Edge &edge : one.edges) {
            const bool isStage = edge.from.kind == NodeKind::Stage;
            const bool isOther = !touched.contains(edge.to.name, Qt::CaseInsensitive) &&
                                 !(isStage && touched.contains(edge.from.name, Qt::CaseInsensitive));
            if (isOther)
                edges.append(u"%1 %2>%3"_s.arg(int(edge.kind)).arg(edge.from.name, edge.to.name));
        }
        edges.sort();
        return edges;
    };
    return [was = untouched(graph), untouched, check](const Tree &tree, const StageGraph &after) -> QString {
        const auto is = untouched(after);
        if (was && is && was != is)
            return u"the other edges were "_s + text(was) + u"\nand are "_s + text(is);
        return check(tree, after);
    };
}
