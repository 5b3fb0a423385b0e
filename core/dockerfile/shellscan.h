// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace dockerfile {

/// One command of a shell's list, pipes included, trimmed.
struct ShellPiece
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString before; ///< the operator before it: && || ; & or a line feed; empty for the first

    [[nodiscard]] qsizetype end() const { return start + length; }
};

/// A command line cut where a POSIX shell ends commands, outside of quotes, $(...) and (...).
struct ShellList
{
    std::vector<ShellPiece> pieces;
    QString error; ///< why it cannot be cut: an open quote, a comment, a heredoc ...
};
ShellList scanShell(QStringView text);

/// "cd", "export" ...: a command that changes the shell that runs it, so that the next ones depend on it.
/// Empty when it is none. An assignment (A=b) counts.
QString shellChange(QStringView command);

/// "if", "for", "{" ...: a word that begins or ends a compound command. Empty when it is none.
QString compoundWord(QStringView command);

}
