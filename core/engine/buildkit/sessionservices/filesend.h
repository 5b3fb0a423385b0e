// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/servercall.h"

namespace engine {

/// Where the result of one exporter goes.
struct OutputTarget
{
    enum class Kind : quint8 {
        None,  ///< the exporter sends us nothing (image, moby, registry)
        File,  ///< tar, oci and docker: one archive
        Folder ///< local: files below a folder
    };
    Kind kind = Kind::None;
    QString path; ///< absolute; made when it is not there, with the folders above

    friend bool operator==(const OutputTarget &, const OutputTarget &) = default;
};

/// Called in the worker thread; each may be empty.
struct FileSendReports
{
    std::function<void(const base::Error &)> failed; ///< better words than what comes back through the engine
    /// What a folder cannot take, and the rest is written: devices and sockets.
    std::function<void(const base::Error &)> leftOut;
};

/// moby.filesync.v1.FileSend/DiffCopy: takes what the exporters send. `targets` are in the order of
/// SolveRequest.Exporters. A file is written beside its name and takes it when it is whole; below a folder
/// nothing is ever written outside, whatever names the engine sends.
std::unique_ptr<SessionService> makeFileSend(std::vector<OutputTarget> targets, FileSendReports reports = {});

}
