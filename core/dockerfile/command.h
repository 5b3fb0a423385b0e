// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dockerfile/instruction.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace dockerfile {

/// The command that RUN, CMD, ENTRYPOINT or HEALTHCHECK runs.
struct Command
{
    base::TextRange range;   ///< in the document
    QString text;            ///< continuations joined
    std::vector<Word> words; ///< of the shell form, as the builder cuts them
};
/// Nothing for other instructions, and where there is no command.
std::optional<Command> commandOf(const Instruction &instruction);

/// Why a POSIX shell's rules for these words are not those of the shell that runs the instruction; empty when
/// they are (words without anything to quote are the same for all).
QString whyOtherShell(const Instruction &instruction, const QStringList &words);

/// The instruction as it would be after `edit`, which changes nothing outside of it; nothing when it would
/// not be exactly one complete instruction.
std::optional<Instruction> readAfter(const Instruction &instruction, const base::TextEdit &edit);

/// `edit` of the instruction, or of the one after ONBUILD.
using InstructionVerb = std::function<base::Result<base::TextEdit>(const Instruction &)>;
base::Result<base::TextEdit> onInner(const Instruction &instruction, const InstructionVerb &verb);

/// Where a character of arguments() stands in the document.
class ArgumentPlaces
{
public:
    explicit ArgumentPlaces(const Instruction &instruction);
    /// False when the instruction cannot be followed character by character.
    [[nodiscard]] bool isExact() const { return m_isExact; }
    /// Of the joined text [start, end), the document's range.
    [[nodiscard]] base::TextRange range(qsizetype start, qsizetype end) const;

private:
    std::vector<qsizetype> m_places;
    bool m_isExact = false;
};

}
