// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildsession.h"
#include "editor/rownote.h"

#include <QHash>

namespace app {

/// A step in a few words as it stands at `now`: "running 4.2 s · 12 MB of 80 MB", "cached", "3.1 s". Empty
/// for looking up a base that is there, which takes no time to speak of.
QString stepInWords(const engine::BuildStep &step, const QDateTime &now);

/// "linux/amd64 -> linux/arm64/v8" -> "arm64/v8": what tells the platforms of one build apart.
QString shortPlatform(const QString &platform);

/// Steps that run for several platforms are told apart only in such a build.
bool hasSeveralPlatforms(const std::vector<engine::BuildStep> &steps);

/// What is known of a build and its image, with the rows of the document as it was built.
struct RowFacts
{
    const std::vector<engine::BuildStep> &steps;
    const QHash<QString, int> &rows; ///< of the steps, by BuildStep::id
    const std::optional<image::ImageSizes> &sizes;
    const std::vector<MissSentence> &misses;
    QDateTime now;
};

/// The same beside the lines: size, state and time of each step, once a platform, and why it missed the
/// cache.
QHash<int, ui::RowNote> rowNotes(const RowFacts &facts);

}
