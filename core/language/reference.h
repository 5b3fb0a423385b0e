// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace language {

/// A piece of the reference in resources/reference: what Docker's Dockerfile reference says, in our words.
struct Topic
{
    QString title;   ///< "COPY --from"
    QString summary; ///< one sentence
    QString text;    ///< Markdown, the summary included, without the title

    friend bool operator==(const Topic &, const Topic &) = default;
};

/// By its id, without case: "COPY", "COPY --from", "mount", "mount cache", "mount cache sharing",
/// "directive syntax", "variable TARGETARCH". An empty one when there is none.
const Topic &topic(QStringView id);

/// All ids, for an index of the reference.
QStringList topicIds();

}
