// SPDX-License-Identifier: Apache-2.0
#include "graph/lineparts.h"

#include "dockerfile/views.h"

#include <QVarLengthArray>

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

using Parts = QVarLengthArray<QStringView, 16>;

struct FlagsAndWords
{
    Parts flags;
    Parts words;
};

// Nothing when a word goes on after a continuation, so that the tokens are not the words.
std::optional<FlagsAndWords> split(const Line &line)
{
    FlagsAndWords parts;
    bool inWord = false; // the last token other than a comment or a continuation was a piece of a word
    qsizetype at = 0;
    for (const auto &[kind, length] : line.tokens) {
        const QStringView text = QStringView(line.text).mid(at, length);
        at += length;
        switch (kind) {
        case TokenKind::Flag:
        case TokenKind::Word:
            if (inWord)
                return std::nullopt;
            (kind == TokenKind::Flag ? parts.flags : parts.words).append(text);
            inWord = true;
            break;
        case TokenKind::Whitespace:
            inWord = false;
            break;
        case TokenKind::HeredocBody:
        case TokenKind::HeredocEnd:
            return parts;
        default:
            break;
        }
    }
    return parts;
}

QStringView valueOf(QStringView flag, QStringView name)
{
    // "--name=value", the case of flag names matters to the builder.
    const QStringView rest = flag.sliced(2);
    return rest.startsWith(name) && rest.size() > name.size() && rest[name.size()] == u'='
               ? rest.sliced(name.size() + 1)
               : QStringView();
}

bool comesFromElsewhere(QStringView source)
{
    return source.startsWith("<<"_L1) || source.startsWith("http://"_L1, Qt::CaseInsensitive) ||
           source.startsWith("https://"_L1, Qt::CaseInsensitive) || source.startsWith("git@"_L1) ||
           source.startsWith("git://"_L1) || source.startsWith("ssh://"_L1);
}

void addCopy(std::vector<Source> &sources, std::optional<QString> from, const QStringList &paths)
{
    Source source{Source::Kind::Copy, std::move(from), {}};
    for (const QString &path : paths) {
        if (!comesFromElsewhere(path))
            source.paths.append(path);
    }
    if (source.from || !source.paths.isEmpty())
        sources.push_back(std::move(source));
}

struct MountParts
{
    QString type = u"bind"_s;
    std::optional<QString> from;
    std::optional<QString> source;
};

void addMount(std::vector<Source> &sources, const MountParts &mount)
{
    const bool isBind = mount.type == "bind"_L1;
    // A cache starts from its "from"; tmpfs, secret and ssh take nothing from anywhere.
    if (!isBind && !(mount.type == "cache"_L1 && mount.from))
        return;
    sources.push_back(
        {Source::Kind::Mount, mount.from, {mount.source.value_or(isBind && !mount.from ? u"."_s : u"/"_s)}});
}

MountParts readMount(QStringView value)
{
    MountParts mount;
    for (const QStringView field : value.tokenize(u',')) {
        const qsizetype equals = field.indexOf(u'=');
        if (equals < 0)
            continue;
        const QStringView name = field.first(equals);
        const QStringView text = field.sliced(equals + 1);
        if (name.compare("type"_L1, Qt::CaseInsensitive) == 0)
            mount.type = text.toString().toLower();
        else if (name.compare("from"_L1, Qt::CaseInsensitive) == 0 && !text.isEmpty())
            mount.from = text.toString();
        else if (name.compare("source"_L1, Qt::CaseInsensitive) == 0 ||
                 name.compare("src"_L1, Qt::CaseInsensitive) == 0)
            mount.source = text.toString();
    }
    return mount;
}

std::vector<Source> readSlowly(const Tree &tree, int line)
{
    std::vector<Source> sources;
    const Instruction instruction(tree, line);
    if (instruction.keyword() == Keyword::Run) {
        for (const Mount &mount : viewRun(instruction).mounts) {
            const bool hasFrom = mount.from && !mount.from->isEmpty();
            addMount(sources, {mount.type.toLower(), hasFrom ? mount.from : std::nullopt, mount.source});
        }
        return sources;
    }
    const Copy copy = viewCopy(instruction);
    QStringList paths;
    for (const Word &word : copy.destination ? copy.sources : std::vector<Word>())
        paths.append(word.text);
    std::optional<QString> from;
    if (copy.from && copy.from->value && !copy.from->value->isEmpty())
        from = copy.from->value;
    addCopy(sources, std::move(from), paths);
    return sources;
}

bool haveQuotes(const Parts &flags)
{
    return std::ranges::any_of(flags, [](QStringView flag) {
        return flag.size() < 2 || flag.contains(u'"') || flag.contains(u'\'') || flag.contains(u'\\');
    });
}

bool isPlain(const FlagsAndWords &parts, bool isRun)
{
    if (haveQuotes(parts.flags))
        return false;
    return isRun || parts.words.isEmpty() || !parts.words.first().startsWith(u'[');
}

}

std::vector<Source> sourcesOfLine(const Tree &tree, int index)
{
    const Line &line = tree.line(index);
    const bool isRun = line.keyword == Keyword::Run;
    const auto parts = split(line);
    if (!parts || !isPlain(*parts, isRun))
        return readSlowly(tree, index);

    std::vector<Source> sources;
    if (isRun) {
        for (const QStringView flag : parts->flags) {
            if (const QStringView value = valueOf(flag, u"mount"); !value.isEmpty())
                addMount(sources, readMount(value));
        }
        return sources;
    }
    std::optional<QString> from;
    for (const QStringView flag : parts->flags) {
        if (const QStringView value = valueOf(flag, u"from"); !value.isEmpty())
            from = value.toString();
    }
    QStringList paths;
    for (qsizetype i = 0; i + 1 < parts->words.size(); ++i)
        paths.append(parts->words[i].toString());
    addCopy(sources, std::move(from), paths);
    return sources;
}

FromParts fromOfLine(const Tree &tree, int index)
{
    const auto parts = split(tree.line(index));
    if (!parts || haveQuotes(parts->flags)) {
        const From from = viewFrom(Instruction(tree, index));
        return {from.image ? from.image->text : QString(), from.name ? from.name->text : QString(),
                from.platform ? from.platform->value.value_or(QString()) : QString()};
    }
    FromParts from;
    for (const QStringView flag : parts->flags) {
        if (flag == u"--platform" || flag.startsWith(u"--platform="))
            from.platform = valueOf(flag, u"platform").toString();
    }
    const Parts &words = parts->words;
    if (!words.isEmpty())
        from.image = words[0].toString();
    if (words.size() >= 3 && words[1].compare("as"_L1, Qt::CaseInsensitive) == 0)
        from.name = words[2].toString();
    return from;
}

}
