// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/stagevariables.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

bool mayBeStageName(const QString &image)
{
    return !image.isEmpty() && std::ranges::none_of(image, [](QChar c) {
        return c == u':' || c == u'/' || c == u'@' || c.isUpper();
    });
}

}

StageVariables::StageVariables(Tree tree, BuildContextValues values)
    : m_tree(std::move(tree))
    , m_values(std::move(values))
    , m_walk(m_tree, m_values)
{
    while (m_firstFrom < m_tree.lineCount() && !isFrom(m_firstFrom))
        m_walk.pass(m_firstFrom++);
}

bool StageVariables::isFrom(int line) const
{
    const Line &read = m_tree.line(line);
    return read.kind == LineKind::Instruction && read.keyword == Keyword::From;
}

const Scope &StageVariables::scopeAt(int line)
{
    line = std::min(line, m_tree.lineCount());
    if (line < m_firstFrom)
        return topBefore(line);
    if (line == m_firstFrom || (line < m_tree.lineCount() && isFrom(line)))
        return m_walk.global();
    if (!isInSameStage(line)) {
        int from = line - 1;
        while (!isFrom(from))
            --from;
        m_walk.enterStage(scopeBelow(from));
        m_next = from + 1;
    }
    while (m_next < line)
        m_walk.pass(m_next++);
    return m_walk.scope();
}

const Scope &StageVariables::topBefore(int line)
{
    if (!m_topWalk || line < m_topNext) {
        m_topWalk.emplace(m_tree, m_values);
        m_topNext = 0;
    }
    while (m_topNext < line)
        m_topWalk->pass(m_topNext++);
    return m_topWalk->global();
}

// Where the walk stands, or further down.
bool StageVariables::isInSameStage(int line) const
{
    if (m_next < 0 || line < m_next)
        return false;
    for (int i = m_next; i < line; ++i)
        if (isFrom(i))
            return false;
    return true;
}

// What the stage starts with: how the one that it is FROM ends. A chain of them is read from its lower end,
// without recursion: it may be as long as the file.
const StageScope *StageVariables::scopeBelow(int from)
{
    std::vector<int> unread;
    for (int base = baseOf(from); base >= 0 && !m_ended.contains(base); base = baseOf(base))
        unread.push_back(base);
    const auto scopeOf = [this](int stage) {
        const auto found = m_ended.constFind(stage);
        return found == m_ended.cend() ? nullptr : &*found;
    };
    while (!unread.empty()) {
        const int stage = unread.back();
        unread.pop_back();
        m_walk.enterStage(scopeOf(baseOf(stage)));
        for (int line = stage + 1; !isFrom(line); ++line)
            m_walk.pass(line);
        m_ended.insert(stage, m_walk.takeStage());
    }
    return scopeOf(baseOf(from));
}

int StageVariables::baseOf(int from)
{
    if (const auto known = m_bases.constFind(from); known != m_bases.cend())
        return *known;
    const QString image = m_walk.baseOf(from);
    const int base = mayBeStageName(image) ? stageAbove(image, from) : -1;
    m_bases.insert(from, base);
    return base;
}

// Names of stages are kept in lower case, and compared as they stand after FROM. Of twins the nearest counts.
int StageVariables::stageAbove(const QString &name, int from)
{
    if (!m_fromLines) {
        m_fromLines.emplace();
        for (int line = m_firstFrom; line < m_tree.lineCount(); ++line)
            if (isFrom(line))
                m_fromLines->push_back(line);
    }
    auto above = std::ranges::lower_bound(*m_fromLines, from);
    while (above != m_fromLines->begin()) {
        --above;
        // Most are ruled out by a look at their text.
        const Line &line = m_tree.line(*above);
        const bool mayBeIt = line.rows > 1 || line.text.contains(name, Qt::CaseInsensitive);
        if (mayBeIt && stageNameAt(m_tree, *above) == name)
            return *above;
    }
    return -1;
}

std::vector<Variable> variablesAt(const Tree &tree, int line, const BuildContextValues &values)
{
    return StageVariables(tree, values).at(line);
}

}
