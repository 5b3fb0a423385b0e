// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/imagesizes.h"

/// Images as the ladder makes them, for charts and tables.
namespace someimages {

inline image::Layer layer(const QString &instruction, qint64 bytes, int row, bool fromBase = false)
{
    image::Layer result;
    result.instruction = instruction;
    result.createdBy = instruction;
    result.keyword = instruction.section(u' ', 0, 0);
    result.sizeBytes = bytes;
    result.isEmpty = bytes == 0;
    result.row = row;
    result.fromBase = fromBase;
    return result;
}

inline image::ImageSizes image(const QString &reference, std::vector<image::Layer> layers)
{
    image::ImageSizes sizes;
    sizes.reference = reference;
    sizes.os = QStringLiteral("linux");
    sizes.architecture = QStringLiteral("amd64");
    sizes.layers = std::move(layers);
    sizes.totalBytes = sizes.layerBytes();
    return sizes;
}

inline image::ImageSizes small()
{
    return image(QStringLiteral("hello:v5"),
                 {layer(QStringLiteral("COPY /app/hello /app/hello"), 1'070'000, 9),
                  layer(QStringLiteral("ENTRYPOINT [\"/app/hello\"]"), 0, 10)});
}

inline image::ImageSizes large()
{
    image::ImageSizes sizes =
        image(QStringLiteral("hello:v1"),
              {layer(QStringLiteral("ADD rootfs.tar.gz /"), 7'800'000, 0, true),
               layer(QStringLiteral("CMD [\"/bin/sh\"]"), 0, 0, true),
               layer(QStringLiteral("RUN apk add go"), 243'000'000, 0, true),
               layer(QStringLiteral("WORKDIR /build"), 0, 2), layer(QStringLiteral("COPY hello.go ."), 74, 3),
               layer(QStringLiteral("RUN go build"), 62'000'000, 4)});
    sizes.standsInFor = QStringLiteral("golang:alpine");
    return sizes;
}

}
