// SPDX-License-Identifier: Apache-2.0
#include "editor/editordrop.h"

#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ui {

EditorDrop::EditorDrop(const EditorParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_parts.editor.viewport()->installEventFilter(this);
}

// Empty unless all of them are files of the context.
std::vector<language::DroppedPath> EditorDrop::pathsOf(const QMimeData &data) const
{
    if (m_contextFolder.isEmpty())
        return {};
    std::vector<language::DroppedPath> paths;
    for (const auto &url : data.urls()) {
        const QFileInfo file(url.toLocalFile());
        const QString path = QDir(m_contextFolder).relativeFilePath(file.absoluteFilePath());
        const bool isOutside =
            !url.isLocalFile() || path == ".."_L1 || path.startsWith("../"_L1) || QDir::isAbsolutePath(path);
        if (isOutside || file.fileName().contains("dockerfile"_L1, Qt::CaseInsensitive))
            return {};
        paths.push_back({path, file.isDir()});
    }
    return paths;
}

void EditorDrop::drop(QPoint position, const std::vector<language::DroppedPath> &paths)
{
    const auto &snapshot = m_parts.snapshot();
    const auto edit = language::dropFiles(snapshot.tree, snapshot.graph, m_parts.offsetAt(position), paths);
    if (edit)
        Q_EMIT editRequested(*edit, tr("copy what was dropped"));
    else
        Q_EMIT refused(edit.error().text());
    m_parts.editor.setFocus(Qt::OtherFocusReason);
}

bool EditorDrop::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove &&
        event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *dragged = static_cast<QDropEvent *>(event);
    const auto paths = pathsOf(*dragged->mimeData());
    if (paths.empty())
        return false;
    const QPoint position = dragged->position().toPoint();
    m_parts.editor.setTextCursor(m_parts.editor.cursorForPosition(position)); // shows where it would go
    dragged->setDropAction(Qt::CopyAction);
    dragged->accept();
    if (event->type() == QEvent::Drop)
        drop(position, paths);
    return true;
}

}
