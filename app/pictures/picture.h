// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

class QImage;

namespace app {

/// The image as a PNG file.
QByteArray pngBytes(const QImage &image);

}
