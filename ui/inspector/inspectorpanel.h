// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

#include <QHash>
#include <QScrollArea>
#include <QSet>

#include <memory>
#include <optional>

class QStackedWidget;
class QVBoxLayout;

namespace workspace {
struct Snapshot;
}

namespace ui {

class Badge;
class DesignVerbs;
class ElidedLabel;
class EmptyState;
class InstructionPage;
class QuietLabel;
class SourcePage;
class StagePage;

/// Everything about the selected node or edge, and about the instruction at the cursor. It shows snapshots
/// and tells what a person wants.
class InspectorPanel final : public QScrollArea
{
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget *parent = nullptr);
    ~InspectorPanel() override;

    void showSnapshot(const workspace::Snapshot &snapshot);
    void inspectNode(const std::optional<graph::NodeKey> &key);
    /// In place of a node.
    void inspectEdge(const std::optional<graph::Edge> &edge);
    /// The row (from 1) that the cursor is in; 0 for none.
    void inspectRow(int row);

    /// Whose verbs the buttons and forms are; it must outlive the panel.
    void setVerbs(DesignVerbs *verbs);
    [[nodiscard]] InstructionPage *instructionPage() const { return m_instruction; }
    [[nodiscard]] StagePage *stagePage() const { return m_stage; }
    /// Offered as bases: recommended ones and those that the engine has.
    void setKnownBases(const QStringList &bases);
    /// Offered beside the builder's variables.
    void setPlatforms(const QStringList &platforms);
    void setStandIns(const QSet<QString> &references);
    void setImageSizes(const QHash<QString, QString> &sizes);
    /// Puts the cursor into the field for the stage's base.
    void editBase(const graph::NodeKey &key);
    void editPlatform(const graph::NodeKey &key);

Q_SIGNALS:
    void renameRequested(const graph::NodeKey &key, const QString &name);
    void changeBaseRequested(const graph::NodeKey &key, const QString &base);
    void targetRequested(const graph::NodeKey &key);
    void deleteRequested(const graph::NodeKey &key);
    void connectRequested(const graph::NodeKey &from, const graph::NodeKey &to);
    void rowActivated(int row);

private:
    void placeInstruction();
    void refresh();
    bool showNode();
    bool showEdge();

    std::unique_ptr<workspace::Snapshot> m_snapshot; ///< a cheap value: trees share their lines
    std::optional<graph::NodeKey> m_node;
    std::optional<graph::Edge> m_edge;
    int m_row = 0;
    QSet<QString> m_standIns;
    QHash<QString, QString> m_imageSizes;
    QStackedWidget *m_pages;
    QVBoxLayout *m_content;
    EmptyState *m_empty;
    ElidedLabel *m_title;
    Badge *m_badge;
    QuietLabel *m_subtitle;
    StagePage *m_stage;
    SourcePage *m_source;
    InstructionPage *m_instruction;
};

}
