// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"

#include <QStringList>

namespace language {

/// A word that a file uses already, and where first.
struct UsedWord
{
    QString text;
    int row = 0; ///< from 1

    friend bool operator==(const UsedWord &, const UsedWord &) = default;
};

/// The ids of RUN --mount=type=secret, ssh or cache, in the order of the file, but for those of the logical
/// line `without`. Without id a secret goes by the file name of its target, a cache by the whole of it.
std::vector<UsedWord> mountIds(const dockerfile::Tree &tree, const QString &type, int without);

/// The ports that other EXPOSE lines name, and those that ENV and ARG give to a name such as PORT or
/// LISTEN_ADDR (":8080").
std::vector<UsedWord> portsUsed(const dockerfile::Tree &tree, int without);

}
