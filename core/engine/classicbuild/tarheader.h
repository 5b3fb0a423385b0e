// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"

#include <QByteArray>

namespace engine {

inline constexpr qint64 tarBlock = 512;

/// The blocks before a file's bytes, in ustar format with GNU's extensions: one block, or more for names that
/// do not fit into one. Owner and group are 0, so that the image does not depend on who builds it. Never PAX:
/// BuildKit takes an archive that begins so for a Dockerfile.
QByteArray tarHeader(const BuildFile &file);

/// Whether one block is enough for it.
bool fitsOneTarBlock(const BuildFile &file);

/// From the end of `size` bytes to the next block.
inline qint64 tarPadding(qint64 size)
{
    return (tarBlock - size % tarBlock) % tarBlock;
}

}
