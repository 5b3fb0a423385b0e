// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace graph {

/// What one COPY, ADD or RUN takes from elsewhere, as written.
struct Source
{
    enum class Kind : quint8 { Copy, Mount };

    Kind kind = Kind::Copy;
    std::optional<QString> from; ///< none: the build context
    QStringList paths;           ///< what it takes: the sources of a COPY, the source of a mount

    friend bool operator==(const Source &, const Source &) = default;
};

/// What a FROM says, as written; empty where it says nothing.
struct FromParts
{
    QString image;
    QString name;
    QString platform;

    friend bool operator==(const FromParts &, const FromParts &) = default;
};

/// The sources of a line of keyword COPY, ADD or RUN. Files are read while somebody types, so the common
/// shapes are taken right off the tokens; only the rest goes through dockerfile::Instruction.
std::vector<Source> sourcesOfLine(const dockerfile::Tree &tree, int line);

/// The same for a line of keyword FROM.
FromParts fromOfLine(const dockerfile::Tree &tree, int line);

}
