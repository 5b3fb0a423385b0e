// SPDX-License-Identifier: Apache-2.0
#include "core/graph/verblaws.h"

#include <QMap>

using namespace Qt::StringLiterals;
using dockerfile::Tree;

namespace {

QMap<QString, int> messages(const Tree &tree)
{
    QMap<QString, int> counts;
    for (const dockerfile::Problem &problem : tree.problems())
        ++counts[problem.message];
    return counts;
}

QString newProblem(const Tree &before, const Tree &after)
{
    const auto known = messages(before);
    const auto now = messages(after);
    for (const auto &[message, count] : now.asKeyValueRange()) {
        if (count > known.value(message))
            return message;
    }
    return {};
}

/// What stands outside the replaced ranges, before and after.
bool keepsTheRest(const QString &before, const QString &after, const base::TextEdit &edit)
{
    qsizetype at = 0;
    qsizetype shift = 0;
    for (const auto &[range, text] : edit.replacements()) {
        if (before.sliced(at, range.start - at) != after.sliced(at + shift, range.start - at))
            return false;
        at = range.end();
        shift += text.size() - range.length;
    }
    return before.sliced(at) == after.sliced(at + shift);
}

}

VerbLaws::VerbLaws(const QString &text)
    : m_text(text)
    , m_tree(dockerfile::parse(text))
    , m_graph(m_live.updated({}, m_tree))
{}

QString VerbLaws::brokenBy(const RandomVerb &verb)
{
    if (!verb.edit)
        return verb.edit.error().message.isEmpty() ? u"a refusal without a reason"_s : QString();
    if (const QString broken = brokenBy(*verb.edit); !broken.isEmpty())
        return broken;
    return verb.whyNotDone ? verb.whyNotDone(m_tree, m_graph) : QString();
}

QString VerbLaws::brokenBy(const base::TextEdit &edit)
{
    const QString before = m_text;
    const base::TextEdit inverse = edit.applyTo(m_text);
    if (!keepsTheRest(before, m_text, edit))
        return u"text outside of the edit changed"_s;
    const Tree edited = m_tree.edited(edit);
    const Tree fresh = dockerfile::parse(m_text);
    if (edited != fresh || edited.text() != m_text || edited.problems() != fresh.problems())
        return u"the edited tree is not the fresh one"_s;
    if (const QString problem = newProblem(m_tree, edited); !problem.isEmpty())
        return u"a new problem: "_s + problem;
    QString back = m_text;
    inverse.applyTo(back);
    if (back != before)
        return u"the inverse does not give the bytes"_s;
    m_tree = edited;
    m_graph = m_live.updated(std::move(m_graph), m_tree);
    const graph::StageGraph freshGraph = graph::build(fresh);
    if (graph::build(edited) != freshGraph)
        return u"the graph of the edited tree is not the fresh one"_s;
    return m_graph == freshGraph ? QString() : u"the graph that is kept up to date is not the fresh one"_s;
}
