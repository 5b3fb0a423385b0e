// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/entries.h"

#include <QProcessEnvironment>

namespace bake {

/// One build of a bake file. What the file leaves out is empty, or nothing where an empty list says something
/// else: it takes away what is inherited.
struct Target
{
    using Texts = QMap<QString, std::optional<QString>>; ///< nothing: null in the file

    QString name;
    QString description;
    QStringList inherits;
    QStringList annotations;
    std::vector<TypedEntry> attestations;
    std::optional<QString> context;
    QMap<QString, QString> contexts;
    std::optional<QString> dockerfile;
    std::optional<QString> dockerfileInline;
    Texts arguments;
    Texts labels;
    std::optional<QStringList> tags;
    std::vector<TypedEntry> cacheFrom;
    std::optional<std::vector<TypedEntry>> cacheTo;
    std::optional<QString> target;
    std::vector<Secret> secrets;
    std::vector<Ssh> ssh;
    std::optional<QStringList> platforms;
    std::optional<std::vector<TypedEntry>> outputs;
    std::optional<bool> pull;
    std::optional<bool> noCache;
    std::optional<QString> network;
    QStringList noCacheFilter;
    std::optional<QString> sharedMemory;
    QStringList ulimits;
    std::optional<QString> call;
    QStringList entitlements;
    Texts extraHosts;

    /// What `later` sets wins; lists of notes, caches, secrets and the like are put together.
    void merge(const Target &later);
    /// Without doubles and empty entries; host networking asks for its entitlement.
    void normalise();

    friend bool operator==(const Target &, const Target &) = default;
};

struct Group
{
    QString name;
    QString description;
    QStringList targets; ///< of targets and groups

    friend bool operator==(const Group &, const Group &) = default;
};

/// A variable that the files declare, for a list or a form.
struct Variable
{
    QString name;
    QString value; ///< as it holds now, the environment included; lists as JSON
    QString description;

    friend bool operator==(const Variable &, const Variable &) = default;
};

/// All files of one bake, put together and evaluated; matrices are expanded, inheritance is not.
struct BakeFile
{
    std::vector<Group> groups;
    std::vector<Target> targets;
    std::vector<Variable> variables;

    [[nodiscard]] const Target *target(QStringView name) const; ///< null when it is not there
    [[nodiscard]] const Group *group(QStringView name) const;
};

/// A file as it was read; the name decides what it is: .json, .yaml and .yml, anything else is HCL.
struct SourceText
{
    QString name;
    QString text;
};

/// The files that `docker buildx bake` looks for, in the order in which they are put together.
QStringList defaultFileNames();

/// Reads those of defaultFileNames() that the folder holds; an Error when it holds none.
base::Result<std::vector<SourceText>> findSources(const QString &folder);
/// Reads what a person named, relative to `folder`.
base::Result<std::vector<SourceText>> readSources(const QString &folder, const QStringList &names);

/// Puts the texts together as buildx does: compose files first, then the rest in their order. Variables take
/// their values from `environment`; those of compose files from the .env in `folder` too.
base::Result<BakeFile>
evaluate(const std::vector<SourceText> &sources, const QString &folder,
         const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

/// "linux/amd64": of this machine, as BAKE_LOCAL_PLATFORM says it.
QString localPlatform();

/// Letters, digits, - and _: what a target may be called.
bool isTargetName(QStringView name);

}
