// SPDX-License-Identifier: Apache-2.0
#include "image/imagesizes.h"

#include <QCoreApplication>

namespace image {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("image", text);
}

}

QString standInBadge(const ImageSizes &sizes)
{
    if (sizes.isStandIn())
        return translated("stand-in");
    return sizes.builtOnStandInFor.isEmpty() ? QString() : translated("on stand-in");
}

QString standInNote(const ImageSizes &sizes)
{
    if (sizes.isStandIn())
        return translated("stand-in for %1").arg(sizes.standsInFor);
    if (!sizes.builtOnStandInFor.isEmpty())
        return translated("built on a stand-in for %1").arg(sizes.builtOnStandInFor);
    return {};
}

}
