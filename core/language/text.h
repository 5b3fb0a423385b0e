// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

namespace language {

/// This library's translation context.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(language)
};

}
