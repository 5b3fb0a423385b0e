// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/command.h"

#include "dockerfile/command.h"
#include "dockerfile/commandverbs.h"
#include "dockerfile/forms/formedit.h"
#include "dockerfile/runlist.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

bool isNone(const Instruction &instruction)
{
    const auto &words = instruction.words();
    return words.size() == 1 && words.front().text.compare("NONE"_L1, Qt::CaseInsensitive) == 0;
}

struct Option
{
    const char *name;
    QString HealthcheckForm::*value;
};
const std::array<Option, 5> options{{{"interval", &HealthcheckForm::interval},
                                     {"timeout", &HealthcheckForm::timeout},
                                     {"start-period", &HealthcheckForm::startPeriod},
                                     {"start-interval", &HealthcheckForm::startInterval},
                                     {"retries", &HealthcheckForm::retries}}};

// "CMD", as the file writes its keywords.
QString healthcheckCommand(const InstructionEditor &editor)
{
    return styledKeyword(editor.style(), Keyword::Cmd);
}

void writeHealthcheck(InstructionEditor &editor, const HealthcheckForm &form)
{
    for (const Option &option : options)
        editor.setFlag(QLatin1StringView(option.name), form.none ? QString() : form.*option.value);
    if (form.none) {
        if (!isNone(editor.now()))
            editor.setArguments(u"NONE"_s);
        return;
    }
    const HealthcheckForm now = readHealthcheck(editor.now());
    if (now.command == form.command && commandOf(editor.now()))
        return;
    if (form.command.isJson && editor.now().json()) {
        editor.setItems(form.command.items);
        return;
    }
    const QString command =
        form.command.isJson ? jsonListText(form.command.items) : form.command.text.trimmed();
    if (const auto written = commandOf(editor.now())) {
        const qsizetype end = editor.now().range().end();
        editor.replace({written->range.start, end - written->range.start},
                       withLineEnds(command, editor.style().lineEnd));
    } else {
        editor.setArguments(healthcheckCommand(editor) + u' ' + command);
    }
}

}

CommandForm readCommand(const Instruction &instruction)
{
    CommandForm form{.keyword = instruction.keyword(), .isJson = false, .text = {}, .items = {}};
    if (const auto items = instruction.json()) {
        form.isJson = true;
        form.items = *items;
    } else if (!instruction.words().empty()) {
        const qsizetype start = instruction.argumentsRange().start;
        form.text =
            plainRows(textIn(instruction.tree(), {start, instruction.range().end() - start})).trimmed();
    }
    return form;
}

QString whyNot(const CommandForm &form)
{
    if (form.isJson) {
        if (form.items.isEmpty() && form.keyword != Keyword::Cmd && form.keyword != Keyword::Entrypoint)
            return Text::tr("The list needs a program to run.");
        return form.items.isEmpty() || !form.items.front().isEmpty() ? QString()
                                                                     : Text::tr("The first item names the "
                                                                                "program: it is empty.");
    }
    if (form.keyword == Keyword::Shell)
        return Text::tr("SHELL takes a list, such as [\"/bin/bash\", \"-c\"].");
    if (form.text.trimmed().isEmpty())
        return Text::tr("A command is needed here.");
    if (form.text.trimmed().startsWith("--"_L1))
        return Text::tr("What starts with \"--\" is an option for the builder, not a command.");
    return {};
}

void writeCommand(InstructionEditor &editor, const CommandForm &form)
{
    if (form.isJson)
        editor.setItems(form.items);
    else if (readCommand(editor.now()).isJson || readCommand(editor.now()).text != form.text)
        editor.setArguments(form.text.trimmed());
}

Result<TextEdit> editTo(const Instruction &instruction, const CommandForm &form)
{
    return editWith(instruction, form, readCommand, writeCommand);
}

HealthcheckForm readHealthcheck(const Instruction &instruction)
{
    HealthcheckForm form;
    form.none = isNone(instruction);
    for (const Option &option : options) {
        if (const auto flag = instruction.flag(QString::fromLatin1(option.name)))
            form.*option.value = flag->value.value_or(QString());
    }
    const auto command = commandOf(instruction);
    if (const auto items = instruction.json()) {
        form.command.isJson = true;
        form.command.items = *items;
    } else if (command) {
        const qsizetype start = command->range.start;
        form.command.text =
            plainRows(textIn(instruction.tree(), {start, instruction.range().end() - start})).trimmed();
    }
    return form;
}

QString whyNot(const HealthcheckForm &form)
{
    if (form.none)
        return {};
    for (const Option &option : options) {
        const QString value = form.*option.value;
        if (value.isEmpty())
            continue;
        const bool isNumber = option.value == &HealthcheckForm::retries;
        if (const QString reason = isNumber ? whyNoRetries(value) : whyNoDuration(value); !reason.isEmpty())
            return reason;
    }
    return whyNot(form.command);
}

Result<TextEdit> editTo(const Instruction &instruction, const HealthcheckForm &form)
{
    return editWith(instruction, form, readHealthcheck, writeHealthcheck);
}

Result<QString> newText(const Style &style, const CommandForm &form)
{
    return newWith(style, form.keyword, form, writeCommand);
}

Result<QString> newText(const Style &style, const HealthcheckForm &form)
{
    return newWith(style, Keyword::Healthcheck, form, writeHealthcheck);
}

}
