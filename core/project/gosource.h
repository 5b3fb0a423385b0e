// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace project {

/// What one .go file says, read without a Go compiler.
struct GoSource
{
    QString package;      ///< empty when there is no package clause
    bool ignored = false; ///< "//go:build ignore" before it: belongs to no build
    QStringList imports;
    QStringList embeds;    ///< patterns of //go:embed
    QHash<int, int> ports; ///< port -> how likely the program listens on it
};

/// Scans tokens, so that comments and strings hide nothing. Never fails; a text cut anywhere gives what came
/// before.
GoSource readGoSource(QStringView text);

}
