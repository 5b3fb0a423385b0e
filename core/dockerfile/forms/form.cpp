// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/form.h"

#include "dockerfile/command.h"
#include "dockerfile/forms/formedit.h"
#include "dockerfile/text.h"
#include "dockerfile/views.h"

using namespace base;

namespace dockerfile {

namespace {

template <class... Functions>
struct Each : Functions...
{
    using Functions::operator()...;
};

std::unexpected<Error> noForm()
{
    return refused(Text::tr("There is no form for this instruction."), Text::tr("Edit it as text."));
}

}

Form emptyForm(Keyword keyword)
{
    switch (keyword) {
    case Keyword::From:
        return FromForm();
    case Keyword::Run:
        return RunForm();
    case Keyword::Copy:
    case Keyword::Add: {
        CopyForm form;
        form.keyword = keyword;
        return form;
    }
    case Keyword::Arg:
    case Keyword::Env:
    case Keyword::Label:
        return PairsForm{.keyword = keyword, .pairs = {}};
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Shell:
        return CommandForm{.keyword = keyword, .isJson = true, .text = {}, .items = {}};
    case Keyword::Healthcheck:
        return HealthcheckForm();
    case Keyword::Expose:
        return ExposeForm();
    case Keyword::User:
        return UserForm();
    case Keyword::Volume:
        return VolumeForm();
    case Keyword::Workdir:
    case Keyword::Stopsignal:
    case Keyword::Maintainer:
    case Keyword::Onbuild:
        return TextForm{.keyword = keyword, .text = {}};
    case Keyword::Unknown:
        break;
    }
    return std::monostate();
}

Form readForm(const Instruction &instruction)
{
    const auto read = Each{
        [](std::monostate) -> Form { return std::monostate(); },
        [&](const FromForm &) -> Form { return readFrom(instruction); },
        [&](const RunForm &) -> Form { return readRun(instruction); },
        [&](const CopyForm &) -> Form { return readCopy(instruction); },
        [&](const PairsForm &) -> Form { return readPairs(instruction); },
        [&](const CommandForm &) -> Form { return readCommand(instruction); },
        [&](const HealthcheckForm &) -> Form { return readHealthcheck(instruction); },
        [&](const ExposeForm &) -> Form { return readExpose(instruction); },
        [&](const UserForm &) -> Form { return readUser(instruction); },
        [&](const VolumeForm &) -> Form { return readVolume(instruction); },
        [&](const TextForm &) -> Form { return readText(instruction); },
    };
    return std::visit(read, emptyForm(instruction.keyword()));
}

QString whyNot(const Form &form)
{
    return std::visit(Each{[](std::monostate) { return noForm().error().message; },
                           [](const auto &one) { return whyNot(one); }},
                      form);
}

Result<TextEdit> editTo(const Instruction &instruction, const Form &form)
{
    if (form.index() != emptyForm(instruction.keyword()).index())
        return noForm();
    return std::visit(Each{[](std::monostate) -> Result<TextEdit> { return noForm(); },
                           [&](const auto &one) { return editTo(instruction, one); }},
                      form);
}

Result<QString> newInstruction(const Style &style, const Form &form)
{
    return std::visit(Each{[](std::monostate) -> Result<QString> { return noForm(); },
                           [&](const auto &one) { return newText(style, one); }},
                      form);
}

std::optional<Form> readOnbuildForm(const Instruction &onbuild)
{
    const auto inner = viewOnbuild(onbuild);
    return inner ? std::optional(readForm(*inner)) : std::nullopt;
}

Result<TextEdit> editOnbuildTo(const Instruction &onbuild, const Form &form)
{
    if (!viewOnbuild(onbuild))
        return noForm();
    return onInner(onbuild, [&form](const Instruction &inner) { return editTo(inner, form); });
}

}
