// SPDX-License-Identifier: Apache-2.0
#include "engine/solveoptions.h"

namespace engine {

QString TypedAttributes::value(QStringView key) const
{
    for (const auto &[name, value] : attributes) {
        if (name == key)
            return value;
    }
    return {};
}

}
