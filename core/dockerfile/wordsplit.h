// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/chars.h"

#include <QString>

#include <vector>

namespace dockerfile {

/// The builder's ways to cut the arguments of an instruction into words. `text` is a whole logical line with
/// its continuations joined; spans are positions in it.

/// FROM, COPY, EXPOSE ...: blanks separate, quotes mean nothing.
void splitAtBlanks(QStringView text, Span arguments, std::vector<Span> &words);

/// ENV, LABEL, ARG: blanks within quotes belong to the word, and so does a blank after the escape character.
void splitQuoted(QStringView text, Span arguments, QChar escape, std::vector<Span> &words);

/// The --flags that stand before the arguments. Returns what follows them, trimmed. A bare "--" ends the
/// flags and is no flag itself; its span is given in `separator`. Their escape character is the backslash,
/// whatever the file says.
Span splitFlags(QStringView text, Span rest, std::vector<Span> &flags, Span &separator);

/// A flag without its quotes and escapes, as the builder reads it.
QString unquotedFlag(QStringView flag);

}
