// SPDX-License-Identifier: Apache-2.0
#include "commands/designcontroller.h"

#include "commands/connectdialog.h"
#include "dockerfile/instruction.h"
#include "graph/edgeverbs.h"
#include "graph/graphedits.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

DesignController::DesignController(workspace::Workspace &workspace, CommandStack &stack, QWidget *window,
                                   QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_stack(stack)
    , m_window(window)
{}

QString DesignController::titleOf(const graph::NodeKey &key) const
{
    const graph::Stage *stage = m_workspace.snapshot().graph.stage(key);
    return stage != nullptr ? stage->displayName() : key.name;
}

void DesignController::rename(const graph::NodeKey &key, const QString &name)
{
    const auto &snapshot = m_workspace.snapshot();
    const graph::Stage *stage = snapshot.graph.stage(key);
    const QString before = titleOf(key);
    const bool isNamedTarget = stage != nullptr && !snapshot.settings.target.isEmpty() && stage->isTarget &&
                               snapshot.settings.target.compare(stage->name, Qt::CaseInsensitive) == 0;
    const auto edit = graph::renameStage(snapshot.tree, snapshot.graph, key, name);
    const QString label = tr("rename %1 to %2").arg(before, name);
    if (!isNamedTarget || !edit) {
        m_stack.push(edit, label);
        return;
    }
    // The target is chosen by name, so it is renamed with its stage, in one step.
    workspace::BuildSettings settings = snapshot.settings;
    settings.target = name;
    m_stack.undoStack()->beginMacro(label);
    m_stack.push(edit, label);
    m_stack.pushSettings(settings, label);
    m_stack.undoStack()->endMacro();
}

QString DesignController::freeName() const
{
    const auto &graph = m_workspace.snapshot().graph;
    const QStringList usual = graph.stages.empty() ? QStringList{u"builder"_s} : QStringList{u"final"_s};
    for (const QString &name : usual)
        if (graph::whyNoStageName(graph, name).isEmpty())
            return name;
    for (int number = int(graph.stages.size()) + 1;; ++number) {
        const QString name = u"stage-"_s + QString::number(number);
        if (graph::whyNoStageName(graph, name).isEmpty())
            return name;
    }
}

void DesignController::addStage(const std::optional<graph::NodeKey> &from)
{
    const auto &snapshot = m_workspace.snapshot();
    const QString name = freeName();
    QString base = snapshot.graph.stages.empty() ? u"golang:alpine"_s : u"alpine"_s;
    std::optional<graph::NodeKey> after;
    if (from && from->kind == graph::NodeKind::Stage) {
        const graph::Stage *stage = snapshot.graph.stage(*from);
        if (stage == nullptr)
            return;
        if (stage->name.isEmpty()) {
            Q_EMIT m_stack.refused({base::Error::Kind::Refused,
                                    tr("%1 has no name to be FROM.").arg(titleOf(*from)),
                                    {},
                                    tr("Give it a name first (F2)."),
                                    {}});
            return;
        }
        base = stage->name;
        after = *from;
    } else if (from && from->kind == graph::NodeKind::Image) {
        base = from->name;
    }
    const auto edit = graph::addStage(snapshot.tree, snapshot.graph, name, base, after);
    if (m_stack.push(edit, tr("add stage %1").arg(name)))
        Q_EMIT stageAdded({graph::NodeKind::Stage, name});
}

void DesignController::remove(const graph::NodeKey &stage)
{
    const auto &snapshot = m_workspace.snapshot();
    const auto edit = graph::deleteStage(snapshot.tree, snapshot.graph, stage);
    const auto lines = graph::linesReferringTo(snapshot.tree, snapshot.graph, stage);
    if (!edit || lines.empty()) {
        removeNow(stage);
        return;
    }
    QStringList listed;
    for (const int line : lines)
        listed << tr("line %1: %2")
                      .arg(snapshot.tree.firstRow(line))
                      .arg(snapshot.tree.line(line).text.trimmed().section(u'\n', 0, 0));
    auto *question = new QMessageBox(QMessageBox::Question, tr("Delete %1").arg(titleOf(stage)),
                                     tr("These lines use %1 and are deleted with it:").arg(titleOf(stage)),
                                     QMessageBox::Cancel, m_window);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(listed.join(u'\n'));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *sure = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(sure, &QPushButton::clicked, this, [this, stage] { removeNow(stage); });
    question->open();
}

void DesignController::removeNow(const graph::NodeKey &key)
{
    const auto &snapshot = m_workspace.snapshot();
    const graph::Stage *stage = snapshot.graph.stage(key);
    const bool wasChosenTarget = stage != nullptr && stage->isTarget && !snapshot.settings.target.isEmpty();
    workspace::BuildSettings settings = snapshot.settings;
    settings.target.clear(); // the last stage, again
    const auto edit = graph::deleteStage(snapshot.tree, snapshot.graph, key);
    const QString label = tr("delete stage %1").arg(titleOf(key));
    if (!wasChosenTarget || !edit) {
        m_stack.push(edit, label);
        return;
    }
    m_stack.undoStack()->beginMacro(label);
    m_stack.push(edit, label);
    m_stack.pushSettings(settings, label);
    m_stack.undoStack()->endMacro();
}

void DesignController::changeBase(const graph::NodeKey &stage, const QString &base)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::changeBase(snapshot.tree, snapshot.graph, stage, base),
                 tr("base %1 on %2").arg(titleOf(stage), base));
}

ConnectOffer DesignController::offerFor(const graph::NodeKey &from, const graph::NodeKey &to) const
{
    const auto &[tree, graph] = std::tie(m_workspace.snapshot().tree, m_workspace.snapshot().graph);
    ConnectOffer offer{.from = titleOf(from),
                       .to = titleOf(to),
                       .producedPaths = {},
                       .runs = {},
                       .whyNoCopy = {},
                       .whyNoMount = {},
                       .whyNoBase = {}};
    if (from.kind == graph::NodeKind::Stage)
        offer.producedPaths = graph::producedPaths(tree, graph, from);
    if (const graph::Stage *stage = graph.stage(to)) {
        for (const int line : stage->instructions) {
            if (tree.line(line).keyword == dockerfile::Keyword::Run) {
                const dockerfile::Instruction run(tree, line);
                offer.runs.push_back({line, tr("line %1: %2").arg(run.row()).arg(run.summary())});
            }
        }
    }
    // Whether a way can be gone at all is seen by going it with paths that are in nobody's way.
    const auto whyNot = [](const base::Result<base::TextEdit> &edit) {
        return edit ? QString() : edit.error().message;
    };
    offer.whyNoCopy = whyNot(graph::connectByCopy(tree, graph, from, to, u"/a"_s, u"/a"_s));
    offer.whyNoMount = offer.runs.empty()
                           ? tr("%1 has no RUN.").arg(offer.to)
                           : whyNot(graph::connectByMount(tree, graph, from, to, offer.runs.front().line,
                                                          u"/a"_s, u"/.stageloom-probe"_s));
    const auto based = graph::connectByBase(tree, graph, from, to);
    offer.whyNoBase = based && based->isEmpty() ? tr("It is the base already.") : whyNot(based);
    return offer;
}

void DesignController::connectNodes(const graph::NodeKey &from, const graph::NodeKey &to)
{
    const ConnectOffer offer = offerFor(from, to);
    if (!offer.whyNoCopy.isEmpty() && !offer.whyNoMount.isEmpty() && !offer.whyNoBase.isEmpty()) {
        const auto &snapshot = m_workspace.snapshot();
        const auto copy = graph::connectByCopy(snapshot.tree, snapshot.graph, from, to, u"/a"_s, u"/a"_s);
        Q_EMIT m_stack.refused(copy.error());
        return;
    }
    auto *dialog = new ConnectDialog(offer, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, from, to] {
        switch (dialog->way()) {
        case ConnectWay::Copy:
            return connectByCopy(from, to, dialog->source(), dialog->destination());
        case ConnectWay::Mount:
            return connectByMount(from, to, dialog->run(), dialog->source(), dialog->destination());
        case ConnectWay::Base:
            return connectByBase(from, to);
        }
    });
    // The RUN that was chosen could be another one after a change.
    connect(&m_workspace, &workspace::Workspace::documentChanged, dialog, &QDialog::reject);
    dialog->open();
}

void DesignController::connectImage(const graph::NodeKey &to)
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Connect an image to %1").arg(titleOf(to)));
    dialog->setLabelText(tr("Image to take files from, or to start from:"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, to](const QString &reference) {
        if (!reference.trimmed().isEmpty())
            connectNodes({graph::NodeKind::Image, reference.trimmed()}, to);
    });
    connect(&m_workspace, &workspace::Workspace::documentChanged, dialog, &QDialog::reject);
    dialog->open();
}

void DesignController::connectByMount(const graph::NodeKey &from, const graph::NodeKey &to, int run,
                                      const QString &source, const QString &target)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::connectByMount(snapshot.tree, snapshot.graph, from, to, run, source, target),
                 tr("mount %1 in %2").arg(titleOf(from), titleOf(to)));
}

void DesignController::connectByBase(const graph::NodeKey &from, const graph::NodeKey &to)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::connectByBase(snapshot.tree, snapshot.graph, from, to),
                 tr("base %1 on %2").arg(titleOf(to), titleOf(from)));
}

void DesignController::connectByCopy(const graph::NodeKey &from, const graph::NodeKey &to,
                                     const QString &source, const QString &destination)
{
    const auto &snapshot = m_workspace.snapshot();
    m_stack.push(graph::connectByCopy(snapshot.tree, snapshot.graph, from, to, source, destination),
                 tr("connect %1 to %2").arg(titleOf(from), titleOf(to)));
}

void DesignController::setTarget(const graph::NodeKey &key)
{
    const auto &snapshot = m_workspace.snapshot();
    const graph::Stage *stage = snapshot.graph.stage(key);
    if (stage == nullptr)
        return;
    workspace::BuildSettings settings = snapshot.settings;
    const bool isLast = stage->index + 1 == int(snapshot.graph.stages.size());
    settings.target = isLast                  ? QString()
                      : stage->name.isEmpty() ? QString::number(stage->index)
                                              : stage->name;
    m_stack.pushSettings(settings, tr("set target %1").arg(stage->displayName()));
}

void DesignController::setSettings(const workspace::BuildSettings &settings, const QString &field)
{
    m_stack.pushSettings(settings, tr("change build options"), field);
}

}
