// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace lint {

/// The name of a variable that tells that its value is secret: API_KEY, DB_PASSWORD; not PUBLIC_KEY.
bool soundsSecret(const QString &name);

}
