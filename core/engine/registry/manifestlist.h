// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace engine {

/// "sha256:..." of a manifest's bytes.
QString manifestDigest(const QByteArray &bytes);

/// What one node pushed, as the registry has it.
struct PushedManifest
{
    QString digest;
    QString mediaType;
    QByteArray bytes;
    QString platform; ///< of an image that is in no list yet: "linux/arm64/v8"
    friend bool operator==(const PushedManifest &, const PushedManifest &) = default;
};

/// A list of images, one a platform, under one name.
struct ManifestList
{
    QString mediaType;
    QByteArray bytes;

    [[nodiscard]] QString digest() const;
    friend bool operator==(const ManifestList &, const ManifestList &) = default;
};

/// One list of all that `parts` hold: the entries of lists, and images themselves; what stands there twice
/// stands in it once. OCI's index, or Docker's own list where all are Docker's and nothing is to be noted.
/// Errors: a part that is neither list nor image.
base::Result<ManifestList> joinManifests(const std::vector<PushedManifest> &parts,
                                         const std::vector<std::pair<QString, QString>> &annotations = {});

/// The media types that a registry is asked for.
QByteArray acceptedManifests();

}
