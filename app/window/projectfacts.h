// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/latestjob.h"

#include <QList>
#include <QObject>

namespace app {

/// What the editor wants to know of the Go project that a design is for: read in the background, once for a
/// folder.
class ProjectFacts : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Absolute; empty: there is none.
    void setFolder(const QString &folder);
    /// That the program seems to listen on, likeliest first; none before they are read.
    [[nodiscard]] QList<int> ports() const { return m_ports; }

Q_SIGNALS:
    void changed();

private:
    QString m_folder;
    QList<int> m_ports;
    base::LatestJob m_job;
};

}
