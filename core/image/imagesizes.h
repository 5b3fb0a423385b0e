// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace image {

/// One entry of an image's history, oldest first.
struct Layer
{
    QString createdBy;   ///< as the engine says it: "RUN /bin/sh -c go build # buildkit"
    QString instruction; ///< for people: "RUN go build"
    QString keyword;     ///< "RUN"; empty when it cannot be told
    qint64 sizeBytes = 0;
    bool isEmpty = false; ///< metadata only (size 0)
    QDateTime created;
    int row = 0; ///< of the Dockerfile that made it, from 1; 0: it comes from the base image, or is unknown
    bool fromBase = false;

    friend bool operator==(const Layer &, const Layer &) = default;
};

/// Label of an image made from Debian packages in place of one from a registry; its value
/// names that one first: "alpine, made from Debian packages".
inline constexpr QLatin1StringView standInLabel{"org.stageloom.stand-in"};

/// An image as a stack of layers.
struct ImageSizes
{
    QString reference; ///< as asked for: "hello:v1"
    QString id;
    QString architecture;
    QString os;
    QDateTime created;
    qint64 totalBytes = 0;     ///< what `docker image inspect` calls Size
    std::vector<Layer> layers; ///< oldest first; their sizes add up to layerBytes()
    QString standsInFor;       ///< what the stand-in label names; empty for a real image
    /// The same label, inherited: a real design, built on a stand-in. At most one of the two is set.
    QString builtOnStandInFor;

    /// Sum of the layers. With the containerd store it differs from totalBytes: that counts compressed blobs.
    [[nodiscard]] qint64 layerBytes() const;
    /// What charts and comparisons measure: layerBytes(), or totalBytes where the engine tells no layers.
    [[nodiscard]] qint64 unpackedBytes() const;
    [[nodiscard]] bool isStandIn() const { return !standsInFor.isEmpty(); }
    friend bool operator==(const ImageSizes &, const ImageSizes &) = default;
};

/// For a badge: "stand-in", "on stand-in", or nothing.
QString standInBadge(const ImageSizes &sizes);
/// "stand-in for golang:alpine", "built on a stand-in for golang:alpine", or nothing.
QString standInNote(const ImageSizes &sizes);

/// From the answers of GET /images/{name}/json and /images/{name}/history. Errors: what is no JSON of that
/// shape.
base::Result<ImageSizes> readImageSizes(const QString &reference, const QByteArray &inspectJson,
                                        const QByteArray &historyJson);

/// The Id in the answer of GET /images/{name}/json; empty when it has none.
QString idOf(const QByteArray &inspectJson);

/// One instruction of the Dockerfile that made an image, in the order in which it leaves history entries: the
/// instructions of the built stage, preceded by those of the stages it is FROM.
struct SourceStep
{
    QString keyword; ///< upper case
    QString text;    ///< arguments, flags dropped
    int row = 0;
};

/// Ties the layers to the rows that made them: the history's end is matched against `steps` from the last one
/// backwards; what is left is the base image's (fromBase).
void attributeToSource(ImageSizes &sizes, const std::vector<SourceStep> &steps);

}
