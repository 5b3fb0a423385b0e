// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/endpoint.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace engine {

/// What an engine says of itself: /_ping, /version and /info, over all versions from API 1.41 on.
struct EngineInfo
{
    Endpoint endpoint;
    QString product;    ///< "Docker Engine", "Podman"
    QString version;    ///< "26.1.5"
    QString apiVersion; ///< negotiated: what we speak
    QString engineApiVersion;
    QString minimumApiVersion;
    QString operatingSystem;
    QString osType;       ///< "linux"
    QString architecture; ///< Go's name: "amd64"
    QString storageDriver;
    bool containerdStore = false;
    bool rootless = false;
    bool isPodman = false;
    bool hasBuildKit = false; ///< /build?version=2 works
    QStringList platforms;    ///< what it can build; at least its own
    QStringList warnings;
};

/// A line of the image list.
struct ImageSummary
{
    QString id;
    QStringList tags; ///< without <none>:<none>; short names as docker shows them
    qint64 sizeBytes = 0;
    QDateTime created;
    bool isStandIn = false; ///< carries packaging's label org.stageloom.stand-in
    friend bool operator==(const ImageSummary &, const ImageSummary &) = default;
};

/// Label that packaging puts on every stand-in image; its value says what it stands in for.
inline constexpr QLatin1StringView standInLabel{"org.stageloom.stand-in"};

/// What GET /images/{name}/json and /history answered, unparsed: core/image reads them.
struct ImageDocuments
{
    QByteArray inspect;
    QByteArray history;
};

}
