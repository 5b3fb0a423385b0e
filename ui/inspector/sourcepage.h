// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace workspace {
struct Snapshot;
}

namespace ui {

class FactList;

/// What takes from a node, and a field to take from elsewhere instead: of one edge, or of an image with all
/// the edges that it has.
class SourcePage final : public QWidget
{
    Q_OBJECT

public:
    explicit SourcePage(QWidget *parent = nullptr);
    ~SourcePage() override;

    void showEdge(const workspace::Snapshot &snapshot, const graph::Edge &edge);
    void showImage(const workspace::Snapshot &snapshot, const graph::ExternalImage &image);
    void setKnownBases(const QStringList &bases) { m_knownBases = bases; }

Q_SIGNALS:
    void rowActivated(int row);
    void retargetRequested(const graph::Edge &edge, const graph::NodeKey &from);
    void replaceRequested(const graph::NodeKey &image, const QString &reference);
    void removeRequested(const graph::Edge &edge);

private:
    void show(const workspace::Snapshot &snapshot, const std::vector<int> &lines, const QString &source,
              const QStringList &others);
    void check();
    void take();
    [[nodiscard]] graph::NodeKey typedNode() const;
    [[nodiscard]] QString whyNot() const;

    std::unique_ptr<workspace::Snapshot> m_snapshot;
    std::optional<graph::Edge> m_edge;
    graph::NodeKey m_image; ///< without an edge
    QString m_shown;        ///< the source, as the field shows it
    QStringList m_knownBases;
    FactList *m_lines;
    QComboBox *m_source;
    QLabel *m_reason;
    QPushButton *m_remove;
};

}
