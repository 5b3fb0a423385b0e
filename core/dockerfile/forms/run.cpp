// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/run.h"

#include "dockerfile/forms/formedit.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"
#include "dockerfile/views.h"

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

QStringList mountValues(const Instruction &run)
{
    QStringList values;
    for (const Mount &mount : viewRun(run).mounts)
        values.append(mount.flag.value.value_or(QString()));
    return values;
}

// What changes is written into what stands there; of many the ones at the ends stay.
QStringList wantedMounts(const QStringList &written, const std::vector<MountForm> &wanted)
{
    std::vector<MountForm> old;
    for (const QString &value : written)
        old.push_back(readMountForm(value));
    size_t before = 0;
    while (before < old.size() && before < wanted.size() && old[before] == wanted[before])
        ++before;
    size_t behind = 0;
    while (behind < old.size() - before && behind < wanted.size() - before &&
           old[old.size() - 1 - behind] == wanted[wanted.size() - 1 - behind])
        ++behind;
    QStringList values;
    for (size_t i = 0; i < wanted.size(); ++i) {
        if (i < before)
            values.append(written[qsizetype(i)]);
        else if (i >= wanted.size() - behind)
            values.append(written[qsizetype(old.size() - (wanted.size() - i))]);
        else if (i < old.size() - behind)
            values.append(mountTextLike(written[qsizetype(i)], wanted[i]));
        else
            values.append(mountText(wanted[i]));
    }
    return values;
}

void writeRun(InstructionEditor &editor, const RunForm &form)
{
    editor.setFlags(u"mount"_s, wantedMounts(mountValues(editor.now()), form.mounts));
    editor.setFlag(u"network"_s, form.network);
    editor.setFlag(u"security"_s, form.security);
    writeCommand(editor, form.command);
}

// The mounts of the form and nothing else of it: a RUN whose command is not typed yet can have mounts.
Result<TextEdit> setMounts(const Instruction &run, const RunForm &form, const QString &reason)
{
    if (!reason.isEmpty())
        return refused(reason);
    InstructionEditor editor(run);
    editor.setFlags(u"mount"_s, wantedMounts(mountValues(editor.now()), form.mounts));
    return editor.edit();
}

std::unexpected<Error> noSuchMount()
{
    return refused(Text::tr("There is no such mount any more."));
}

}

RunForm readRun(const Instruction &instruction)
{
    RunForm form;
    const Run run = viewRun(instruction);
    for (const Mount &mount : run.mounts)
        form.mounts.push_back(readMountForm(mount.flag.value.value_or(QString())));
    form.network = run.network.value_or(QString());
    form.security = run.security.value_or(QString());
    form.command = readCommand(instruction);
    return form;
}

QString whyNot(const RunForm &form)
{
    QStringList targets;
    for (const MountForm &mount : form.mounts) {
        if (const QString reason = whyNot(mount); !reason.isEmpty())
            return reason;
        if (!mount.target.isEmpty() && targets.contains(mount.target))
            return Text::tr("Two mounts stand at %1.").arg(mount.target);
        targets.append(mount.target);
    }
    if (!form.network.isEmpty()) {
        if (const QString reason = whyNoNetwork(form.network); !reason.isEmpty())
            return reason;
    }
    if (!form.security.isEmpty()) {
        if (const QString reason = whyNoSecurity(form.security); !reason.isEmpty())
            return reason;
    }
    return whyNot(form.command);
}

Result<TextEdit> editTo(const Instruction &instruction, const RunForm &form)
{
    return editWith(instruction, form, readRun, writeRun);
}

Result<TextEdit> addMount(const Instruction &run, const MountForm &mount)
{
    RunForm form = readRun(run);
    form.mounts.push_back(mount);
    return setMounts(run, form, whyNot(mount));
}

Result<TextEdit> setMount(const Instruction &run, int index, const MountForm &mount)
{
    RunForm form = readRun(run);
    if (index < 0 || index >= int(form.mounts.size()))
        return noSuchMount();
    form.mounts[size_t(index)] = mount;
    return setMounts(run, form, whyNot(mount));
}

Result<TextEdit> removeMount(const Instruction &run, int index)
{
    RunForm form = readRun(run);
    if (index < 0 || index >= int(form.mounts.size()))
        return noSuchMount();
    form.mounts.erase(form.mounts.begin() + index);
    return setMounts(run, form, {});
}

Result<QString> newText(const Style &style, const RunForm &form)
{
    return newWith(style, Keyword::Run, form, writeRun);
}

}
