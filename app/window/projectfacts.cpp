// SPDX-License-Identifier: Apache-2.0
#include "window/projectfacts.h"

#include "project/gomodule.h"

namespace app {

void ProjectFacts::setFolder(const QString &folder)
{
    if (folder == m_folder)
        return;
    m_folder = folder;
    m_ports.clear();
    m_job.cancel();
    if (folder.isEmpty())
        return;
    m_job.start(
        [folder](const std::stop_token &) {
            const auto project = project::loadGoModule(folder);
            return project ? project->ports : QList<int>();
        },
        [this](const QList<int> &ports) {
            m_ports = ports;
            Q_EMIT changed();
        });
}

}
