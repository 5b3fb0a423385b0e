// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace engine {

/// An image's name as a registry knows it: "alpine" is the repository "library/alpine" of Docker Hub, whose
/// registry answers at another host than the one that is written.
struct RegistryName
{
    QString registry;   ///< as credentials are filed: "docker.io", "ghcr.io", "localhost:5000"
    QString host;       ///< that is asked
    QString repository; ///< "library/alpine"
    QString tag;        ///< "latest" without one

    [[nodiscard]] QString withoutTag() const { return registry + u'/' + repository; }
    /// On this machine: spoken to without TLS, as docker does.
    [[nodiscard]] bool isLoopback() const;
    friend bool operator==(const RegistryName &, const RegistryName &) = default;
};

RegistryName registryName(const QString &reference);

}
