// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

class DockerfileEditor;

/// A column beside the editor's text, row for row with it: a click goes to the row, hovering tells about it.
class EditorMargin : public QWidget
{
    Q_OBJECT

public:
    explicit EditorMargin(DockerfileEditor &editor);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

    [[nodiscard]] int rowAt(int y) const; ///< 0 below the text

    DockerfileEditor &m_editor;
};

}
