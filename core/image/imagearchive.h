// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/imagesizes.h"

#include <stop_token>

namespace image {

/// One platform's image in an archive.
struct ArchivedImage
{
    QString platform;       ///< "linux/arm64/v8"
    qint64 packedBytes = 0; ///< its layers as they lie there: what a registry would keep
    ImageSizes sizes;       ///< layers as they are when unpacked
    friend bool operator==(const ArchivedImage &, const ArchivedImage &) = default;
};

struct ImageArchive
{
    std::vector<ArchivedImage> images; ///< in the order of the index; each platform of each tag
    int attestationCount = 0;          ///< SBOMs and provenance beside them
    QStringList notes;                 ///< platforms that are listed and not there
};

/// Reads what `docker save`, and BuildKit's outputs `oci` and `docker`, write: an OCI layout as a folder or a
/// tar, or the older layouts that only manifest.json describes. Sizes, no files; one pass over each layer in
/// bounded memory. Errors name the file and what is wrong in it.
base::Result<ImageArchive> readImageArchive(const QString &path, std::stop_token stop = {});

}
