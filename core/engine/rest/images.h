// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/engineinfo.h"
#include "engine/rest/apiversion.h"

namespace engine {

/// The answer of GET /images/json, over all versions: tags may be null, or "<none>:<none>".
base::Result<std::vector<ImageSummary>> readImageList(const QByteArray &json);

/// The name as docker shows it: without "docker.io/" and "library/". Podman always says both.
QString shortName(const QString &reference);

/// Both /images/{name}/json and its history take a platform since then (28.1).
inline constexpr ApiVersion platformInspection{1, 49};
/// "linux/arm64/v8" as those want it: an object in JSON.
QString platformInJson(const QString &platform);

/// "host:5000/a/b:tag" -> "host:5000/a/b" and "tag"; the digest counts as a tag; no tag means "latest".
struct NameAndTag
{
    QString name;
    QString tag;
};
NameAndTag splitReference(const QString &reference);

}
