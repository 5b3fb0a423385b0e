// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace workspace {

/// Two words that belong together, in the order written: a label and its value, a host and its address, a
/// kind of cache and its place.
struct Entry
{
    QString name;
    QString value;
    friend bool operator==(const Entry &, const Entry &) = default;
};
using Entries = std::vector<Entry>;

/// A secret by its source; what it holds is never here.
struct SecretSetting
{
    enum class From : quint8 { File, Environment, Typed };

    QString id;
    From from = From::File;
    QString place; ///< path, or name of the variable; empty for what is typed
    friend bool operator==(const SecretSetting &, const SecretSetting &) = default;
};

/// How a design is solved beyond what every builder knows: plain words, as a person wrote them.
struct SolveSettings
{
    QStringList platforms; ///< of one image for several; with one platform BuildSettings::platform counts
    QStringList noCacheStages;
    Entries labels;
    Entries hosts; ///< name and address
    QString network;
    QString sharedMemory; ///< "128m"
    Entries ulimits;      ///< "nofile" and "1024:2048"
    QString cgroupParent;
    Entries contexts;
    std::vector<SecretSetting> secrets;
    Entries ssh;       ///< id and socket or key; an empty value: the running agent
    Entries cacheFrom; ///< type and place; a place with "=" holds the attributes themselves
    Entries cacheTo;
    Entries outputs;    ///< type and destination; none: into the engine's store
    QString sbom;       ///< empty: as the engine does; "true", "false", or attributes
    QString provenance; ///< as sbom
    QString sourceDateEpoch;
    QStringList entitlements; ///< granted by the person; lives as long as the document is open

    friend bool operator==(const SolveSettings &, const SolveSettings &) = default;
};

/// For keeping them on a disk, without what was granted, and without the contexts and caches whose words hold
/// a login or a key. What cannot be read is left at its default.
QByteArray toJson(const SolveSettings &settings);
SolveSettings solveSettingsFromJson(const QByteArray &json);

}
