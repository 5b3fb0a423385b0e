// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace dockerfile {

/// Bytes to text and back without loss: a byte that is no UTF-8 becomes a lone low surrogate U+DC80..U+DCFF
/// and goes back as it came. BOM and line ends stay in the text.
QString textFromBytes(const QByteArray &bytes);
QByteArray bytesFromText(const QString &text);

/// Files above this are refused: no Dockerfile is that large, and the editor would not be usable.
constexpr qint64 largestFileBytes = 16 * 1024 * 1024;

base::Result<QString> readTextFile(const QString &path);
/// Written beside and renamed over, so that a full disk leaves the old file whole; keeps its permissions, and
/// follows a symbolic link to write its target.
base::Result<void> writeTextFile(const QString &path, const QString &text);

}
