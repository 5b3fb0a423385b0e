// SPDX-License-Identifier: Apache-2.0
// The verbs of DesignVerbs that ask something first, in dialogs that do not block.
#include "commands/designverbs.h"

#include "graph/edgeverbs.h"
#include "graph/stageverbs.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

void DesignVerbs::ask(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_workspace, &workspace::Workspace::documentChanged, dialog, &QDialog::reject);
    dialog->open();
}

void DesignVerbs::splitStage(int line)
{
    const auto &graph = m_workspace.snapshot().graph;
    const graph::Stage *stage = graph.stageAtLine(line);
    if (!stage)
        return;
    auto *dialog = new QInputDialog(m_window);
    dialog->setWindowTitle(tr("Split %1").arg(stage->displayName()));
    dialog->setLabelText(tr("Name of the new stage, which gets what stands above this line:"));
    dialog->setTextValue(graph::freeStageName(graph, stage->displayName() + u"-base"_s));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, line](const QString &name) {
        const auto &now = m_workspace.snapshot();
        m_stack.push(graph::splitStage(now.tree, now.graph, line, name), tr("split off stage %1").arg(name));
    });
    ask(dialog);
}

void DesignVerbs::retargetToImage(const graph::Edge &edge)
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setWindowTitle(tr("Take from another image"));
    dialog->setLabelText(
        tr("Image that %1 takes from instead of %2:").arg(titleOf(edge.to), titleOf(edge.from)));
    dialog->setTextValue(edge.from.kind == graph::NodeKind::Image ? edge.from.name : QString());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, edge](const QString &reference) {
        if (!reference.trimmed().isEmpty())
            retargetEdge(edge, {graph::NodeKind::Image, reference.trimmed()});
    });
    ask(dialog);
}

void DesignVerbs::disconnect(const graph::Edge &edge)
{
    const auto &[tree, graph] = std::tie(m_workspace.snapshot().tree, m_workspace.snapshot().graph);
    const auto possible = graph::removeEdge(tree, graph, edge);
    if (!possible) {
        Q_EMIT m_stack.refused(possible.error());
        return;
    }
    QStringList going;
    for (const int line : edge.lines) {
        const QString words = tr("line %1: %2")
                                  .arg(tree.firstRow(line))
                                  .arg(tree.line(line).text.trimmed().section(u'\n', 0, 0));
        const bool keepsRun = tree.line(line).keyword == dockerfile::Keyword::Run;
        going << (keepsRun ? tr("%1 (only its mount)").arg(words) : words);
    }
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Disconnect %1").arg(titleOf(edge.to)),
        tr("%1 takes nothing from %2 any more when this goes:").arg(titleOf(edge.to), titleOf(edge.from)),
        QMessageBox::Cancel, m_window);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(going.join(u'\n'));
    QPushButton *sure = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(sure, &QPushButton::clicked, this, [this, edge] { removeEdge(edge); });
    ask(question);
}

void DesignVerbs::replaceImage(const graph::NodeKey &image, const QString &reference)
{
    const auto &[tree, graph] = std::tie(m_workspace.snapshot().tree, m_workspace.snapshot().graph);
    base::TextEdit all;
    for (const auto &edge : graph.edges) {
        if (edge.from != image)
            continue;
        const auto one = graph::retargetEdge(tree, graph, edge, {graph::NodeKind::Image, reference});
        if (!one) {
            Q_EMIT m_stack.refused(one.error());
            return;
        }
        for (const auto &[range, text] : one->replacements())
            all.replace(range, text);
    }
    m_stack.push(all, tr("use %1 instead of %2").arg(reference, image.name));
}

}
