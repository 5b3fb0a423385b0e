// SPDX-License-Identifier: Apache-2.0
// Reads the text that a verb would make, and compares what its lines mean with what they meant.
#include "dockerfile/snippet.h"
#include "dockerfile/stagevariables.h"
#include "dockerfile/text.h"
#include "graph/verbtools.h"

#include <QRegularExpression>

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

/// Where a line takes from, comparable between two texts.
struct Origin
{
    EdgeKind kind;
    NodeKey node; ///< of a stage the index it has afterwards

    friend auto operator<=>(const Origin &, const Origin &) = default;
    friend bool operator==(const Origin &, const Origin &) = default;
};
using Origins = QHash<int, std::vector<Origin>>;

// --from=7 in a file of three stages means nothing that could be kept.
bool isBroken(const Origin &origin)
{
    bool isNumber = false;
    (void)origin.node.name.toInt(&isNumber);
    return origin.node.kind == NodeKind::Image && isNumber;
}

NodeKey indexKey(int index)
{
    return {NodeKind::Stage, QString::number(index)};
}

Origins originsOf(const StageGraph &graph, const std::function<int(int)> &now)
{
    Origins origins;
    for (const Edge &edge : graph.edges) {
        const Stage *stage = edge.from.kind == NodeKind::Stage ? graph.stage(edge.from) : nullptr;
        const NodeKey node = stage ? indexKey(now(stage->index)) : edge.from;
        for (const int line : edge.lines)
            origins[line].push_back({edge.kind, node});
    }
    for (auto &list : origins)
        std::ranges::sort(list);
    return origins;
}

QStringList namesIn(const Tree &tree, int line)
{
    static const QRegularExpression variable(uR"(\$\{?([A-Za-z_][A-Za-z0-9_]*))"_s);
    QStringList names;
    const QString &text = tree.line(line).text;
    if (!text.contains(u'$'))
        return names;
    for (const auto &match : variable.globalMatch(text))
        names.append(match.captured(1));
    names.removeDuplicates();
    return names;
}

std::optional<QString> valueOf(const std::vector<Variable> &variables, const QString &name)
{
    const auto found = std::ranges::find(variables, name, &Variable::name);
    return found == variables.end() ? std::nullopt : found->value;
}

class Comparison
{
public:
    Comparison(const Tree &before, const Tree &after, const Promise &promise)
        : m_before(before)
        , m_after(after)
        , m_promise(promise)
        , m_lines(instructionLines(after))
    {}

    QString whyBroken()
    {
        if (const QString reason = whyHarmful(m_before, m_after); !reason.isEmpty())
            return reason;
        if (m_lines.size() != m_promise.lines.size())
            return Text::tr("Other instructions would not stay what they are.");
        for (size_t i = 0; i < m_lines.size(); ++i) {
            const int old = m_promise.lines[i];
            if (old >= 0 && m_before.line(old).keyword != m_after.line(m_lines[i]).keyword)
                return Text::tr("Line %1 would not stay what it is.").arg(m_before.firstRow(old));
        }
        QString reason = m_promise.keepsReferences ? whyOtherOrigin() : QString();
        if (reason.isEmpty() && m_promise.keepsVariables)
            reason = whyOtherValue();
        return reason;
    }

private:
    QString whyOtherOrigin()
    {
        const StageGraph before = build(m_before);
        const StageGraph after = build(m_after);
        const QHash<int, int> stages = stagesNow(before, after);
        const Origins were = originsOf(before, [&stages](int index) { return stages.value(index, -1); });
        const Origins are = originsOf(after, [](int index) { return index; });
        for (size_t i = 0; i < m_lines.size(); ++i) {
            const int old = m_promise.lines[i];
            if (old < 0 || m_promise.changed.contains(old) || were.value(old) == are.value(m_lines[i]))
                continue;
            if (std::ranges::any_of(were.value(old), isBroken))
                continue;
            const int row = m_before.firstRow(old);
            return m_before.line(old).keyword == Keyword::From
                       ? Text::tr("The stage in line %1 would have another base then.").arg(row)
                       : Text::tr("Line %1 would take from somewhere else then.").arg(row);
        }
        return {};
    }

    [[nodiscard]] QHash<int, int> stagesNow(const StageGraph &before, const StageGraph &after) const
    {
        QHash<int, int> stageOfLine;
        for (const Stage &stage : after.stages)
            stageOfLine.insert(stage.fromLine, stage.index);
        QHash<int, int> nowOfLine;
        for (size_t i = 0; i < m_lines.size(); ++i) {
            if (m_promise.lines[i] >= 0 && stageOfLine.contains(m_lines[i]))
                nowOfLine.insert(m_promise.lines[i], stageOfLine.value(m_lines[i]));
        }
        QHash<int, int> now;
        for (const Stage &stage : before.stages)
            now.insert(stage.index, nowOfLine.value(stage.fromLine, -1));
        for (const auto &[old, index] : m_promise.stages.asKeyValueRange())
            now.insert(old, index);
        return now;
    }

    QString whyOtherValue()
    {
        StageVariables before(m_before);
        StageVariables after(m_after);
        for (size_t i = 0; i < m_lines.size(); ++i) {
            const int old = m_promise.lines[i];
            const QStringList names = old >= 0 ? namesIn(m_before, old) : QStringList();
            if (names.isEmpty())
                continue;
            const auto were = before.at(old);
            const auto are = after.at(m_lines[i]);
            for (const QString &name : names) {
                if (valueOf(were, name) == valueOf(are, name))
                    continue;
                return valueOf(are, name) ? Text::tr("Line %1 uses %2, which would have another value then.")
                                                .arg(m_before.firstRow(old))
                                                .arg(name)
                                          : Text::tr("Line %1 uses %2, which would have no value there.")
                                                .arg(m_before.firstRow(old))
                                                .arg(name);
            }
        }
        return {};
    }

    const Tree &m_before;
    const Tree &m_after;
    const Promise &m_promise;
    std::vector<int> m_lines;
};

}

std::vector<int> instructionLines(const Tree &tree)
{
    std::vector<int> lines;
    for (int line = 0; line < tree.lineCount(); ++line) {
        if (tree.line(line).kind == LineKind::Instruction)
            lines.push_back(line);
    }
    return lines;
}

Promise promiseOf(std::vector<int> lines)
{
    Promise promise;
    promise.lines = std::move(lines);
    return promise;
}

Result<TextEdit> ifKept(const Tree &tree, const TextEdit &edit, const Promise &promise)
{
    const Tree after = tree.edited(edit);
    if (const QString reason = Comparison(tree, after, promise).whyBroken(); !reason.isEmpty())
        return refused(reason);
    return edit;
}

}
