// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"

#include <QString>

#include <optional>
#include <vector>

namespace lint {

enum class Severity : quint8 { Error, Warning, Advice };

/// One thing to mend, at one place of the text of one revision.
struct Finding
{
    QString rule; ///< id: "copy-from-unknown-stage"; "syntax" for what the parser found
    Severity severity = Severity::Warning;
    base::TextRange range;
    int row = 0; ///< from 1
    QString message;
    QString hint;
    std::optional<base::TextEdit> fix;
    QString fixLabel; ///< finishes "Fix: ..."

    friend bool operator==(const Finding &, const Finding &) = default;
};

using Findings = std::vector<Finding>;

}
