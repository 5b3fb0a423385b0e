// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace dockerfile {

/// The patterns of ${X#p}, ${X%p} and ${X/p/r}: * and ?, with \ before a character that means itself. Each
/// gives the changed value, or nothing for a pattern that the builder refuses.
std::optional<QString> withoutPrefix(const QString &value, const QString &pattern, bool longest);
std::optional<QString> withoutSuffix(const QString &value, const QString &pattern, bool longest);
std::optional<QString> replaced(const QString &value, const QString &pattern, const QString &with, bool all);

}
