// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace language {

/// A piece of the reference in resources/reference: what Docker's Dockerfile reference says, in our words.
/// What is listed there is also what completion proposes: a heading is a flag, a value, a name.
struct Topic
{
    QString name;         ///< its heading: "--from"
    QString title;        ///< for people: "COPY --from"
    QString summary;      ///< the first paragraph, on one line
    QString text;         ///< Markdown, the summary included, without the heading
    QStringList children; ///< ids of the pieces below it, in order

    friend bool operator==(const Topic &, const Topic &) = default;
};

/// By its id, the headings on the way to it with blanks between them, without case: "COPY", "COPY --from",
/// "mount", "mount cache", "mount sharing locked", "directive syntax", "variable TARGETARCH". An empty one
/// when there is none.
const Topic &topic(const QString &id);

/// The ids of whole pages, for an index of the reference.
QStringList pageTopics();

}
