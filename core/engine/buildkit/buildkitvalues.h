// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/endpoint.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <vector>

namespace engine {

/// Where a BuildKit answers that is not the one inside an engine: a buildkitd of its own (buildx's drivers
/// "remote" and "docker-container"). An image that it builds is loaded into the engine afterwards.
struct BuildKitAddress
{
    enum class Kind : quint8 {
        Daemon,   ///< buildkitd listens at `endpoint`
        Container ///< buildkitd runs in `container` of the engine at `endpoint`
    };
    Kind kind = Kind::Daemon;
    Endpoint endpoint;
    QString container;
    QString serverName; ///< TLS: the name on its certificate; empty: the endpoint's host

    friend bool operator==(const BuildKitAddress &, const BuildKitAddress &) = default;
};

/// One worker of a BuildKit: an engine has one.
struct BuildKitWorker
{
    QString id;
    QStringList platforms; ///< "linux/amd64", ...; emulated ones included
    QHash<QString, QString> labels;
    QString version;            ///< BuildKit's own; empty before Engine 24
    QString hostGatewayIp;      ///< what "host-gateway" means; empty before Engine 26
    bool hasImageStore = false; ///< containerd's, or a stand-alone buildkitd: several platforms, cache export
    bool isInsideEngine = false; ///< else a buildkitd of its own
    friend bool operator==(const BuildKitWorker &, const BuildKitWorker &) = default;
};

/// One record of the build cache.
struct CacheRecord
{
    QString id;
    QString
        type; ///< "regular", "source.local", "exec.cachemount", "frontend", "internal", "source.git.checkout"
    QString description;
    qint64 sizeBytes = 0;
    bool isInUse = false;
    bool isShared = false;
    bool isMutable = false;
    int usageCount = 0;
    QDateTime created;
    QDateTime lastUsed; ///< invalid: never
    QStringList parents;

    /// A prune can free it.
    [[nodiscard]] bool isReclaimable() const { return !isInUse; }
    friend bool operator==(const CacheRecord &, const CacheRecord &) = default;
};

/// What a prune takes. Without anything: what no image and no running build needs, internal records aside.
struct PruneSpec
{
    bool all = false; ///< internal records and those shared with images too
    std::chrono::seconds unusedFor{0};
    qint64 keepBytes = 0;    ///< leaves so much of the cache
    qint64 maximumBytes = 0; ///< and no more than so much (Engine 28; older ones take it as keepBytes)
    qint64 minimumFreeBytes = 0;
    QStringList filters; ///< BuildKit's own: "type==exec.cachemount", "id~=abc", "description~=go"
    friend bool operator==(const PruneSpec &, const PruneSpec &) = default;
};

/// A build that the engine remembers, whoever asked for it.
struct EngineBuild
{
    enum class State : quint8 { Running, Succeeded, Failed, Cancelled };

    QString ref;
    State state = State::Running;
    QDateTime started;
    QDateTime completed;
    QHash<QString, QString> options; ///< of the frontend: "target", "build-arg:GO", "filename"
    QString error;
    QString imageDigest; ///< empty where the engine does not keep it (the old image store)
    int steps = 0;
    int cachedSteps = 0;
    int completedSteps = 0;
    int warnings = 0;
    bool isPinned = false;
    friend bool operator==(const EngineBuild &, const EngineBuild &) = default;
};

/// Rows of the Dockerfile, from 1; 0: no place.
struct RowRange
{
    int first = 0;
    int last = 0;
    friend bool operator==(const RowRange &, const RowRange &) = default;
};

/// What the engine's frontend says of a Dockerfile without building it.
struct DockerfileOutline
{
    struct Item
    {
        QString name;
        QString description; ///< the comment above it
        QString value;       ///< of arguments: default or given
        bool isRequired = false;
        RowRange rows;
        friend bool operator==(const Item &, const Item &) = default;
    };
    QString name; ///< of the target
    QString description;
    std::vector<Item> args, secrets, ssh, caches;
    friend bool operator==(const DockerfileOutline &, const DockerfileOutline &) = default;
};

struct DockerfileTarget
{
    QString name;
    QString description;
    QString base;
    QString platform;
    bool isDefault = false;
    RowRange rows;
    friend bool operator==(const DockerfileTarget &, const DockerfileTarget &) = default;
};

/// A build check of the engine's frontend (`docker build --check`).
struct DockerfileCheck
{
    QString rule; ///< "StageNameCasing"
    QString description;
    QString message;
    QString url;
    RowRange rows;
    friend bool operator==(const DockerfileCheck &, const DockerfileCheck &) = default;
};

struct DockerfileChecks
{
    std::vector<DockerfileCheck> warnings;
    QString error; ///< the Dockerfile could not be read to its end, and why
    RowRange errorRows;
    friend bool operator==(const DockerfileChecks &, const DockerfileChecks &) = default;
};

}
