// SPDX-License-Identifier: Apache-2.0
#include "language/symbols.h"

#include "dockerfile/views.h"
#include "graph/graphedits.h"
#include "language/symbolplaces.h"
#include "language/text.h"
#include "language/variablescan.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

std::optional<StagePlace> stagePlaceAt(const Tree &tree, const graph::StageGraph &graph, qsizetype offset)
{
    const int line = tree.lineAt(offset);
    if (line < 0)
        return std::nullopt;
    for (const StagePlace &place : stagePlaces(tree, graph, line))
        if (offset >= place.range.start && offset <= place.range.end())
            return place;
    return std::nullopt;
}

// The name after AS, or of a stage without one its FROM.
TextRange definitionOf(const Tree &tree, const graph::Stage &stage)
{
    const Instruction line(tree, stage.fromLine);
    const auto name = viewFrom(line).name;
    return name ? name->range : line.keywordWord().range;
}

struct FoundVariable
{
    QString name;
    VariablePlace place;
    std::vector<VariablePlace> all; ///< of the name
};

std::optional<FoundVariable> variableAt(const Tree &tree, const graph::StageGraph &graph, qsizetype offset)
{
    const auto named = variableNameAt(tree, offset);
    if (!named)
        return std::nullopt;
    FoundVariable found{named->name, {}, variablePlaces(tree, graph, named->name)};
    const auto here = std::ranges::find(found.all, named->range, &VariablePlace::range);
    if (here == found.all.end() || !here->kind)
        return std::nullopt;
    found.place = *here;
    return found;
}

std::vector<SymbolPlace> stageReferences(const Tree &tree, const graph::StageGraph &graph, int index)
{
    const graph::Stage &stage = graph.stages[size_t(index)];
    std::vector<SymbolPlace> found;
    if (stage.name.isEmpty())
        found.push_back({definitionOf(tree, stage), tree.firstRow(stage.fromLine), true});
    const QString number = QString::number(index);
    for (int line = 0; line < tree.lineCount(); ++line) {
        const QString &text = tree.line(line).text;
        const bool mayName = !stage.name.isEmpty() && text.contains(stage.name, Qt::CaseInsensitive);
        if (!mayName && !text.contains(number))
            continue;
        for (const StagePlace &place : stagePlaces(tree, graph, line))
            if (place.stage == index)
                found.push_back({place.range, tree.rowAt(place.range.start), place.isDefinition});
    }
    std::ranges::sort(found, {}, [](const SymbolPlace &place) { return place.range.start; });
    return found;
}

std::unexpected<Error> refused(const QString &message, const QString &hint = {})
{
    Error error;
    error.kind = Error::Kind::Refused;
    error.message = message;
    error.hint = hint;
    return std::unexpected(error);
}

// BuildKit's own build args (frontend/dockerfile/dockerfile2llb, dockerui/config.go).
bool isPredefined(const QString &name)
{
    static const QSet<QString> names{
        u"TARGETPLATFORM"_s, u"TARGETOS"_s,  u"TARGETARCH"_s, u"TARGETVARIANT"_s, u"TARGETSTAGE"_s,
        u"BUILDPLATFORM"_s,  u"BUILDOS"_s,   u"BUILDARCH"_s,  u"BUILDVARIANT"_s,  u"HTTP_PROXY"_s,
        u"HTTPS_PROXY"_s,    u"FTP_PROXY"_s, u"NO_PROXY"_s,   u"ALL_PROXY"_s,     u"SOURCE_DATE_EPOCH"_s};
    return names.contains(name) || names.contains(name.toUpper()) || name.startsWith("BUILDKIT_"_L1);
}

// Stages in which the variable is known, and those whose variables they inherit.
QSet<int> stagesConcerned(const graph::StageGraph &graph, const FoundVariable &found)
{
    QSet<int> stages;
    for (const VariablePlace &place : found.all)
        if (place.isSameVariable(found.place))
            stages.insert(place.stage);
    for (const graph::Stage &stage : graph.stages)
        if (stages.contains(stage.baseStage) && stage.baseStage >= 0)
            stages.insert(stage.index);
    for (size_t i = graph.stages.size(); i-- > 0;)
        if (stages.contains(int(i)) && graph.stages[i].baseStage >= 0)
            stages.insert(graph.stages[i].baseStage);
    return stages;
}

// A command that sets the name itself means its own variable from there on.
bool setsItself(const Tree &tree, const VariablePlace &use, const QString &name)
{
    if (!use.byShell)
        return false;
    const qsizetype start = tree.lineRange(use.line).start;
    const QString before = tree.line(use.line).text.first(use.range.start - start);
    const QRegularExpression sets(uR"((^|[\s;&|(])(%1=|(for|read|export|local|unset)\s+%1\b))"_s.arg(name));
    return sets.match(before).hasMatch();
}

QString whyTaken(const Tree &tree, const graph::StageGraph &graph, const FoundVariable &found,
                 const QString &name)
{
    const QSet<int> stages = stagesConcerned(graph, found);
    const bool isArg = found.place.kind == Symbol::Kind::Arg;
    for (const VariablePlace &other : variablePlaces(tree, graph, name)) {
        const bool isSameArg = isArg && other.kind == Symbol::Kind::Arg;
        if (!isSameArg && !stages.contains(other.stage))
            continue;
        const int row = tree.rowAt(other.range.start);
        return other.isDeclaration ? Text::tr("Line %1 declares \"%2\" already.").arg(row).arg(name)
                                   : Text::tr("Line %1 uses \"%2\" for something else.").arg(row).arg(name);
    }
    return {};
}

Result<TextEdit> renameVariable(const Tree &tree, const graph::StageGraph &graph, const FoundVariable &found,
                                const QString &name)
{
    if (name == found.name)
        return TextEdit();
    if (!isVariableName(name))
        return refused(Text::tr("\"%1\" is no variable's name: it starts with a letter or \"_\" and holds "
                                "letters, digits and \"_\" only.")
                           .arg(name));
    if (found.place.kind == Symbol::Kind::Arg && isPredefined(found.name))
        return refused(Text::tr("The builder gives \"%1\" its value: under another name it would have none.")
                           .arg(found.name));
    if (isPredefined(name))
        return refused(Text::tr("\"%1\" has a meaning of its own for the builder.").arg(name));
    if (const QString reason = whyTaken(tree, graph, found, name); !reason.isEmpty())
        return refused(reason);
    TextEdit edit;
    for (const VariablePlace &place : found.all) {
        if (!place.isSameVariable(found.place))
            continue;
        if (setsItself(tree, place, found.name))
            return refused(Text::tr("The command in line %1 sets \"%2\" itself.")
                               .arg(tree.firstRow(place.line))
                               .arg(found.name),
                           Text::tr("Change it by hand."));
        edit.replace(place.range, name);
    }
    return edit;
}

}

std::optional<Symbol> symbolAt(const Tree &tree, const graph::StageGraph &graph, qsizetype offset)
{
    if (const auto stage = stagePlaceAt(tree, graph, offset)) {
        const graph::Stage &named = graph.stages[size_t(stage->stage)];
        return Symbol{Symbol::Kind::Stage, named.displayName(), stage->range, definitionOf(tree, named)};
    }
    if (const auto variable = variableAt(tree, graph, offset))
        return Symbol{*variable->place.kind, variable->name, variable->place.range,
                      variable->place.definition};
    return std::nullopt;
}

std::vector<SymbolPlace> references(const Tree &tree, const graph::StageGraph &graph, qsizetype offset)
{
    if (const auto stage = stagePlaceAt(tree, graph, offset))
        return stageReferences(tree, graph, stage->stage);
    std::vector<SymbolPlace> found;
    if (const auto variable = variableAt(tree, graph, offset))
        for (const VariablePlace &place : variable->all)
            if (place.isSameVariable(variable->place))
                found.push_back({place.range, tree.rowAt(place.range.start), place.isDeclaration});
    return found;
}

Result<TextEdit> rename(const Tree &tree, const graph::StageGraph &graph, qsizetype offset,
                        const QString &name)
{
    if (const auto stage = stagePlaceAt(tree, graph, offset))
        return graph::renameStage(tree, graph, graph.stages[size_t(stage->stage)].key, name);
    if (const auto variable = variableAt(tree, graph, offset))
        return renameVariable(tree, graph, *variable, name);
    return refused(Text::tr("No stage, ARG or ENV of this file is named here."));
}

QString whyNoRename(const Tree &tree, const graph::StageGraph &graph, qsizetype offset, const QString &name)
{
    const auto edit = rename(tree, graph, offset, name);
    return edit ? QString() : edit.error().message;
}

}
