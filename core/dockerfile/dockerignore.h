// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pathrules.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace dockerfile {

/// The rules of a .dockerignore file, with Docker's own meaning (moby/patternmatcher): the last match wins,
/// "!" re-includes, a pattern that matches a parent matches what is below, ** spans folders, * and ? do not.
class DockerIgnore
{
public:
    DockerIgnore() = default;
    /// Reads the file's text: comments (#) and blank lines dropped, blanks trimmed, leading / dropped,
    /// cleaned as Go's filepath.Clean does.
    explicit DockerIgnore(QStringView text);

    struct Rule
    {
        QString pattern; ///< cleaned, without "!"
        bool negated = false;
        int row = 0; ///< in the file, from 1
    };
    [[nodiscard]] const std::vector<Rule> &rules() const;
    /// Of patterns that Docker would refuse ("a[", "\\"): "row N: ..." sentences.
    [[nodiscard]] QStringList problems() const;

    struct Verdict
    {
        bool excluded = false;
        int rule = -1; ///< index of the rule that decided; -1 when none matched
    };
    /// `path` is relative to the context's root, with "/" and no leading "./".
    [[nodiscard]] Verdict verdict(QStringView path) const;
    /// May a file below this excluded folder be re-included by a "!" rule? If not, it need not be walked.
    [[nodiscard]] bool mayReincludeBelow(QStringView folder) const;

    /// What each rule said of a folder; empty for the context itself.
    using Trail = base::PathRules::Trail;
    /// The same for one who walks the folders, and much faster: `parent` is the trail of the folder that
    /// holds `path`; `own`, if given, becomes the trail of `path`. Paths are UTF-8.
    [[nodiscard]] Verdict verdict(QByteArrayView path, const Trail &parent, Trail *own = nullptr) const;
    [[nodiscard]] bool mayReincludeBelow(QByteArrayView folder, Verdict ofFolder) const;

private:
    struct Data;
    std::shared_ptr<const Data> d;
};

}
