// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace base {

/// What went wrong, in words for a person: what happened (message), where (where), what to do (hint).
struct Error
{
    enum class Kind {
        Malformed,   ///< the input is not what it should be
        NotFound,    ///< a file, image, stage ... is not there
        Refused,     ///< permission, or a verb that cannot be done here
        Unreachable, ///< nobody answers
        TimedOut,    ///< somebody was there, and went silent
        Cancelled,   ///< the person asked for it
        Failed,      ///< the job itself failed, e.g. a build step
        Unsupported  ///< this engine, or this version of it, cannot do it
    };

    Kind kind = Kind::Failed;
    QString message; ///< one sentence, without the place
    QString where;   ///< a path, a reference, "Dockerfile:12"; may be empty
    QString hint;    ///< the next step, a sentence; may be empty
    QString detail;  ///< long text for a details view: a log's end, an engine's answer; may be empty

    /// The same error with the activity put before it: "reading go.mod: permission denied".
    [[nodiscard]] Error in(const QString &activity) const;

    /// "where: message. hint", for a terminal or a status line.
    [[nodiscard]] QString text() const;

    friend bool operator==(const Error &, const Error &) = default;
};

}
