// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editormargin.h"

namespace ui {

/// Row numbers of the editor, with an icon before those that have findings.
class EditorGutter final : public EditorMargin
{
    Q_OBJECT

public:
    explicit EditorGutter(DockerfileEditor &editor);

    [[nodiscard]] int widthNeeded() const;

protected:
    void paintEvent(QPaintEvent *event) override;
};

}
