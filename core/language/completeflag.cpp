// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/run.h"
#include "language/builderwords.h"
#include "language/platforms.h"
#include "language/proposals.h"
#include "language/reference.h"
#include "language/text.h"
#include "language/usedinfile.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

bool isRepeatable(const QString &flag)
{
    return flag == "--mount"_L1 || flag == "--exclude"_L1 || flag == "--device"_L1;
}

bool isSwitch(const QString &flag)
{
    return flag == "--link"_L1 || flag == "--parents"_L1 || flag == "--keep-git-dir"_L1 ||
           flag == "--unpack"_L1;
}

Completion completeName(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    const auto isOfName = [](QChar c) { return c.isLetter() || c == u'-'; };
    Proposals proposals(place.word, place.piece(place.word.size(), isOfName));
    const bool hasValue =
        place.after.sliced(std::ranges::find_if_not(place.after, isOfName) - place.after.begin())
            .startsWith(u'=');
    for (const QString &child : topic(keywordText(place.keyword)).children) {
        const Topic &found = topic(child);
        const auto isGiven = [&found](const QString &flag) { return flag.section(u'=', 0, 0) == found.name; };
        if (!found.name.startsWith("--"_L1) ||
            (!isRepeatable(found.name) && std::ranges::any_of(place.flags, isGiven)))
            continue;
        const bool takesValue = !isSwitch(found.name) && !hasValue;
        proposals.add({.label = found.name,
                       .insert = takesValue ? QString(found.name + u'=') : found.name,
                       .kind = CompletionKind::Flag,
                       .detail = found.summary,
                       .topic = child,
                       .goesOn = takesValue});
    }
    return proposals.take();
}

// As short as BuildKit knows them.
QStringList fieldsOf(const QString &type)
{
    QStringList fields = dockerfile::mountFields(type);
    if (fields.isEmpty())
        fields = dockerfile::mountFields(u"bind"_s);
    return fields.replaceInStrings(u"readwrite"_s, u"rw"_s).replaceInStrings(u"readonly"_s, u"ro"_s);
}

struct MountSoFar
{
    QString type = u"bind"_s;
    QString from;
    QString id;
    QStringList fields; ///< names already there
};

MountSoFar readFields(const QStringList &fields)
{
    MountSoFar mount;
    for (const QString &field : fields) {
        const QString name = field.section(u'=', 0, 0).toLower();
        const QString value = field.section(u'=', 1);
        mount.fields.append(canonicalMountField(name));
        if (name == "type"_L1)
            mount.type = value.toLower();
        else if (name == "from"_L1)
            mount.from = value;
        else if (name == "id"_L1)
            mount.id = value;
    }
    return mount;
}

Completion completeFieldName(const CompletionPlace &place, const MountSoFar &mount, const QString &typed)
{
    Proposals proposals(typed, place.piece(typed.size(), [](QChar c) { return c.isLetter(); }));
    QStringList names = fieldsOf(mount.type);
    names.prepend(u"type"_s);
    const QString assign = place.after.startsWith(u'=') ? QString() : u"="_s;
    for (const QString &name : names) {
        if (mount.fields.contains(name))
            continue;
        const bool takesValue = name != "rw"_L1 && name != "ro"_L1 && name != "required"_L1;
        proposals.add({.label = name,
                       .insert = takesValue ? QString(name + assign) : name,
                       .kind = CompletionKind::Flag,
                       .detail = topic(u"mount "_s + name).summary,
                       .topic = u"mount "_s + name,
                       .goesOn = takesValue});
    }
    return proposals.take();
}

struct Proposal
{
    const char *text;
    const char *detail;
};

void addAll(Proposals &proposals, std::initializer_list<Proposal> values)
{
    for (const Proposal &value : values)
        proposals.add({.label = QString::fromLatin1(value.text),
                       .kind = CompletionKind::Value,
                       .detail = value.detail ? Text::tr(value.detail) : QString()});
}

void addTargets(Proposals &proposals, const MountSoFar &mount)
{
    if (mount.type == "cache"_L1)
        addAll(proposals, {{"/go/pkg/mod", QT_TRANSLATE_NOOP("language", "downloaded Go modules")},
                           {"/root/.cache/go-build", QT_TRANSLATE_NOOP("language", "compiled Go packages")},
                           {"/var/cache/apt", QT_TRANSLATE_NOOP("language", "packages of apt")},
                           {"/var/lib/apt", QT_TRANSLATE_NOOP("language", "package lists of apt")},
                           {"/var/cache/apk", QT_TRANSLATE_NOOP("language", "packages of apk")}});
    else if (mount.type == "secret"_L1)
        proposals.add({.label = u"/run/secrets/"_s + mount.id});
    else if (mount.type == "tmpfs"_L1)
        addAll(proposals, {{"/tmp", nullptr}, {"/run", nullptr}});
    else
        addAll(proposals, {{".", QT_TRANSLATE_NOOP("language", "the working folder")}, {"/src", nullptr}});
}

// Of secrets and agents: those that the build is given, then those that the file knows elsewhere.
void addIds(const CompletionQuestion &question, const MountSoFar &mount, Proposals &proposals)
{
    const bool isSsh = mount.type == "ssh"_L1;
    if (!isSsh && mount.type != "secret"_L1 && mount.type != "cache"_L1)
        return;
    if (mount.type != "cache"_L1)
        for (const QString &id : isSsh ? question.facts.sshIds : question.facts.secretIds)
            proposals.add({.label = id, .detail = Text::tr("given to the build")});
    for (const UsedWord &id : mountIds(question.tree, mount.type, question.place.line))
        proposals.add({.label = id.text, .detail = Text::tr("used in line %1").arg(id.row)});
    if (isSsh)
        proposals.add({.label = u"default"_s, .detail = Text::tr("the running agent")});
}

Completion completeFieldValue(const CompletionQuestion &question, const MountSoFar &mount,
                              const QString &name, const QString &typed)
{
    const CompletionPlace &place = question.place;
    if (name == "source"_L1 && mount.type != "secret"_L1)
        return mount.from.isEmpty() ? completeContextPath(question, typed)
                                    : completeProducedPath(question, mount.from, typed);
    Proposals proposals(typed, place.piece(typed.size(), [](QChar c) { return !c.isSpace() && c != u','; }));
    if (name == "type"_L1) {
        for (const char *type : {"cache", "bind", "secret", "ssh", "tmpfs"}) {
            const QString label = QString::fromLatin1(type);
            proposals.add(
                {.label = label, .detail = topic(u"mount "_s + label).summary, .topic = u"mount "_s + label});
        }
    } else if (name == "from"_L1) {
        addSources(question, proposals);
    } else if (name == "target"_L1) {
        addTargets(proposals, mount);
    } else if (name == "id"_L1) {
        addIds(question, mount, proposals);
    } else if (name == "env"_L1) {
        proposals.add({.label = mount.id.toUpper().replace(u'-', u'_'), .kind = CompletionKind::Variable});
    } else if (name == "mode"_L1) {
        addAll(proposals, {{"0400", nullptr}, {"0440", nullptr}, {"0600", nullptr}, {"0755", nullptr}});
    } else if (name == "uid"_L1 || name == "gid"_L1) {
        addAll(proposals, {{"0", "root"}, {"1000", nullptr}, {"65532", "nonroot"}});
    } else if (name == "size"_L1) {
        addAll(proposals, {{"64m", nullptr}, {"256m", nullptr}, {"1g", nullptr}});
    } else {
        proposals.addTopics(u"mount "_s + name, CompletionKind::Value);
    }
    return proposals.take();
}

Completion completeMount(const CompletionQuestion &question, const QString &value)
{
    QStringList fields = value.split(u',');
    const QString typed = fields.takeLast();
    const MountSoFar mount = readFields(fields);
    const qsizetype equals = typed.indexOf(u'=');
    if (equals < 0)
        return completeFieldName(question.place, mount, typed);
    return completeFieldValue(question, mount, canonicalMountField(typed.first(equals).toLower()),
                              typed.sliced(equals + 1));
}

void addPlatforms(const CompletionQuestion &question, Proposals &proposals)
{
    const auto &values = question.facts.values;
    const QString target = values.targetPlatform.isEmpty() ? values.buildPlatform : values.targetPlatform;
    proposals.add({.label = u"$BUILDPLATFORM"_s,
                   .kind = CompletionKind::Variable,
                   .detail = values.buildPlatform,
                   .topic = u"variable BUILDPLATFORM"_s});
    proposals.add({.label = u"$TARGETPLATFORM"_s,
                   .kind = CompletionKind::Variable,
                   .detail = target,
                   .topic = u"variable TARGETPLATFORM"_s});
    for (const QString &platform : question.facts.platforms)
        proposals.add({.label = platform, .detail = Text::tr("this engine builds it")});
    for (const QString &platform : platformsToOffer({}))
        proposals.add({.label = platform});
}

Completion completeValue(const CompletionQuestion &question, const QString &name, const QString &typed)
{
    const CompletionPlace &place = question.place;
    if (name == "--exclude"_L1)
        return completeContextPath(question, typed);
    Proposals proposals = proposalsForWord(place, typed);
    if (name == "--from"_L1)
        addSources(question, proposals);
    else if (name == "--platform"_L1)
        addPlatforms(question, proposals);
    else if (name == "--chown"_L1)
        addAll(proposals,
               {{"root:root", nullptr},
                {"nonroot:nonroot", QT_TRANSLATE_NOOP("language", "of distroless images")},
                {"65532:65532", QT_TRANSLATE_NOOP("language", "nonroot by number; works on scratch")},
                {"0:0", QT_TRANSLATE_NOOP("language", "root by number; works on scratch")},
                {"nobody:nobody", nullptr}});
    else if (name == "--chmod"_L1)
        addAll(proposals,
               {{"0755", QT_TRANSLATE_NOOP("language", "programs and folders")},
                {"0644", QT_TRANSLATE_NOOP("language", "files that all may read")},
                {"0555", QT_TRANSLATE_NOOP("language", "programs that nobody may change")},
                {"0444", QT_TRANSLATE_NOOP("language", "files that nobody may change")},
                {"0600", QT_TRANSLATE_NOOP("language", "files of the owner alone")},
                {"u=rwX,go=rX", QT_TRANSLATE_NOOP("language", "0755 for folders, 0644 for files")}});
    else if (name == "--checksum"_L1)
        addAll(proposals, {{"sha256:", nullptr}});
    else if (name == "--retries"_L1)
        addAll(proposals, {{"3", nullptr}, {"1", nullptr}, {"5", nullptr}});
    else if (place.keyword == Keyword::Healthcheck)
        addAll(proposals,
               {{"5s", nullptr}, {"10s", nullptr}, {"30s", nullptr}, {"1m", nullptr}, {"5m", nullptr}});
    else if (isSwitch(name))
        addAll(proposals, {{"true", nullptr}, {"false", nullptr}});
    else
        proposals.addTopics(keywordText(place.keyword) + u' ' + name, CompletionKind::Value);
    return proposals.take();
}

}

Completion completeFlag(const CompletionQuestion &question)
{
    const QString &word = question.place.word;
    const qsizetype equals = word.indexOf(u'=');
    if (equals < 0)
        return completeName(question);
    const QString name = word.first(equals).toLower();
    const QString value = word.sliced(equals + 1);
    return name == "--mount"_L1 ? completeMount(question, value) : completeValue(question, name, value);
}

}
