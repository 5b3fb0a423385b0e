// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/latestjob.h"
#include "language/facts.h"

#include <QElapsedTimer>
#include <QObject>

namespace app {

/// What is in the folders of a build context, for proposals while one types: answered from memory, read in
/// the background. What .dockerignore leaves out is left out here, too.
class ContextListing : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Absolute; empty: there is none.
    void setRoot(const QString &root);
    [[nodiscard]] QString root() const { return m_root; }
    /// As known now; what is old or missing is read, and told by listed().
    std::vector<language::FolderEntry> entries(const QString &folder);

Q_SIGNALS:
    void listed();

private:
    struct Listing
    {
        std::vector<language::FolderEntry> entries;
        QElapsedTimer age;
    };

    QString m_root;
    QHash<QString, Listing> m_listings;
    base::LatestJob m_job;
};

}
