// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace dockerfile {

/// The value of a pair as the file spells it, and as PairForm shows it.
enum class Quotes { None, Single, Double };
/// How a value is quoted as a whole.
Quotes quotesOf(const QString &written);

QString pairValueFromText(const QString &written, QChar escape);
/// In the wanted quotes if they can hold it; in double ones where it needs some.
QString pairValueText(const QString &value, QChar escape, Quotes wanted = Quotes::None);

}
