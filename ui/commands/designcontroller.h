// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/commandstack.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QWidget;

namespace ui {

struct ConnectOffer;

/// Turns what a person wants with the design into edits on the command stack: the slots take the intentions
/// that the graph and the inspector tell, and ask for what is missing (which path, really delete?) in dialogs
/// that do not block. What cannot be done is told by CommandStack::refused().
class DesignController : public QObject
{
    Q_OBJECT

public:
    /// All three must outlive it; dialogs open over `window`.
    DesignController(workspace::Workspace &workspace, CommandStack &stack, QWidget *window,
                     QObject *parent = nullptr);

public Q_SLOTS:
    void rename(const graph::NodeKey &stage, const QString &name);
    /// From a stage or an image: a stage that is FROM it, put after it. From nothing: one at the end.
    void addStage(const std::optional<graph::NodeKey> &from = {});
    /// Asks first when other lines refer to it, and shows them.
    void remove(const graph::NodeKey &stage);
    void changeBase(const graph::NodeKey &stage, const QString &base);
    /// Asks how: by COPY (which path), by a mount (in which RUN), or by FROM.
    void connectNodes(const graph::NodeKey &from, const graph::NodeKey &to);
    /// Asks which image first.
    void connectImage(const graph::NodeKey &to);
    void connectByCopy(const graph::NodeKey &from, const graph::NodeKey &to, const QString &source,
                       const QString &destination);
    void connectByMount(const graph::NodeKey &from, const graph::NodeKey &to, int run, const QString &source,
                        const QString &target);
    void connectByBase(const graph::NodeKey &from, const graph::NodeKey &to);
    void setTarget(const graph::NodeKey &stage);
    void setSettings(const workspace::BuildSettings &settings, const QString &field = {});

Q_SIGNALS:
    /// It has a made-up name: a good moment to offer renaming.
    void stageAdded(const graph::NodeKey &stage);

private:
    [[nodiscard]] ConnectOffer offerFor(const graph::NodeKey &from, const graph::NodeKey &to) const;
    void removeNow(const graph::NodeKey &stage);
    [[nodiscard]] QString titleOf(const graph::NodeKey &key) const;
    [[nodiscard]] QString freeName() const;

    workspace::Workspace &m_workspace;
    CommandStack &m_stack;
    QPointer<QWidget> m_window;
};

}
