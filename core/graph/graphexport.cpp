// SPDX-License-Identifier: Apache-2.0
#include "graph/graphexport.h"

#include "dockerfile/instruction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace graph {

namespace {

QString kindText(EdgeKind kind)
{
    switch (kind) {
    case EdgeKind::Base:
        return u"from"_s;
    case EdgeKind::CopyFrom:
        return u"copy"_s;
    case EdgeKind::Mount:
        return u"mount"_s;
    case EdgeKind::Context:
        return u"context"_s;
    }
    return {};
}

/// Unique over all kinds: an image may be called as a stage is.
QString idText(const NodeKey &key)
{
    switch (key.kind) {
    case NodeKind::Stage:
        return u"stage:"_s + key.name;
    case NodeKind::Image:
        return u"image:"_s + key.name;
    case NodeKind::Context:
        return u"context:"_s + key.name;
    }
    return {};
}

QJsonObject stageObject(const dockerfile::Tree &tree, const StageGraph &graph, const Stage &stage)
{
    QJsonArray instructions;
    for (const int line : stage.instructions) {
        instructions.append(QJsonObject{{u"row"_s, tree.firstRow(line)},
                                        {u"text"_s, dockerfile::Instruction(tree, line).summary()}});
    }
    QJsonObject object{{u"id"_s, idText(stage.key)},
                       {u"index"_s, stage.index},
                       {u"name"_s, stage.name},
                       {u"base"_s, stage.base},
                       {u"resolvedBase"_s, stage.resolvedBase},
                       {u"firstRow"_s, tree.firstRow(stage.fromLine)},
                       {u"lastRow"_s, tree.lastRow(stage.lastLine)},
                       {u"reachable"_s, stage.reachable},
                       {u"target"_s, stage.isTarget},
                       {u"instructions"_s, instructions}};
    if (!stage.platform.isEmpty())
        object.insert(u"platform"_s, stage.platform);
    if (stage.baseStage >= 0)
        object.insert(u"baseStage"_s, idText(graph.stages[stage.baseStage].key));
    return object;
}

QJsonObject edgeObject(const dockerfile::Tree &tree, const Edge &edge)
{
    QJsonArray rows;
    for (const int line : edge.lines)
        rows.append(tree.firstRow(line));
    return {{u"kind"_s, kindText(edge.kind)}, {u"from"_s, idText(edge.from)},
            {u"to"_s, idText(edge.to)},       {u"rows"_s, rows},
            {u"label"_s, edge.label},         {u"reachable"_s, edge.reachable}};
}

QString quoted(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
    QString result = u'"' + escaped + u'"';
    return result;
}

QString nodeLine(const NodeKey &key, const QString &label, const QString &shape, bool reachable)
{
    QString line = "  "_L1 + quoted(idText(key)) + " [label="_L1 + quoted(label) + ", shape="_L1 + shape +
                   (reachable ? ""_L1 : ", style=dashed"_L1) + "];\n"_L1;
    return line;
}

QString styleOf(const Edge &edge)
{
    if (!edge.reachable)
        return u"dashed"_s;
    switch (edge.kind) {
    case EdgeKind::Base:
        return u"bold"_s;
    case EdgeKind::Mount:
        return u"dotted"_s;
    case EdgeKind::CopyFrom:
    case EdgeKind::Context:
        break;
    }
    return u"solid"_s;
}

}

QByteArray toJson(const dockerfile::Tree &tree, const StageGraph &graph)
{
    QJsonArray stages;
    for (const Stage &stage : graph.stages)
        stages.append(stageObject(tree, graph, stage));
    QJsonArray images;
    for (const ExternalImage &image : graph.images) {
        images.append(QJsonObject{{u"id"_s, idText(image.key)},
                                  {u"reference"_s, image.reference},
                                  {u"undefined"_s, image.undefined},
                                  {u"reachable"_s, image.reachable}});
    }
    QJsonArray contexts;
    for (const Context &context : graph.contexts) {
        contexts.append(QJsonObject{
            {u"id"_s, idText(context.key)}, {u"name"_s, context.name}, {u"reachable"_s, context.reachable}});
    }
    QJsonArray edges;
    for (const Edge &edge : graph.edges)
        edges.append(edgeObject(tree, edge));
    const QJsonValue target = graph.target >= 0 ? idText(graph.stages[graph.target].key) : QJsonValue();
    return QJsonDocument(QJsonObject{{u"stages"_s, stages},
                                     {u"images"_s, images},
                                     {u"contexts"_s, contexts},
                                     {u"edges"_s, edges},
                                     {u"target"_s, target}})
        .toJson();
}

QByteArray toDot(const StageGraph &graph)
{
    QString text = u"digraph stages {\n  rankdir=LR;\n"_s;
    for (const Stage &stage : graph.stages)
        text += nodeLine(stage.key, stage.displayName(), stage.isTarget ? u"doubleoctagon"_s : u"box"_s,
                         stage.reachable);
    for (const ExternalImage &image : graph.images)
        text += nodeLine(image.key, image.reference, u"ellipse"_s, image.reachable);
    for (const Context &context : graph.contexts) {
        const QString label = context.name.isEmpty() ? u"build context"_s : context.name;
        text += nodeLine(context.key, label, u"folder"_s, context.reachable);
    }
    for (const Edge &edge : graph.edges) {
        text += "  "_L1 + quoted(idText(edge.from)) + " -> "_L1 + quoted(idText(edge.to)) + " [style="_L1 +
                styleOf(edge);
        if (!edge.label.isEmpty())
            text += ", label="_L1 + quoted(edge.label);
        text += "];\n"_L1;
    }
    text += "}\n"_L1;
    return text.toUtf8();
}

}
