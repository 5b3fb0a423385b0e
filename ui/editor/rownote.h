// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ui {

/// What is known about one row beside its text, after or during a build: "4.2 MB · 3.1 s", "cached".
struct RowNote
{
    enum class Kind : quint8 { Quiet, Running, Done, Warning, Failed };

    QString text;
    QString tooltip; ///< the exact numbers; may be empty
    Kind kind = Kind::Quiet;

    friend bool operator==(const RowNote &, const RowNote &) = default;
};

}
