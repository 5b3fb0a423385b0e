// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>

namespace fuzz {

/// The bytes are what an engine sends. Its first byte says where: to our calls, to our session, as a message,
/// or as an output for a folder. Whatever it is: each call ends once, what we answer stays in proportion, and
/// nothing is written outside the folder.
void wire(const QByteArray &bytes);

/// Inputs that get far, for others to be made from.
QByteArrayList wireSeeds();

}
