// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cutter.h"

namespace fuzz {

/// The rest as frames of HTTP/2 whose lengths and headers are sound, so that what is odd in them gets far.
/// `greets`: SETTINGS come first.
QByteArray framesFrom(Cutter &in, bool greets);

/// A message of the files that an exporter sends, mostly a sound one.
QByteArray packetFrom(Cutter &in);

/// One frame.
QByteArray frame(uint type, uint flags, quint32 stream, const QByteArray &payload);

}
