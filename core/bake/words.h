// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace bake {

/// The translation context of this library: Words::tr("...").
class Words
{
    Q_DECLARE_TR_FUNCTIONS(bake)
};

}
