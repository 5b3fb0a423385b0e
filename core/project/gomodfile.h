// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace project {

/// What a go.mod says, as far as an image build cares.
struct GoModFile
{
    QString path;                  ///< of the module line; empty without one
    QString goVersion;             ///< "1.24"
    QString toolchain;             ///< "go1.24.4"
    QStringList requirements;      ///< module paths
    QStringList localReplacements; ///< "./lib", "../shared"
};

/// Reads go.mod's grammar: words, "quoted" and `raw` strings, // comments, and blocks in parentheses. Never
/// fails: what it does not know is skipped.
GoModFile readGoMod(QStringView text);

}
