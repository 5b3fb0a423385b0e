// SPDX-License-Identifier: Apache-2.0
#include "workspace/workspace.h"

#include <chrono>

using namespace std::chrono_literals;

namespace workspace {

namespace {

// Long enough to stay out of the way of typing, short enough to feel immediate.
constexpr auto quietBeforeLint = 150ms;

dockerfile::BuildContextValues valuesOf(const BuildSettings &settings)
{
    dockerfile::BuildContextValues values;
    values.buildArgs = settings.buildArgs;
    values.targetPlatform = settings.platform;
    return values;
}

}

Workspace::Workspace(QObject *parent)
    : QObject(parent)
{
    m_lintTimer.setSingleShot(true);
    m_lintTimer.setInterval(quietBeforeLint);
    connect(&m_lintTimer, &QTimer::timeout, this, &Workspace::lintNow);
}

Workspace::~Workspace() = default;

base::TextEdit Workspace::apply(const base::TextEdit &edit)
{
    if (edit.isEmpty())
        return {};
    base::TextEdit inverse = edit.applyTo(m_snapshot.text);
    derive(m_snapshot.tree.edited(edit));
    const bool haveMoved = moveFindings(edit);
    Q_EMIT documentChanged(m_snapshot, edit);
    Q_EMIT snapshotChanged(m_snapshot);
    if (haveMoved)
        Q_EMIT findingsChanged(m_findings);
    lintSoon();
    return inverse;
}

BuildSettings Workspace::setSettings(const BuildSettings &settings)
{
    BuildSettings before = m_snapshot.settings;
    if (before == settings)
        return before;
    m_snapshot.settings = settings;
    derive(m_snapshot.tree);
    Q_EMIT settingsChanged(m_snapshot);
    Q_EMIT snapshotChanged(m_snapshot);
    lintSoon();
    return before;
}

void Workspace::replaceDocument(const QString &text, const BuildSettings &settings)
{
    m_snapshot.text = text;
    m_snapshot.settings = settings;
    derive(dockerfile::parse(text));
    m_findings.clear();
    Q_EMIT documentReplaced(m_snapshot);
    Q_EMIT snapshotChanged(m_snapshot);
    Q_EMIT findingsChanged(m_findings);
    lintSoon();
}

void Workspace::derive(dockerfile::Tree tree)
{
    ++m_snapshot.revision;
    m_snapshot.tree = std::move(tree);
    m_snapshot.graph = m_liveGraph.updated(std::move(m_snapshot.graph), m_snapshot.tree,
                                           m_snapshot.settings.target, valuesOf(m_snapshot.settings));
}

// Whoever shows them must know: the next run may find the very same and then says nothing.
bool Workspace::moveFindings(const base::TextEdit &edit)
{
    const qsizetype start = edit.replacements().front().range.start;
    bool haveMoved = false;
    for (lint::Finding &finding : m_findings) {
        haveMoved = haveMoved || finding.fix;
        finding.fix.reset(); // made for the text before; the next run brings it anew
        if (finding.range.end() < start)
            continue;
        const base::TextRange range = edit.mapped(finding.range);
        haveMoved = haveMoved || range != finding.range;
        finding.range = range;
        finding.row = m_snapshot.tree.rowAt(range.start);
    }
    return haveMoved;
}

void Workspace::lintSoon()
{
    m_lintJob.cancel();
    m_lintTimer.start();
}

void Workspace::lintNow()
{
    const auto revision = m_snapshot.revision;
    lint::Facts facts{.buildArgs = m_snapshot.settings.buildArgs.keys()};
    m_lintJob.start([tree = m_snapshot.tree, graph = m_snapshot.graph,
                     facts](std::stop_token stop) { return lint::run(tree, graph, facts, stop); },
                    [this, revision](lint::Findings findings) {
                        if (revision != m_snapshot.revision || findings == m_findings)
                            return;
                        m_findings = std::move(findings);
                        Q_EMIT findingsChanged(m_findings);
                    });
}

}
