// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace history {

/// A file that a step took from a context, or a whole folder where files would be too many to keep.
struct TakenFile
{
    QString path;   ///< within its context; a folder ends with "/"
    QString digest; ///< of what BuildKit compares: kind, permissions, content; never times or owners
    QString stamp;  ///< size and time: while it stays, the digest need not be taken again
    friend bool operator==(const TakenFile &, const TakenFile &) = default;
};

/// A value that a step sees.
struct SeenVariable
{
    QString name;
    QString value; ///< a digest when the name looks like a secret's
    bool isDigest = false;
    friend bool operator==(const SeenVariable &, const SeenVariable &) = default;
};

/// What decides whether BuildKit takes a step from its cache: its words, the values in them and around them,
/// the bytes that it takes, and the steps that it stands on.
struct StepInputs
{
    QString stage;                       ///< name, or its index when unnamed
    QString written;                     ///< the instruction as in the file, continuations joined
    QString expanded;                    ///< as the builder expands it
    std::vector<SeenVariable> variables; ///< used by the words, or seen by a RUN; sorted by name
    QString baseDigest;                  ///< of a FROM's image; empty when not known
    std::vector<TakenFile> files;        ///< sorted by path
    std::vector<int> parents;            ///< indices of steps in the same record
    bool cacheRefused = false;           ///< --no-cache, or its stage in --no-cache-filter
    friend bool operator==(const StepInputs &, const StepInputs &) = default;
};

}
