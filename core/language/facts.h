// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/variables.h"

#include <functional>

namespace language {

/// An entry of a folder of the build context.
struct FolderEntry
{
    QString name;
    bool isFolder = false;
    qint64 sizeBytes = -1; ///< of a file; -1: not known

    friend bool operator==(const FolderEntry &, const FolderEntry &) = default;
};

/// An image that the engine has.
struct LocalImage
{
    QString reference; ///< "golang:1.24-alpine"
    qint64 sizeBytes = -1;

    friend bool operator==(const LocalImage &, const LocalImage &) = default;
};

/// What an answer may use beside the text. Everything may be left out; nothing here is read by this library.
struct Facts
{
    dockerfile::BuildContextValues values; ///< build args and platforms, as the document's settings say
    /// Entries of a folder of the context, "" for its root, "cmd/app" for one below; null when none is known.
    /// Called at most once for a completion: it should answer from memory.
    std::function<std::vector<FolderEntry>(const QString &folder)> listFolder;
    std::vector<LocalImage> images;
    QStringList platforms;             ///< that the engine can build
    QList<int> ports;                  ///< that the project listens on, likeliest first
    QStringList namedContexts;         ///< additional build contexts
    QStringList secretIds;             ///< given with the build
    QStringList sshIds;                ///< given with the build
    QHash<QString, qint64> stageSizes; ///< last built size, by the name of the stage's NodeKey
};

}
