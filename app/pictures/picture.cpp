// SPDX-License-Identifier: Apache-2.0
#include "pictures/picture.h"

#include <QBuffer>
#include <QImage>

namespace app {

QByteArray pngBytes(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

}
