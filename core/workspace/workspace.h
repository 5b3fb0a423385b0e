// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/latestjob.h"
#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/tree.h"
#include "graph/livegraph.h"
#include "graph/stagegraph.h"
#include "lint/finding.h"
#include "lint/linter.h"
#include "workspace/solvesettings.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace workspace {

/// How the document is built: chosen beside the text, kept with it, part of its undo history.
struct BuildSettings
{
    QString target; ///< a stage's name or index; empty: the last stage
    QString tag;
    QString platform;                  ///< empty: the engine's own
    QString contextFolder;             ///< absolute; empty: the folder that the program finds fit
    QHash<QString, QString> buildArgs; ///< overrides by name
    bool noCache = false;
    bool pull = false;
    SolveSettings solve; ///< what only BuildKit's own protocol can be asked for

    friend bool operator==(const BuildSettings &, const BuildSettings &) = default;
};

/// One state of the document and what follows from it. A value: safe to keep, and to give to another thread.
struct Snapshot
{
    quint64 revision = 0;
    QString text;
    dockerfile::Tree tree;
    graph::StageGraph graph;
    BuildSettings settings;
};

/// The only holder of a document's state: its text, its build settings, and what is derived from them. The
/// graph is derived at once, findings follow after a short quiet. Undo lives above: apply() returns the exact
/// inverse.
class Workspace : public QObject
{
    Q_OBJECT

public:
    explicit Workspace(QObject *parent = nullptr);
    ~Workspace() override;

    [[nodiscard]] const Snapshot &snapshot() const { return m_snapshot; }
    [[nodiscard]] const lint::Findings &findings() const { return m_findings; }

    /// Changes the text; returns the edit that changes it back.
    base::TextEdit apply(const base::TextEdit &edit);
    /// Changes the settings; returns those before.
    BuildSettings setSettings(const BuildSettings &settings);

    /// Starts over with another text: a file was opened. Emits documentReplaced().
    void replaceDocument(const QString &text, const BuildSettings &settings = {});

Q_SIGNALS:
    /// The text changed by `edit` (coordinates of the text before). The snapshot is the new one.
    void documentChanged(const workspace::Snapshot &snapshot, const base::TextEdit &edit);
    /// Text and settings are those of another file.
    void documentReplaced(const workspace::Snapshot &snapshot);
    void settingsChanged(const workspace::Snapshot &snapshot);
    /// After documentChanged, documentReplaced and settingsChanged alike: whoever only shows the snapshot
    /// needs this one.
    void snapshotChanged(const workspace::Snapshot &snapshot);
    void findingsChanged(const lint::Findings &findings);

private:
    void derive(dockerfile::Tree tree);
    bool moveFindings(const base::TextEdit &edit);
    void lintSoon();
    void lintNow();

    Snapshot m_snapshot;
    graph::LiveGraph m_liveGraph;
    lint::Findings m_findings;
    QTimer m_lintTimer;
    base::LatestJob m_lintJob;
};

}
