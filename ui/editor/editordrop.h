// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorparts.h"
#include "language/dropfiles.h"

#include <QObject>

class QMimeData;

namespace ui {

/// Files of the build context that are dropped into the text become sources of a COPY. Other files, and
/// Dockerfiles, are left to the window, which opens them.
class EditorDrop : public QObject
{
    Q_OBJECT

public:
    explicit EditorDrop(const EditorParts &parts, QObject *parent = nullptr);

    /// Absolute; empty: nothing can be dropped.
    void setContextFolder(const QString &folder) { m_contextFolder = folder; }

Q_SIGNALS:
    void editRequested(const base::TextEdit &edit, const QString &label);
    void refused(const QString &reason);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] std::vector<language::DroppedPath> pathsOf(const QMimeData &data) const;
    void drop(QPoint position, const std::vector<language::DroppedPath> &paths);

    EditorParts m_parts;
    QString m_contextFolder;
};

}
