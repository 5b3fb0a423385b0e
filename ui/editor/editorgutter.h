// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editormargin.h"
#include "lint/finding.h"

#include <QHash>

namespace ui {

/// Row numbers of the editor, with an icon before those that have findings (a light bulb in the cursor's row
/// when one can be mended), and an arrow behind those whose rows fold.
class EditorGutter final : public EditorMargin
{
    Q_OBJECT

public:
    explicit EditorGutter(DockerfileEditor &editor);

    [[nodiscard]] int widthNeeded() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void paintMark(QPainter &painter, int row, const QRectF &place,
                   const QHash<int, lint::Severity> &severities) const;
};

}
