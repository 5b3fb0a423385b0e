// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace lint {

/// How many letters are to be added, dropped, changed or swapped with their neighbour, case ignored.
int distance(QStringView one, QStringView other);

/// The candidate that was probably meant by a mistyped word: at most two letters off, one for words of four
/// letters or fewer; empty without. A candidate equal but for case counts.
QString nearest(QStringView word, const QStringList &candidates);

}
