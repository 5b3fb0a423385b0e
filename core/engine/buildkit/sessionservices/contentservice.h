// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/servercall.h"

#include <QString>

namespace engine {

/// An OCI layout on this machine that the engine may use during a session.
struct ContentPlace
{
    QByteArray id;  ///< what the engine calls it by: "local:...", "oci:...", "export"
    QString folder; ///< absolute
    bool isWritten = false;
    friend bool operator==(const ContentPlace &, const ContentPlace &) = default;
};

/// Makes the folders that will be written. The error names the one that cannot be, before anything is built.
base::Result<void> prepareContent(const std::vector<ContentPlace> &places);

/// containerd.services.content.v1.Content: reads and writes the blobs of `places`, and of nothing else.
/// `failed` is told in the worker thread why something did not go; the engine hears the same words.
std::unique_ptr<SessionService> makeContent(const std::vector<ContentPlace> &places,
                                            std::function<void(const base::Error &)> failed = {});

}
