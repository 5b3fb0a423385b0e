// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dockerfile/tree.h"

#include <QByteArray>

namespace dockerfile {

/// As BuildKit's own parser dumps a file, an instruction a line: (copy ["--from=a"] "x" "/y"). What that
/// parser rejects is an Error of the same meaning, with where = "line N".
base::Result<QByteArray> dumpSexp(const Tree &tree);

/// The whole lossless tree as JSON: lines with kind, keyword, rows and tokens. Stable for scripts.
QByteArray dumpJson(const Tree &tree);

}
