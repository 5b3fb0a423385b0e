// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace engine {

/// "sha256:" and 64 digits of small hex, nothing else: such a text may become part of a path.
bool isDigest(QByteArrayView text);
/// "blobs/sha256/..." of a digest.
QByteArray blobPath(QByteArrayView digest);

/// One line of a layout's index.json.
struct LayoutEntry
{
    QByteArray digest;
    QString tag;  ///< org.opencontainers.image.ref.name; may be empty
    QString name; ///< io.containerd.image.name; may be empty
    friend bool operator==(const LayoutEntry &, const LayoutEntry &) = default;
};

/// What index.json of that folder lists. The error names the file and what is wrong with it.
base::Result<std::vector<LayoutEntry>> readLayoutIndex(const QString &folder);

/// The digest that `tag` stands for, whose blob is there.
base::Result<QByteArray> digestInLayout(const QString &folder, const QString &tag);
/// Whether that blob is there and can be read.
base::Result<void> checkBlob(const QString &folder, QByteArrayView digest);

/// "FOLDER[:TAG][@DIGEST]", as it follows "oci-layout://".
struct LayoutAddress
{
    QString folder;
    QString tag;       ///< empty: none was written
    QByteArray digest; ///< empty: none was written
    friend bool operator==(const LayoutAddress &, const LayoutAddress &) = default;
};
base::Result<LayoutAddress> parseLayoutAddress(const QString &text);
/// Whether something stands where an address points to, without reading it.
base::Result<void> lookAtLayout(const LayoutAddress &address);
/// The digest that an address stands for: the one that it names, that of its tag, that of "latest", or that
/// of the only image there is.
base::Result<QByteArray> resolveLayout(const LayoutAddress &address);

/// How an entry of index.json is called.
struct LayoutName
{
    QString tag;
    QString image; ///< the whole name; empty: a tag and nothing else
};
/// "docker.io/library/a:1" as containerd lists it.
LayoutName layoutNameOf(const QString &image);

/// Lists `descriptor` (of a blob that is there) under these names, in the place of what had them; makes the
/// layout whole. Another program that does the same is waited for.
base::Result<void> listInLayout(const QString &folder, const QJsonObject &descriptor,
                                const std::vector<LayoutName> &names);

/// Deletes the blobs that nothing in index.json leads to: what older builds left. Those that were written or
/// wanted within an hour stay: another build may be about to list them. Errors: something that index.json
/// leads to cannot be read; then nothing is deleted.
base::Result<void> sweepLayout(const QString &folder);

}
