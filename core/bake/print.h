// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/orderedjson.h"
#include "bake/resolve.h"

namespace bake {

/// What `docker buildx bake --print` prints, byte for byte.
QString printed(const Resolved &resolved);

/// A target as buildx writes it: its keys in its order, what is empty left out, "${" escaped where a value is
/// read as a template again.
Json targetJson(const Target &target);

}
