// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace engine {

/// What a container without a terminal wrote, in the order in which the engine kept it: its log interleaves
/// standard output and error in frames of an 8-byte head (stream, three zeros, length in big endian) and the
/// bytes. What does not look like frames is returned as it is: Podman and a container with a terminal send
/// plain bytes.
QByteArray demultiplexed(const QByteArray &log);

}
