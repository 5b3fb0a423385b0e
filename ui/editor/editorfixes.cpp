// SPDX-License-Identifier: Apache-2.0
#include "editor/editorfixes.h"

#include "theme/icons.h"

#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

EditorFixes::EditorFixes(const EditorParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&m_parts.editor, &DockerfileEditor::fixesRequested, this, &EditorFixes::showFixes);
}

int EditorFixes::addFixes(QMenu &menu)
{
    const auto &tree = m_parts.snapshot().tree;
    const qsizetype at = m_parts.cursorOffset();
    const int row = tree.rowAt(at);
    std::vector<const lint::Finding *> fixable;
    for (const auto &finding : m_parts.workspace.findings())
        if (finding.fix && (tree.rowAt(finding.range.start) == row || finding.range.contains(at)))
            fixable.push_back(&finding);
    // What the cursor stands in comes first.
    std::ranges::stable_partition(fixable, [at](const lint::Finding *finding) {
        return finding->range.start <= at && at <= finding->range.end();
    });
    for (const auto *finding : fixable) {
        auto *action = menu.addAction(icon(u"fix"_s), tr("Fix: %1").arg(finding->fixLabel));
        action->setToolTip(finding->message);
        // By what it is, not by where it is kept: findings are made anew at any time.
        connect(action, &QAction::triggered, this,
                [this, fix = *finding->fix, label = finding->fixLabel] { Q_EMIT editRequested(fix, label); });
    }
    return int(fixable.size());
}

void EditorFixes::showFixes()
{
    auto *menu = new QMenu(&m_parts.editor);
    menu->setObjectName(u"fixes"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    // A fix is an edit of this very text.
    connect(&m_parts.binding, &EditorBinding::shown, menu, &QMenu::close);
    if (addFixes(*menu) == 0) {
        delete menu;
        Q_EMIT refused(tr("Nothing in this line can be mended by itself."));
        return;
    }
    menu->setActiveAction(menu->actions().constFirst());
    menu->popup(m_parts.editor.viewport()->mapToGlobal(m_parts.editor.cursorRect().bottomLeft()));
}

}
