// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include <vector>

namespace image {

/// How many columns of a terminal a text takes: East Asian wide characters two, combining marks none.
int displayWidth(QStringView text);

/// Cut to `columns` with an ellipsis where it is longer.
QString elided(const QString &text, int columns);

enum class Align : quint8 { Left, Right };

/// Lines of aligned columns, two blanks between them, none at the end of a line. The first row is the
/// heading.
QString textTable(const std::vector<QStringList> &rows, const std::vector<Align> &columns);

}
