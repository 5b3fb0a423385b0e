// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/value.h"
#include "base/result.h"

#include <QProcessEnvironment>

namespace bake {

/// A compose file as one value, of which only services (image, build) and secrets are kept: every scalar a
/// string with its variables replaced, short forms written out, anchors and "<<" resolved.
base::Result<Value> composeValue(const QString &text, const QString &file,
                                 const QProcessEnvironment &environment);

/// Two files: maps are merged, lists put one after the other, anything else is replaced.
Value mergedCompose(const Value &first, const Value &second);

}
