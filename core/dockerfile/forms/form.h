// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/edits.h"
#include "dockerfile/forms/files.h"
#include "dockerfile/forms/run.h"
#include "dockerfile/forms/settings.h"

#include <variant>

namespace dockerfile {

/// What a form shows of one instruction. monostate: an unknown instruction, which is edited as text only.
using Form = std::variant<std::monostate, FromForm, RunForm, CopyForm, PairsForm, CommandForm,
                          HealthcheckForm, ExposeForm, UserForm, VolumeForm, TextForm>;

/// The form of an instruction: FROM FromForm, RUN RunForm, COPY and ADD CopyForm, ARG, ENV and LABEL
/// PairsForm, CMD, ENTRYPOINT and SHELL CommandForm, WORKDIR, STOPSIGNAL, MAINTAINER and ONBUILD TextForm,
/// the others their own.
Form readForm(const Instruction &instruction);

/// The first thing that is wrong with it, as a sentence; empty when it can be written.
QString whyNot(const Form &form);

/// Makes the instruction say what the form says. Only what changed is written; an edit that changes nothing
/// is empty. Refused with the reason of whyNot, but for what the instruction already says.
base::Result<base::TextEdit> editTo(const Instruction &instruction, const Form &form);

/// A new instruction, without line end, in the file's style.
base::Result<QString> newInstruction(const Style &style, const Form &form);

/// An empty form for a new instruction.
Form emptyForm(Keyword keyword);

/// The form of the instruction after ONBUILD, and the edit that changes it there.
std::optional<Form> readOnbuildForm(const Instruction &onbuild);
base::Result<base::TextEdit> editOnbuildTo(const Instruction &onbuild, const Form &form);

}
