// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace image {

/// What the library says to people.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(image)
};

}
