// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace engine {

/// Where a secret comes from: exactly one of the three. Named, not held, wherever that is possible; never in
/// a log, a record or an error text.
struct SecretSource
{
    QString id;
    QString file;                    ///< absolute
    QString environment;             ///< name of a variable of this process
    std::optional<QByteArray> typed; ///< kept in memory only
    friend bool operator==(const SecretSource &, const SecretSource &) = default;
};

/// An SSH agent that RUN --mount=type=ssh may ask to list keys and to sign, nothing else.
struct SshAgent
{
    QString id = QStringLiteral("default");
    QString socket;   ///< empty: $SSH_AUTH_SOCK
    QStringList keys; ///< private key files instead of an agent
    friend bool operator==(const SshAgent &, const SshAgent &) = default;
};

/// A named context (--build-context): a folder, "docker-image://ref", "oci-layout://folder[:tag|@digest]",
/// "target:name", a git or http URL.
struct NamedContext
{
    QString name;
    QString value; ///< a folder is absolute
    friend bool operator==(const NamedContext &, const NamedContext &) = default;
};

/// "type=registry,ref=..." of cache import and export, and of outputs, in the order written.
struct TypedAttributes
{
    QString
        type; ///< cache: registry, local, inline, gha, ...; output: image, docker, oci, local, tar, cacheonly
    std::vector<std::pair<QString, QString>> attributes;

    [[nodiscard]] QString value(QStringView key) const; ///< empty without
    friend bool operator==(const TypedAttributes &, const TypedAttributes &) = default;
};

struct Ulimit
{
    QString name;
    qint64 soft = 0;
    qint64 hard = 0;
    friend bool operator==(const Ulimit &, const Ulimit &) = default;
};

/// What only BuildKit's own protocol can be asked for (POST /build knows neither sessions nor several
/// platforms). All empty: a plain build into the engine's image store.
struct SolveOptions
{
    QStringList platforms;     ///< more than one: a multi-platform image; else BuildRequest::platform counts
    QStringList noCacheStages; ///< --no-cache-filter
    QStringList addHosts;      ///< "host=ip" or "host:ip"; ip may be host-gateway
    QString network;           ///< empty, "default", "host" (needs an entitlement), "none"
    qint64 sharedMemoryBytes = 0;
    std::vector<Ulimit> ulimits;
    QString cgroupParent;
    std::vector<NamedContext> contexts;
    std::vector<TypedAttributes> cacheFrom;
    std::vector<TypedAttributes> cacheTo;
    /// Empty: into the engine's store under the tags. The attribute "dest" of local, tar, oci and docker is
    /// an absolute path, or "-" (tar to BuildRequest's caller is not offered: a file is made).
    std::vector<TypedAttributes> outputs;
    std::vector<TypedAttributes> attestations; ///< type sbom or provenance; "disabled=true" switches one off
    QStringList entitlements; ///< granted by the person: network.host, security.insecure, device
    std::vector<SecretSource> secrets;
    std::vector<SshAgent> ssh;
    std::optional<qint64> sourceDateEpoch; ///< seconds
    bool push = false;                     ///< --push

    friend bool operator==(const SolveOptions &, const SolveOptions &) = default;
};

}
