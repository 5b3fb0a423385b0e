// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/editor.h"
#include "dockerfile/forms/form.h"
#include "dockerfile/text.h"

namespace dockerfile {

/// What all forms do: judge what the person asks for, and write it. A reason that the instruction itself
/// gives already refuses nothing, so that one field of a half-typed line can be mended after the other.
template <class Form, class Read, class Write>
base::Result<base::TextEdit> editWith(const Instruction &instruction, const Form &form, Read read,
                                      Write write)
{
    const Form now = read(instruction);
    if (now == form)
        return base::TextEdit();
    if (const QString reason = whyNot(form); !reason.isEmpty() && reason != whyNot(now))
        return refused(reason);
    InstructionEditor editor(instruction);
    write(editor, form);
    auto edit = editor.edit();
    // A line with an open quote, say, swallows what is put behind it.
    if (edit && whyNot(form).isEmpty() && read(editor.now()) != form)
        return refused(Text::tr("The line is written in a way that cannot be followed."),
                       Text::tr("Edit it as text."));
    return edit;
}

template <class Form, class Write>
base::Result<QString> newWith(const Style &style, Keyword keyword, const Form &form, Write write)
{
    if (const QString reason = whyNot(form); !reason.isEmpty())
        return refused(reason);
    InstructionEditor editor(style, keyword);
    write(editor, form);
    return editor.text();
}

/// A new instruction, as newInstruction gives it, of each form.
base::Result<QString> newText(const Style &style, const FromForm &form);
base::Result<QString> newText(const Style &style, const RunForm &form);
base::Result<QString> newText(const Style &style, const CopyForm &form);
base::Result<QString> newText(const Style &style, const PairsForm &form);
base::Result<QString> newText(const Style &style, const CommandForm &form);
base::Result<QString> newText(const Style &style, const HealthcheckForm &form);
base::Result<QString> newText(const Style &style, const ExposeForm &form);
base::Result<QString> newText(const Style &style, const UserForm &form);
base::Result<QString> newText(const Style &style, const VolumeForm &form);
base::Result<QString> newText(const Style &style, const TextForm &form);

/// The command of an instruction whose flags are written already.
void writeCommand(InstructionEditor &editor, const CommandForm &form);

}
