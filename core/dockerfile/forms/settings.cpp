// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/settings.h"

#include "dockerfile/forms/formedit.h"
#include "dockerfile/lineverbs.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

void writeExpose(InstructionEditor &editor, const ExposeForm &form)
{
    editor.setWords(form.ports);
}

QString userText(const UserForm &form)
{
    return form.group.isEmpty() ? form.user : QString(form.user + u':' + form.group);
}

// The part that changes and no more of it: continuations in the other stay.
void writeText(InstructionEditor &editor, const QString &text)
{
    if (editor.now().arguments() == text)
        return;
    if (editor.now().words().empty())
        editor.setArguments(text);
    else
        editor.replace(editor.now().argumentsRange(), text);
}

void writeUser(InstructionEditor &editor, const UserForm &form)
{
    writeText(editor, userText(form));
}

void writeTextForm(InstructionEditor &editor, const TextForm &form)
{
    const QString text = form.text.trimmed();
    if (form.keyword == Keyword::Onbuild)
        editor.setArguments(text);
    else
        writeText(editor, text);
}

}

ExposeForm readExpose(const Instruction &instruction)
{
    ExposeForm form;
    for (const Word &word : instruction.words())
        form.ports.append(word.text);
    return form;
}

QString whyNot(const ExposeForm &form)
{
    if (form.ports.isEmpty())
        return whyNoPort({});
    for (const QString &port : form.ports) {
        if (const QString reason = whyNoPort(port); !reason.isEmpty())
            return reason;
    }
    return {};
}

Result<TextEdit> editTo(const Instruction &instruction, const ExposeForm &form)
{
    return editWith(instruction, form, readExpose, writeExpose);
}

UserForm readUser(const Instruction &instruction)
{
    const QString text = instruction.arguments();
    // ${X:-d} has a colon that is none of ours.
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        depth += (text[i] == u'{') - (text[i] == u'}');
        if (text[i] == u':' && depth == 0)
            return {.user = text.first(i), .group = text.sliced(i + 1)};
    }
    return {.user = text, .group = {}};
}

QString whyNot(const UserForm &form)
{
    if (form.user.isEmpty())
        return Text::tr("USER needs a name or a number.");
    return whyNoOwner(userText(form));
}

Result<TextEdit> editTo(const Instruction &instruction, const UserForm &form)
{
    return editWith(instruction, form, readUser, writeUser);
}

TextForm readText(const Instruction &instruction)
{
    if (instruction.keyword() != Keyword::Onbuild)
        return {.keyword = instruction.keyword(), .text = instruction.arguments()};
    return {.keyword = Keyword::Onbuild, .text = readCommand(instruction).text};
}

QString whyNot(const TextForm &form)
{
    if (form.text.trimmed().isEmpty())
        return Text::tr("%1 needs a text.").arg(keywordText(form.keyword));
    const bool hasRows = form.text.contains(u'\n') || form.text.contains(u'\r');
    switch (form.keyword) {
    case Keyword::Stopsignal:
        return whyNoSignal(form.text.trimmed());
    case Keyword::Workdir:
        return whyNoPath(form.text);
    case Keyword::Onbuild: {
        // instructions/parse.go, parseOnBuild.
        const QString word = form.text.trimmed().section(u' ', 0, 0).toUpper();
        const Keyword inner = keywordFromText(word);
        if (inner == Keyword::Onbuild || inner == Keyword::From || inner == Keyword::Maintainer)
            return Text::tr("ONBUILD cannot be followed by %1.").arg(word);
        return whyNotOneInstruction(parse({}), form.text);
    }
    default:
        return hasRows ? Text::tr("The text stands on one line.") : QString();
    }
}

Result<TextEdit> editTo(const Instruction &instruction, const TextForm &form)
{
    return editWith(instruction, form, readText, writeTextForm);
}

Result<QString> newText(const Style &style, const ExposeForm &form)
{
    return newWith(style, Keyword::Expose, form, writeExpose);
}

Result<QString> newText(const Style &style, const UserForm &form)
{
    return newWith(style, Keyword::User, form, writeUser);
}

Result<QString> newText(const Style &style, const TextForm &form)
{
    return newWith(style, form.keyword, form, writeTextForm);
}

}
