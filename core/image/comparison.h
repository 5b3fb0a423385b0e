// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/imagesizes.h"

namespace image {

/// Several images side by side, the first one being what the others are compared with.
struct Comparison
{
    std::vector<ImageSizes> images;

    [[nodiscard]] qint64 largestBytes() const;
    /// "hello:v5 is 313 MB smaller than hello:v1 (0.3 % of it)."
    [[nodiscard]] QString inWords(std::size_t index) const;
};

/// A line a layer: image, position, instruction, row, bytes. RFC 4180, UTF-8.
QByteArray toCsv(const Comparison &comparison);
/// Stable for scripts.
QByteArray toJson(const Comparison &comparison);
QByteArray toJson(const ImageSizes &sizes);
/// Aligned columns for a terminal.
QString toText(const ImageSizes &sizes);
QString toText(const Comparison &comparison);

}
