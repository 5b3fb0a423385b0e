// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/instruction.h"

#include <QStringList>

namespace dockerfile {

/// Other ways to write the same command. Of RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD. Each is refused when
/// the command would not mean the same, with the reason.

/// RUN a "b c" -> RUN ["a", "b c"]. Refused for what only a shell does: && | > $VAR * ~ and the like.
base::Result<base::TextEdit> toJsonForm(const Instruction &instruction);
/// ["a", "b c"] -> a "b c", quoted so that a shell gives the very words again.
base::Result<base::TextEdit> toShellForm(const Instruction &instruction);
/// Of COPY, ADD and VOLUME: the paths as a list, and back; refused when a path holds a blank.
base::Result<base::TextEdit> toJsonPaths(const Instruction &instruction);
base::Result<base::TextEdit> toPlainPaths(const Instruction &instruction);

/// RUN a / RUN b -> RUN a && b, with the next instruction, which must be a RUN with the same flags.
base::Result<base::TextEdit> joinWithNextRun(const Instruction &run);
/// RUN a && b && c -> a RUN each, with the flags of the first. Refused when a piece needs the shell of the
/// one before it (cd, variables, set), or when the command is more than a list joined with &&.
base::Result<base::TextEdit> splitRun(const Instruction &run);
/// RUN a && b -> RUN <<EOF / set -e / a / b / EOF
base::Result<base::TextEdit> toHeredoc(const Instruction &run);
/// And back, when the body is plain commands, one a row.
base::Result<base::TextEdit> fromHeredoc(const Instruction &run);

/// The words that a shell would make of a simple command; the error says what needs a shell.
base::Result<QStringList> shellWords(const QString &command);
/// One word as a shell must read it: plain, or in quotes.
QString shellQuoted(const QString &word);
/// ["a", "b c"], and one item of it.
QString jsonQuoted(const QString &item);
QString jsonListText(const QStringList &items);

}
