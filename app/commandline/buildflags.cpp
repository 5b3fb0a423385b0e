// SPDX-License-Identifier: Apache-2.0
#include "commandline/buildflags.h"

#include "bake/overrides.h"
#include "build/bakebuild.h"
#include "build/bakeoptions.h"
#include "image/reference.h"

#include <QDir>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BuildFlags", text);
}

base::Error wrong(const QString &message, const QString &hint)
{
    return {.kind = base::Error::Kind::Malformed, .message = message, .hint = hint};
}

// What a bake file calls by another name than the flag.
QString flagOf(const QString &key)
{
    static const QHash<QString, QString> others{
        {u"platforms"_s, u"platform"_s},     {u"extra-hosts"_s, u"add-host"_s},
        {u"contexts"_s, u"build-context"_s}, {u"entitlements"_s, u"allow"_s},
        {u"ulimits"_s, u"ulimit"_s},         {u"annotations"_s, u"annotation"_s}};
    return u"--"_s + others.value(key, key);
}

template <class T>
base::Result<std::vector<T>> parsed(const Arguments &options, const QString &flag,
                                    base::Result<T> (*parse)(const QString &))
{
    std::vector<T> all;
    for (const auto &text : options.values(flag)) {
        auto value = parse(text);
        if (!value) {
            base::Error error = value.error();
            error.where = u"--"_s + flag;
            return std::unexpected(error);
        }
        all.push_back(std::move(*value));
    }
    return all;
}

base::Result<std::vector<bake::TypedEntry>> caches(const Arguments &options, const QString &flag)
{
    const auto lists = parsed(options, flag, bake::parseCache);
    if (!lists)
        return std::unexpected(lists.error());
    std::vector<bake::TypedEntry> all;
    for (const auto &list : *lists)
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

base::Result<void> readEntries(const Arguments &options, bake::Target &target)
{
    auto from = caches(options, u"cache-from"_s);
    auto to = caches(options, u"cache-to"_s);
    auto outputs = parsed(options, u"output"_s, bake::parseOutput);
    auto secrets = parsed(options, u"secret"_s, bake::parseSecret);
    auto attestations = parsed(options, u"attest"_s, bake::parseAttestation);
    for (const auto *problem :
         {from ? nullptr : &from.error(), to ? nullptr : &to.error(), outputs ? nullptr : &outputs.error(),
          secrets ? nullptr : &secrets.error(), attestations ? nullptr : &attestations.error()}) {
        if (problem)
            return std::unexpected(*problem);
    }
    target.cacheFrom = std::move(*from);
    target.cacheTo = std::move(*to);
    if (!outputs->empty())
        target.outputs = std::move(*outputs);
    target.secrets = std::move(*secrets);
    target.attestations = std::move(*attestations);
    for (const auto &type : {u"sbom"_s, u"provenance"_s}) {
        if (!options.has(type))
            continue;
        auto entry = bake::parseAttestation(bake::attestationText(type, options.value(type)));
        if (!entry) {
            entry.error().where = u"--"_s + type;
            return std::unexpected(entry.error());
        }
        target.attestations.push_back(std::move(*entry));
    }
    std::ranges::transform(options.values(u"ssh"_s), std::back_inserter(target.ssh), bake::parseSsh);
    return {};
}

// "host:ip" and "host=ip"; an address of IPv6 has colons itself.
base::Result<bake::Target::Texts> hostsOf(const Arguments &options)
{
    bake::Target::Texts hosts;
    for (const auto &text : options.values(u"add-host"_s)) {
        const qsizetype equals = text.indexOf(u'=');
        const qsizetype at = equals >= 0 ? equals : text.indexOf(u':');
        if (at <= 0)
            return std::unexpected(
                wrong(tr("--add-host \"%1\" has no address").arg(text), tr("Write NAME:IP.")));
        const auto before = hosts.value(text.first(at));
        hosts.insert(text.first(at), before ? *before + u',' + text.mid(at + 1) : text.mid(at + 1));
    }
    return hosts;
}

base::Result<void> readNames(const Arguments &options, bake::Target &target)
{
    const QStringList tags = options.values(u"tag"_s);
    for (const auto &tag : tags) {
        if (const QString why = image::whyNoReference(tag); !why.isEmpty())
            return std::unexpected(wrong(tr("\"%1\" is no tag").arg(tag), why));
    }
    target.tags = tags;
    const auto arguments = pairsOf(u"build-arg"_s, options.values(u"build-arg"_s));
    const auto labels = pairsOf(u"label"_s, options.values(u"label"_s));
    const auto contexts = pairsOf(u"build-context"_s, options.values(u"build-context"_s));
    const auto hosts = hostsOf(options);
    for (const auto *result : {&arguments, &labels, &contexts, &hosts}) {
        if (!*result)
            return std::unexpected(result->error());
    }
    target.arguments = *arguments;
    target.labels = *labels;
    target.extraHosts = *hosts;
    for (const auto &[name, value] : contexts->asKeyValueRange())
        target.contexts.insert(name, value.value_or(QString()));
    return {};
}

}

void declareBuildFlags(Arguments &options)
{
    const auto list = [&options](const QString &name, const QString &description, const QString &value) {
        options.option({name}, description, value);
    };
    options.option({u"t"_s, u"tag"_s},
                   tr("Tag of the image; may be given several times, as all that follow."), u"tag"_s);
    list(u"target"_s, tr("The stage to build."), u"stage"_s);
    list(u"build-arg"_s, tr("Value of an ARG; a bare name takes it from the environment."), u"name=value"_s);
    list(u"platform"_s, tr("For example linux/arm64; several with commas make one image for all of them."),
         u"platforms"_s);
    options.option({u"no-cache"_s}, tr("Run every step again."));
    list(u"no-cache-filter"_s, tr("Run the steps of these stages again."), u"stages"_s);
    options.option({u"pull"_s}, tr("Pull the base images even when they are there."));
    list(u"build-context"_s,
         tr("A named context: a folder, docker-image://IMAGE, oci-layout://FOLDER:TAG, a URL."),
         u"name=value"_s);
    list(u"secret"_s, tr("A secret for RUN --mount=type=secret: id=NAME,src=FILE or id=NAME,env=VARIABLE."),
         u"secret"_s);
    list(u"ssh"_s, tr("An agent or key for RUN --mount=type=ssh: default, or NAME=SOCKET or KEY."),
         u"agent"_s);
    options.option({u"o"_s, u"output"_s},
                   tr("Where the result goes: FOLDER, - (a tar on standard output), type=local, tar, oci, "
                      "docker, image or registry; oci and docker with tar=false are a folder."),
                   u"output"_s);
    options.option({u"push"_s}, tr("Push the image to its registry."));
    options.option({u"load"_s}, tr("Keep the image in the engine; so it is without --output too."));
    list(u"cache-from"_s, tr("Cache to begin with: an image, type=local,src=FOLDER, or another type."),
         u"cache"_s);
    list(u"cache-to"_s, tr("Cache to write: type=inline, type=local,dest=FOLDER, or another type."),
         u"cache"_s);
    list(u"attest"_s, tr("An attestation: type=sbom or type=provenance, with their attributes."),
         u"attestation"_s);
    list(u"sbom"_s, tr("Short for --attest type=sbom."), u"true|false|attributes"_s);
    list(u"provenance"_s, tr("Short for --attest type=provenance."), u"true|false|attributes"_s);
    list(u"annotation"_s, tr("An annotation of the image."), u"name=value"_s);
    list(u"label"_s, tr("A label of the image."), u"name=value"_s);
    list(u"allow"_s, tr("Allow network.host, security.insecure or device to this build."), u"entitlement"_s);
    list(u"add-host"_s, tr("A name that RUN knows; host-gateway is this machine."), u"name:ip"_s);
    list(u"network"_s, tr("The network of RUN: default, host or none."), u"network"_s);
    list(u"shm-size"_s, tr("Size of /dev/shm for RUN, such as 128m."), u"size"_s);
    list(u"ulimit"_s, tr("A limit for RUN, such as nofile=1024:2048."), u"name=soft:hard"_s);
    list(u"cgroup-parent"_s, tr("The control group of RUN."), u"group"_s);
    list(u"builder"_s, tr("A builder of docker buildx, by its name; its nodes build their own platforms."),
         u"name"_s);
    list(u"iidfile"_s, tr("Write the image's id to this file."), u"file"_s);
    list(u"metadata-file"_s, tr("Write what was made to this file, as JSON."), u"file"_s);
    options.option({u"progress"_s},
                   tr("How the running build is shown, on standard error: auto, plain and text are the same; "
                      "json is an object a line."),
                   u"auto|plain|text|json|quiet"_s, u"auto"_s);
    options.option({u"q"_s, u"quiet"_s}, tr("Print the image's id, and nothing else."));
}

base::Result<bake::Target::Texts> pairsOf(const QString &flag, const QStringList &values)
{
    bake::Target::Texts pairs;
    for (const auto &text : values) {
        const qsizetype equals = text.indexOf(u'=');
        const QString name = text.left(equals < 0 ? text.size() : equals);
        if (name.isEmpty() || (equals < 0 && flag == "build-context"_L1))
            return std::unexpected(wrong(name.isEmpty() && flag == "build-arg"_L1
                                             ? tr("--build-arg \"%1\" names no argument").arg(text)
                                             : tr("--%1 \"%2\" is no name=value").arg(flag, text),
                                         tr("Write NAME=VALUE.")));
        const QByteArray variable = name.toLocal8Bit();
        if (equals >= 0)
            pairs.insert(name, text.mid(equals + 1));
        else if (flag != "build-arg"_L1)
            pairs.insert(name, QString());
        else if (qEnvironmentVariableIsSet(variable.constData()))
            pairs.insert(name, qEnvironmentVariable(variable.constData()));
    }
    return pairs;
}

base::Result<bake::Target> targetFromFlags(const Arguments &options)
{
    bake::Target target;
    const auto text = [&options](const QString &flag) {
        return options.has(flag) ? std::optional(options.value(flag)) : std::nullopt;
    };
    target.target = text(u"target"_s);
    target.network = text(u"network"_s);
    target.sharedMemory = text(u"shm-size"_s);
    target.noCache = options.has(u"no-cache"_s);
    target.pull = options.has(u"pull"_s);
    target.ulimits = options.values(u"ulimit"_s);
    target.annotations = options.values(u"annotation"_s);
    for (const auto &stages : options.values(u"no-cache-filter"_s))
        target.noCacheFilter += stages.split(u',', Qt::SkipEmptyParts);
    QStringList platforms;
    for (const auto &list : options.values(u"platform"_s))
        platforms += list.split(u',', Qt::SkipEmptyParts);
    target.platforms = platforms;
    for (const auto &list : options.values(u"allow"_s))
        target.entitlements += list.split(u',', Qt::SkipEmptyParts);
    if (auto done = readNames(options, target); !done)
        return std::unexpected(done.error());
    if (auto done = readEntries(options, target); !done)
        return std::unexpected(done.error());
    for (const auto &flag : {u"push"_s, u"load"_s}) {
        // A push alone is the engine's own business; beside outputs it is an attribute of the image.
        if (!options.has(flag) || !target.outputs)
            continue;
        if (auto done = bake::apply({{.key = flag, .values = {u"true"_s}}}, target); !done)
            return std::unexpected(done.error());
    }
    return target;
}

base::Result<void> applyFlags(const bake::Target &target, const Arguments &options, BuildInput &input)
{
    auto read = solveOptions(target, QDir::currentPath());
    if (!read) {
        base::Error error = read.error();
        error.where = flagOf(error.where);
        return std::unexpected(error);
    }
    if (options.has(u"push"_s) && target.tags.value_or(QStringList()).isEmpty())
        return std::unexpected(
            wrong(tr("--push has no tag to push to"), tr("Name one: -t REGISTRY/IMAGE:TAG.")));
    input.options = std::move(*read);
    input.options.push = options.has(u"push"_s) && input.options.outputs.empty();
    input.options.cgroupParent = options.value(u"cgroup-parent"_s);
    input.options.sourceDateEpoch = sourceDateEpoch(target);
    input.tags = target.tags.value_or(QStringList());
    for (const auto &[name, value] : target.labels.asKeyValueRange())
        input.labels.insert(name, value.value_or(QString()));
    return {};
}

std::optional<Progress> progressFrom(const Arguments &options, const Console &console)
{
    const auto word = options.oneOf(
        u"progress"_s, {u"auto"_s, u"plain"_s, u"text"_s, u"json"_s, u"quiet"_s, u"none"_s}, console);
    if (!word)
        return std::nullopt;
    if (*word == "json"_L1)
        return Progress::Json;
    const bool isQuiet =
        *word == "quiet"_L1 || *word == "none"_L1 || (options.knows(u"quiet"_s) && options.has(u"quiet"_s));
    return isQuiet ? Progress::None : Progress::Text;
}

}
