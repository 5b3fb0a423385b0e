// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/servercall.h"

namespace engine {

/// A file that is served from memory: the Dockerfile as the editor has it.
struct VirtualFile
{
    QString name; ///< without a folder
    QByteArray bytes;
};

/// What the engine may read under one name ("context", "dockerfile", a named context).
struct LocalSource
{
    QString name;
    QString folder;                 ///< absolute; empty: only the files below
    std::vector<VirtualFile> files; ///< of a virtual folder; not mixed with a real one
};

/// Called in the worker thread; may be empty. How much was sent is told by the build's own steps.
struct FileSyncReports
{
    /// For a person: what was left out or ended the transfer (a file that may not be read, a name that is no
    /// UTF-8 text, a file that vanished while it was sent). `ended` tells which.
    std::function<void(const base::Error &problem, bool ended)> problem;
};

/// moby.filesync.v1.FileSync/DiffCopy: sends the engine what changed in the sources since it last asked.
std::unique_ptr<SessionService> makeFileSync(std::vector<LocalSource> sources, FileSyncReports reports = {});

/// Under which the engine keeps a source between builds: the same for the same folder of the same machine,
/// and telling neither. Goes into the session's "x-docker-expose-session-sharedkey".
QByteArray sharedKeyOf(const QString &folder);

}
