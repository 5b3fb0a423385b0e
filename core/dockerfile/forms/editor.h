// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dockerfile/edits.h"

namespace dockerfile {

/// Changes one instruction step by step, each on what the step before left, and gives the one edit that does
/// it all. Works on an instruction of a file, on one after ONBUILD, and on a new one.
class InstructionEditor
{
public:
    explicit InstructionEditor(const Instruction &instruction);
    /// A new instruction: nothing but its keyword yet.
    InstructionEditor(const Style &style, Keyword keyword);

    /// As the steps so far left it.
    [[nodiscard]] const Instruction &now() const { return m_now; }
    [[nodiscard]] const Style &style() const { return m_style; }

    void apply(const base::TextEdit &edit);
    void replace(base::TextRange range, const QString &text) { apply({range, text}); }

    /// An empty value takes the flag away; one that is said already stays as it is written.
    void setFlag(const QString &name, const QString &value);
    /// --link, and not --link=true, unless it is there.
    void setSwitch(const QString &name, bool isOn);
    /// All flags of that name, in order.
    void setFlags(const QString &name, const QStringList &values);

    /// The words after the flags. Rows and comments stay where words only change.
    void setWords(const QStringList &texts);
    /// The items of the JSON form; the list is made where there is none yet.
    void setItems(const QStringList &items);
    /// All after the flags, as the document has it, to the instruction's end.
    void setArguments(const QString &text);

    /// Refused when it would not be one whole instruction any more.
    [[nodiscard]] base::Result<base::TextEdit> edit() const;
    /// The same as text, without line end.
    [[nodiscard]] base::Result<QString> text() const;

private:
    void readAgain(const QString &text);
    [[nodiscard]] QString lineText() const;
    [[nodiscard]] QString whyBroken() const;

    Style m_style;
    Instruction m_now;
    QString m_before;      ///< the line's text
    qsizetype m_start = 0; ///< of the line in its document
    bool m_isBroken = false;
    bool m_hasRawBytes = false; ///< in a list, which the builder reads as Unicode
};

/// Does a flag such as --link say yes?
bool isOn(const std::optional<Flag> &flag);

}
