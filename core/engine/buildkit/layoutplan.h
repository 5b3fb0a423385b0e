// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/sessionservices/contentservice.h"
#include "engine/solveoptions.h"

#include <QHash>

namespace engine {

/// What of a build lies in OCI layouts on this machine: caches in folders, contexts, and outputs that are no
/// archive. The engine reads and writes their blobs in the session, under names that do not tell the paths;
/// their index.json is ours.
struct LayoutPlan
{
    /// A layout whose index.json lists something more when the build is done.
    struct Update
    {
        QString folder;
        bool isCache = false; ///< else an image
        QString tag;          ///< of a cache, and of an image without a name
        bool isSwept = false; ///< blobs that nothing leads to any more are deleted (reset=true)
        friend bool operator==(const Update &, const Update &) = default;
    };

    std::vector<ContentPlace> places;
    std::vector<Update> updates;
    std::vector<base::Error> notes; ///< caches that are not there: the build goes on without them

    /// What stands for "oci-layout://..." before the frontend.
    base::Result<QString> addContext(const QString &value);
    /// As the engine is told of it; nothing for a cache that is not there, with a note.
    base::Result<std::optional<TypedAttributes>> addImport(const TypedAttributes &cache);
    base::Result<TypedAttributes> addExport(const TypedAttributes &cache);
    /// For an output that is written as a folder: at most one a build, since the engine has one name for it.
    base::Result<void> addOutput(const QString &folder);

private:
    void addPlace(const QByteArray &id, const QString &folder, bool isWritten);
};

/// The blob of a layout whose bytes the engine found to be others than its name says; nothing when its words
/// mean something else.
std::optional<base::Error> damagedBlob(const std::vector<ContentPlace> &places, const QString &message);

/// Lists in the layouts what the engine says it made.
base::Result<void> updateLayouts(const std::vector<LayoutPlan::Update> &updates,
                                 const QHash<QString, QString> &response);

}
