// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dockerfile/instruction.h"
#include "dockerfile/shellscan.h"

#include <QStringList>

namespace dockerfile {

/// The command of a RUN in shell form, cut at the operators between its commands.
struct RunList
{
    QString text;
    std::vector<ShellPiece> pieces;

    [[nodiscard]] QStringView pieceText(const ShellPiece &piece) const
    {
        return QStringView(text).sliced(piece.start, piece.length);
    }
};
base::Result<RunList> runListOf(const Instruction &run);

/// The characters of a range of the document.
QString textIn(const Tree &tree, base::TextRange range);
/// The flags as written.
QStringList flagTexts(const Instruction &instruction);
/// Keyword and flags, and the blank before the command.
QString runHead(const Instruction &run);
/// The comments within an instruction that begin in `range`.
QStringList commentsIn(const Instruction &instruction, base::TextRange range);

}
