// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>

namespace base {

/// 6610000 -> "6.61 MB": decimal, three significant digits, as `docker images` prints them.
QString sizeInWords(qint64 bytes);

/// 6610000 -> "6,610,000 bytes", grouped as the user's locale does.
QString exactSize(qint64 bytes);

/// "+4.2 MB", "-307 MB", or "same size".
QString sizeDifference(qint64 beforeBytes, qint64 afterBytes);

/// "0.04 s", "3.1 s", "2 min 5 s".
QString durationInWords(std::chrono::nanoseconds duration);

}
