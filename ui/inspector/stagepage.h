// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/designverbs.h"
#include "graph/nodeid.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace workspace {
struct Snapshot;
}
namespace graph {
struct Stage;
class StageGraph;
}
namespace dockerfile {
class Tree;
}

namespace ui {

class FactList;
class QuietLabel;

/// One stage as a form: its name and base to change, what it does, who uses it, what it produces.
class StagePage final : public QWidget
{
    Q_OBJECT

public:
    explicit StagePage(QWidget *parent = nullptr);

    void showStage(const workspace::Snapshot &snapshot, const graph::Stage &stage);
    void setKnownBases(const QStringList &bases);
    void setPlatforms(const QStringList &platforms);
    void editBase();
    void editPlatform();
    /// Why a verb cannot be done; empty when it can.
    using WhyNot = std::function<QString(StageVerb verb, const graph::NodeKey &stage)>;
    void setWhyNot(const WhyNot &whyNot) { m_whyNot = whyNot; }
    [[nodiscard]] QMenu *moreMenu() const { return m_moreMenu; }
    [[nodiscard]] QMenu *addMenu() const { return m_addMenu; }

Q_SIGNALS:
    void verbRequested(ui::StageVerb verb, const graph::NodeKey &key);
    void platformRequested(const graph::NodeKey &key, const QString &platform);
    /// A new instruction of that stage, with what is usual in its fields.
    void instructionRequested(const graph::NodeKey &key, const dockerfile::Form &form);
    void renameRequested(const graph::NodeKey &key, const QString &name);
    void changeBaseRequested(const graph::NodeKey &key, const QString &base);
    void targetRequested(const graph::NodeKey &key);
    void deleteRequested(const graph::NodeKey &key);
    void connectRequested(const graph::NodeKey &from, const graph::NodeKey &to);
    void rowActivated(int row);

private:
    QLayout *makeButtons();
    QFormLayout *makeForm();
    void checkName();
    void fillMore();
    void fillAdd();
    void offerSources(const graph::StageGraph &graph, const graph::Stage &stage);
    void listLines(const dockerfile::Tree &tree, const graph::StageGraph &graph, const graph::Stage &stage);

    graph::NodeKey m_key;
    QString m_shownName;
    QString m_shownBase;
    QStringList m_knownBases;
    QStringList m_platforms; ///< as offered
    std::function<QString(const QString &)> m_whyNoName;
    QLineEdit *m_name;
    QLabel *m_nameReason;
    QComboBox *m_base;
    QComboBox *m_platform;
    QString m_shownPlatform;
    QuietLabel *m_resolved;
    QPushButton *m_target;
    QPushButton *m_connect;
    QMenu *m_sources;
    QToolButton *m_delete;
    QPushButton *m_add;
    QMenu *m_addMenu;
    QToolButton *m_more;
    QMenu *m_moreMenu;
    WhyNot m_whyNot;
    FactList *m_instructions;
    FactList *m_usedBy;
    FactList *m_produces;
};

}
