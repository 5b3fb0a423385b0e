// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringView>

namespace dockerfile {

/// The text in double quotes as Go's strconv.Quote writes it; a byte that is no UTF-8 (a lone surrogate here)
/// as \xNN.
QByteArray goQuoted(QStringView text);

/// The text in lower case as Go's strings.ToLower gives it.
QByteArray goLower(QStringView text);

/// What becomes of text that Go reads character by character: a byte that is no UTF-8 is U+FFFD then.
QString withoutRawBytes(QStringView text);

}
