// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

class DockerfileEditor;

/// Row numbers of the editor, with an icon before those that have findings.
class EditorGutter final : public QWidget
{
    Q_OBJECT

public:
    explicit EditorGutter(DockerfileEditor &editor);

    [[nodiscard]] int widthNeeded() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int rowAt(int y) const; ///< 0 below the text

    DockerfileEditor &m_editor;
};

}
