// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fuzztargets.h"

#include <QByteArrayList>

namespace fuzz {

/// Inputs of wire() that get far, for others to be made from.
QByteArrayList wireSeeds();

}
