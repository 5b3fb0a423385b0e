// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bake {

/// "type=registry,ref=...": cache import and export, outputs ("dest" among the attributes), attestations
/// ("disabled" among them, as "true").
struct TypedEntry
{
    QString type;
    QMap<QString, QString> attributes;

    friend bool operator==(const TypedEntry &, const TypedEntry &) = default;
};

struct Secret
{
    QString id;
    QString file;
    QString environment;

    friend bool operator==(const Secret &, const Secret &) = default;
};

struct Ssh
{
    QString id;
    QStringList paths;

    friend bool operator==(const Ssh &, const Ssh &) = default;
};

/// One line of comma-separated values; nothing when a quote is not closed.
std::optional<QStringList> fieldsOfCsv(const QString &line);

/// As the flags of `docker buildx build` are read (util/buildflags). "user/app:cache" is a registry; several
/// references may be parted by commas.
base::Result<std::vector<TypedEntry>> parseCache(const QString &text);
/// "out" is a local folder, "-" a tar on standard output.
base::Result<TypedEntry> parseOutput(const QString &text);
base::Result<TypedEntry> parseAttestation(const QString &text);
base::Result<Secret> parseSecret(const QString &text);
Ssh parseSsh(const QString &text);
/// --sbom=true, --provenance=mode=max: what --attest would say.
QString attestationText(const QString &type, const QString &value);

/// Bytes of "64m" or "1.5g", binary as docker reads them; nothing when it is no size.
std::optional<qint64> memoryBytes(const QString &text);
/// 134217728 -> "128MiB", as docker prints it.
QString memoryText(qint64 bytes);

/// "nofile=1024:2048", as docker's --ulimit.
struct UlimitEntry
{
    QString name;
    qint64 soft = 0;
    qint64 hard = 0;
};
base::Result<UlimitEntry> parseUlimit(const QString &text);

}
