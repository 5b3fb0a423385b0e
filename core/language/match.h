// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

#include <optional>
#include <vector>

namespace language {

/// How well what was typed fits a candidate. Larger is better.
struct Match
{
    int score = 0;
    std::vector<qsizetype> places; ///< of the candidate's characters that were typed, ascending

    friend bool operator==(const Match &, const Match &) = default;
};

/// Case does not matter, but the same case wins. A prefix is best, then the starts of parts ("ce" for
/// CGO_ENABLED), then letters in a row, then letters in their order. Nothing typed fits everything; no match
/// when a typed character is missing.
std::optional<Match> match(QStringView typed, QStringView candidate);

}
