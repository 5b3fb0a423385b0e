// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QCoreApplication>

namespace dockerfile {

/// This library's translation context.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(dockerfile)
};

/// The answer of a verb that cannot be done.
inline std::unexpected<base::Error> refused(const QString &message, const QString &hint = {})
{
    base::Error error;
    error.kind = base::Error::Kind::Refused;
    error.message = message;
    error.hint = hint;
    return std::unexpected(error);
}

}
