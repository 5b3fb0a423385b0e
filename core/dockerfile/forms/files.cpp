// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/files.h"

#include "dockerfile/forms/formedit.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"
#include "dockerfile/views.h"

#include <QRegularExpression>

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

QString flagValue(const Instruction &instruction, QStringView name)
{
    const auto flag = instruction.flag(name);
    return flag ? flag->value.value_or(QString()) : QString();
}

QStringList flagValues(const Instruction &instruction, QStringView name)
{
    QStringList values;
    for (const Flag &flag : instruction.flags()) {
        if (flag.name == name)
            values.append(flag.value.value_or(QString()));
    }
    return values;
}

bool hasBlank(const QStringList &texts)
{
    static const QRegularExpression blank(uR"(\s)"_s);
    return std::ranges::any_of(texts, [](const QString &text) { return text.contains(blank); });
}

QStringList wordsOf(const Instruction &instruction)
{
    if (const auto items = instruction.json())
        return *items;
    QStringList texts;
    for (const Word &word : instruction.words())
        texts.append(word.text);
    return texts;
}

void writePaths(InstructionEditor &editor, const QStringList &paths)
{
    if (wordsOf(editor.now()) == paths)
        return;
    if (editor.now().json() || hasBlank(paths))
        editor.setItems(paths);
    else
        editor.setWords(paths);
}

QString firstReason(const QStringList &texts, QString (*judge)(const QString &))
{
    for (const QString &text : texts) {
        if (const QString reason = judge(text); !reason.isEmpty())
            return reason;
    }
    return {};
}

QString optionalReason(const QString &text, QString (*judge)(const QString &))
{
    return text.isEmpty() ? QString() : judge(text);
}

void writeFrom(InstructionEditor &editor, const FromForm &form)
{
    editor.setFlag(u"platform"_s, form.platform);
    const From now = viewFrom(editor.now());
    if (!now.image)
        editor.setWords({form.image});
    else if (now.image->text != form.image)
        editor.replace(now.image->range, form.image);
    const From after = viewFrom(editor.now());
    const auto &words = editor.now().words();
    if (after.name && form.name.isEmpty()) {
        editor.apply(removeWithBlanks(
            editor.now(), {words[1].range.start, after.name->range.end() - words[1].range.start}));
    } else if (after.name && after.name->text != form.name) {
        editor.replace(after.name->range, form.name);
    } else if (!after.name && !form.name.isEmpty()) {
        const bool hasAs = words.size() == 2 && words[1].text.compare("as"_L1, Qt::CaseInsensitive) == 0;
        const QString as = editor.style().lowerCaseKeywords ? u" as "_s : u" AS "_s;
        editor.apply({{words[hasAs ? 1 : 0].range.end(), 0}, (hasAs ? u" "_s : as) + form.name});
    }
}

void writeCopy(InstructionEditor &editor, const CopyForm &form)
{
    editor.setFlag(u"from"_s, form.from);
    editor.setFlag(u"chown"_s, form.chown);
    editor.setFlag(u"chmod"_s, form.chmod);
    editor.setSwitch(u"link"_s, form.link);
    editor.setSwitch(u"parents"_s, form.parents);
    editor.setFlags(u"exclude"_s, form.excludes);
    editor.setFlag(u"checksum"_s, form.checksum);
    editor.setSwitch(u"keep-git-dir"_s, form.keepGitDir);
    if (readCopy(editor.now()).unpack != form.unpack)
        editor.setFlag(u"unpack"_s, form.unpack);
    writePaths(editor,
               form.sources + (form.destination.isEmpty() ? QStringList() : QStringList{form.destination}));
}

void writeVolume(InstructionEditor &editor, const VolumeForm &form)
{
    writePaths(editor, form.paths);
}

QString whyNotForKeyword(const CopyForm &form)
{
    const bool isAdd = form.keyword == Keyword::Add;
    const auto onlyFor = [](const QString &flag, const QString &keyword) {
        return Text::tr("Only %1 knows --%2.").arg(keyword, flag);
    };
    if (isAdd && form.parents)
        return onlyFor(u"parents"_s, u"COPY"_s);
    if (!isAdd && !form.checksum.isEmpty())
        return onlyFor(u"checksum"_s, u"ADD"_s);
    if (!isAdd && form.keepGitDir)
        return onlyFor(u"keep-git-dir"_s, u"ADD"_s);
    if (!isAdd && !form.unpack.isEmpty())
        return onlyFor(u"unpack"_s, u"ADD"_s);
    return {};
}

QString whyNotPaths(const CopyForm &form)
{
    if (form.sources.isEmpty())
        return Text::tr("There is nothing to copy: a source is needed.");
    if (form.destination.trimmed().isEmpty())
        return Text::tr("A place to put it is needed.");
    if (const QString reason = firstReason(form.sources + QStringList{form.destination}, whyNoPath);
        !reason.isEmpty())
        return reason;
    const bool hasHeredoc =
        std::ranges::any_of(form.sources, [](const QString &source) { return source.startsWith("<<"_L1); });
    if (hasHeredoc && hasBlank(form.sources + QStringList{form.destination}))
        return Text::tr("A path with blanks and a heredoc cannot stand in one instruction.");
    if (!hasHeredoc && form.sources.front().startsWith("--"_L1))
        return Text::tr("What starts with \"--\" is an option for the builder, not a path.");
    // dispatchCopy: "When using COPY with more than one source file, the destination must be a directory".
    if (form.sources.size() > 1 && !form.destination.endsWith(u'/') && form.destination != "."_L1 &&
        !form.destination.endsWith("/."_L1) && !form.destination.endsWith(u'\\') &&
        !form.destination.contains(u'$'))
        return Text::tr("Several sources go into a folder: the destination ends with \"/\".");
    return {};
}

}

FromForm readFrom(const Instruction &instruction)
{
    const From from = viewFrom(instruction);
    return {.platform = flagValue(instruction, u"platform"),
            .image = from.image ? from.image->text : QString(),
            .name = from.name ? from.name->text : QString()};
}

QString whyNot(const FromForm &form)
{
    if (const QString reason = optionalReason(form.platform, whyNoPlatform); !reason.isEmpty())
        return reason;
    if (const QString reason = whyNoImage(form.image); !reason.isEmpty())
        return reason;
    return optionalReason(form.name, whyNoStageName);
}

Result<TextEdit> editTo(const Instruction &instruction, const FromForm &form)
{
    return editWith(instruction, form, readFrom, writeFrom);
}

CopyForm readCopy(const Instruction &instruction)
{
    CopyForm form{.keyword = instruction.keyword(),
                  .from = flagValue(instruction, u"from"),
                  .chown = flagValue(instruction, u"chown"),
                  .chmod = flagValue(instruction, u"chmod"),
                  .link = isOn(instruction.flag(u"link")),
                  .parents = isOn(instruction.flag(u"parents")),
                  .excludes = flagValues(instruction, u"exclude"),
                  .checksum = flagValue(instruction, u"checksum"),
                  .keepGitDir = isOn(instruction.flag(u"keep-git-dir")),
                  .unpack = flagValue(instruction, u"unpack"),
                  .sources = wordsOf(instruction),
                  .destination = {}};
    const auto unpack = instruction.flag(u"unpack");
    if (unpack && !unpack->value)
        form.unpack = u"true"_s;
    if (form.sources.size() > 1)
        form.destination = form.sources.takeLast();
    return form;
}

QString whyNot(const CopyForm &form)
{
    if (const QString reason = whyNotForKeyword(form); !reason.isEmpty())
        return reason;
    if (form.from.contains(u'$'))
        return Text::tr("COPY --from expands no variables, so it cannot name %1.").arg(form.from);
    if (const QString reason = optionalReason(form.chown, whyNoOwner); !reason.isEmpty())
        return reason;
    if (const QString reason = optionalReason(form.chmod, whyNoChmod); !reason.isEmpty())
        return reason;
    if (const QString reason = optionalReason(form.checksum, whyNoChecksum); !reason.isEmpty())
        return reason;
    if (const QString reason = firstReason(form.excludes, whyNoPath); !reason.isEmpty())
        return reason;
    if (!form.unpack.isEmpty() && form.unpack != "true"_L1 && form.unpack != "false"_L1)
        return Text::tr("%1 is true or false, not \"%2\".").arg(u"unpack"_s, form.unpack);
    return whyNotPaths(form);
}

Result<TextEdit> editTo(const Instruction &instruction, const CopyForm &form)
{
    return editWith(instruction, form, readCopy, writeCopy);
}

VolumeForm readVolume(const Instruction &instruction)
{
    return {.paths = wordsOf(instruction)};
}

QString whyNot(const VolumeForm &form)
{
    if (form.paths.isEmpty())
        return Text::tr("VOLUME needs a path.");
    return firstReason(form.paths, whyNoAbsolutePath);
}

Result<TextEdit> editTo(const Instruction &instruction, const VolumeForm &form)
{
    return editWith(instruction, form, readVolume, writeVolume);
}

Result<QString> newText(const Style &style, const FromForm &form)
{
    return newWith(style, Keyword::From, form, writeFrom);
}

Result<QString> newText(const Style &style, const CopyForm &form)
{
    return newWith(style, form.keyword, form, writeCopy);
}

Result<QString> newText(const Style &style, const VolumeForm &form)
{
    return newWith(style, Keyword::Volume, form, writeVolume);
}

}
