// SPDX-License-Identifier: Apache-2.0
#include "bake/print.h"
#include "base/units.h"
#include "build/bakebuild.h"
#include "build/buildqueue.h"
#include "build/buildrequest.h"
#include "commandline/arguments.h"
#include "commandline/buildflags.h"
#include "commandline/buildoutput.h"
#include "commandline/command.h"
#include "commandline/engineconnection.h"
#include "commandline/interrupt.h"
#include "commandline/progressjson.h"
#include "history/historystore.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BakeCommand", text);
}

void declare(Arguments &options)
{
    options.positional(u"TARGET"_s, tr("Targets and groups; \"default\" when left out."), u"[TARGET...]"_s);
    options.option({u"f"_s, u"file"_s},
                   tr("A bake or compose file; may be given several times. Without it all that buildx "
                      "looks for are read, in its order."),
                   u"file"_s);
    options.option({u"print"_s}, tr("Print what would be built, as docker buildx bake --print does."));
    options.option({u"set"_s}, tr("Another value: TARGET.KEY=VALUE; TARGET may hold *, += appends."),
                   u"override"_s);
    options.option({u"push"_s}, tr("Push the images to their registries."));
    options.option({u"load"_s}, tr("Keep the images in the engine."));
    options.option({u"no-cache"_s}, tr("Run every step again."));
    options.option({u"pull"_s}, tr("Pull the base images even when they are there."));
    options.option({u"sbom"_s}, tr("Short for --set *.attest=type=sbom."), u"true|false|attributes"_s);
    options.option({u"provenance"_s}, tr("Short for --set *.attest=type=provenance."),
                   u"true|false|attributes"_s);
    options.option({u"allow"_s}, tr("Grant what targets ask for: network.host, security.insecure, device."),
                   u"entitlement"_s);
    options.option({u"builder"_s},
                   tr("A builder of docker buildx, by its name; its nodes build their own platforms."),
                   u"name"_s);
    options.option({u"jobs"_s}, tr("How many targets are built at once."), u"number"_s, u"2"_s);
    options.option({u"metadata-file"_s}, tr("Write what was made to this file, as JSON."), u"file"_s);
    options.option(
        {u"progress"_s},
        tr("How the running builds are shown, on standard error: auto, plain and text are the same; "
           "json is an object a line."),
        u"auto|plain|text|json|quiet"_s, u"auto"_s);
}

QStringList overridesFrom(const Arguments &options)
{
    QStringList overrides = options.values(u"set"_s);
    for (const auto &flag : {u"push"_s, u"load"_s, u"no-cache"_s, u"pull"_s}) {
        if (options.has(flag))
            overrides.append(u"*.%1=true"_s.arg(flag));
    }
    for (const auto &type : {u"sbom"_s, u"provenance"_s}) {
        if (options.has(type))
            overrides.append(u"*.attest="_s + bake::attestationText(type, options.value(type)));
    }
    return overrides;
}

base::Result<bake::Resolved> resolvedFrom(const Arguments &options)
{
    const QString folder = QDir::currentPath();
    const QStringList files = options.values(u"file"_s);
    const auto sources = files.isEmpty() ? bake::findSources(folder) : bake::readSources(folder, files);
    if (!sources)
        return std::unexpected(sources.error());
    const auto file = bake::evaluate(*sources, folder);
    if (!file)
        return std::unexpected(file.error());
    auto resolved = bake::resolve(*file, options.positionals(), overridesFrom(options));
    if (!resolved)
        return resolved;
    // As buildx: the time of the sources is an argument of every target.
    const QString epoch = qEnvironmentVariable("SOURCE_DATE_EPOCH");
    for (auto &target : resolved->targets) {
        if (!epoch.isEmpty() && !target.arguments.contains(u"SOURCE_DATE_EPOCH"_s))
            target.arguments.insert(u"SOURCE_DATE_EPOCH"_s, epoch);
    }
    return resolved;
}

// What a file asks for is granted by the person who runs it, or not at all.
base::Result<void> checkEntitlements(const bake::Target &target, const Arguments &options)
{
    QStringList granted;
    for (const auto &list : options.values(u"allow"_s))
        granted += list.split(u',', Qt::SkipEmptyParts);
    for (const auto &wanted : target.entitlements) {
        if (!granted.contains(wanted))
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::Refused,
                            .message = tr("the target \"%1\" asks for %2").arg(target.name, wanted),
                            .hint = tr("When you trust it, add --allow %1.").arg(wanted)});
    }
    return {};
}

/// The builds of one `stageloom bake`, as they are shown.
class BakeRun
{
public:
    BakeRun(const Arguments &options, const Console &console, Progress progress)
        : m_options(options)
        , m_console(console)
        , m_progress(progress)
    {}

    void watch(BuildQueue &queue)
    {
        m_queue = &queue;
        QObject::connect(&queue, &BuildQueue::stepChanged, &queue,
                         [this](int id, const engine::BuildStep &step) {
                             if (m_progress == Progress::Json)
                                 json(id).step(m_queue->build(id)->input, step);
                             else if (m_progress == Progress::Text)
                                 text(id).show(step);
                         });
        QObject::connect(&queue, &BuildQueue::logAppended, &queue,
                         [this](int id, const QString &step, const QString &log) {
                             if (m_progress == Progress::Json)
                                 json(id).log(step, log);
                             else if (m_progress == Progress::Text)
                                 text(id).showLog(step, log);
                         });
        QObject::connect(&queue, &BuildQueue::engineSilent, &queue,
                         [this](int id, std::chrono::seconds time) {
                             if (m_progress == Progress::Json)
                                 json(id).silence(time);
                             else if (m_progress == Progress::Text)
                                 text(id).showSilence(time);
                         });
        QObject::connect(&queue, &BuildQueue::warned, &queue,
                         [this](int id, const engine::BuildWarning &warning) {
                             if (m_progress == Progress::Json)
                                 json(id).warning(warning);
                             else if (m_progress == Progress::Text)
                                 text(id).showNote(warning);
                         });
        QObject::connect(&queue, &BuildQueue::ended, &queue, [this](int id) {
            if (m_progress == Progress::Json)
                json(id).finished(m_queue->build(id)->report);
        });
        QObject::connect(&queue, &BuildQueue::idle, &queue, [this] { QCoreApplication::exit(end()); });
    }

private:
    BuildProgressText &text(int id)
    {
        const auto found = m_texts.find(id);
        if (found != m_texts.end())
            return found->second;
        return m_texts.try_emplace(id, m_console, u"[%1] "_s.arg(m_queue->build(id)->name)).first->second;
    }

    [[nodiscard]] ProgressJson json(int id) const { return {m_console, m_queue->build(id)->name}; }

    int end()
    {
        int code = Done;
        QJsonObject metadata;
        for (const auto &build : m_queue->builds()) {
            tell(build);
            if (build.state != QueuedBuild::State::Succeeded)
                code = JobFailed;
            else
                metadata.insert(
                    build.name,
                    QJsonDocument::fromJson(buildMetadataJson(build.input, build.report)).object());
        }
        if (!m_options.has(u"metadata-file"_s) || code != Done)
            return code;
        return m_console.deliver(QJsonDocument(metadata).toJson(), m_options.value(u"metadata-file"_s));
    }

    void tell(const QueuedBuild &build) const
    {
        const auto &outcome = build.report.outcome;
        if (m_progress != Progress::Json) {
            for (const auto &note : build.report.notes)
                m_console.err(tr("note: %1: %2").arg(build.name, note) + u'\n');
        }
        if (outcome.error) {
            if (m_progress != Progress::Json)
                m_console.err(failedLinesText(build.input, outcome));
            (void)m_console.fail(outcome.error->in(tr("target \"%1\"").arg(build.name)));
            return;
        }
        const auto &sizes = build.report.sizes;
        m_console.out(tr("%1: %2, built in %3%4\n")
                          .arg(build.name, build.input.tags.value(0, outcome.imageId.left(19)),
                               base::durationInWords(outcome.duration),
                               sizes ? u", "_s + base::sizeInWords(sizes->totalBytes) : QString()));
    }

    const Arguments &m_options;
    const Console &m_console;
    Progress m_progress;
    BuildQueue *m_queue = nullptr;
    std::map<int, BuildProgressText> m_texts;
};

struct BakeBuild
{
    QString name;
    BuildInput input;
    QStringList needs; ///< names of targets before it
};

base::Result<std::vector<BakeBuild>> buildsOf(const bake::Resolved &resolved, const Arguments &options)
{
    std::vector<BakeBuild> builds;
    for (const auto &name : bake::buildOrder(resolved)) {
        const auto &target = resolved.targets[name];
        if (const auto allowed = checkEntitlements(target, options); !allowed)
            return std::unexpected(allowed.error());
        auto input = buildInput(target, QDir::currentPath());
        if (!input)
            return std::unexpected(input.error());
        QStringList needs;
        for (const auto &context : target.contexts) {
            if (context.startsWith("target:"_L1))
                needs.append(context.mid(7));
        }
        for (const auto &output : input->options.outputs) {
            if (output.value(u"dest") == "-"_L1)
                return std::unexpected(
                    base::Error{.kind = base::Error::Kind::Refused,
                                .message = tr("the target \"%1\" writes to standard output").arg(name),
                                .hint = tr("Name a file: --set %1.output=type=tar,dest=FILE.").arg(name)});
        }
        builds.push_back({.name = name, .input = std::move(*input), .needs = needs});
    }
    return builds;
}

/// Who builds each of them.
base::Result<void> share(std::vector<BakeBuild> &builds, const QString &builder,
                         const std::vector<engine::KnownNode> &nodes)
{
    for (auto &one : builds) {
        auto shares = engine::sharesOf(builder, nodes, wantedPlatforms(one.input), one.input.options);
        if (!shares)
            return std::unexpected(shares.error().in(tr("target \"%1\"").arg(one.name)));
        one.input.nodes = std::move(*shares);
    }
    return {};
}

int build(std::vector<BakeBuild> builds, const Arguments &options, int jobs, BakeRun &run,
          const Console &console)
{
    auto store = history::HistoryStore::open();
    if (!store)
        console.err(store.error().text() + u'\n');
    std::optional<Interrupt> interrupt;
    std::unique_ptr<BuildQueue> queue;
    const auto begin = [&](const std::shared_ptr<engine::Client> &client,
                           const std::vector<engine::KnownNode> &nodes) {
        if (const auto shared = share(builds, options.value(u"builder"_s), nodes); !shared)
            return QCoreApplication::exit(console.fail(shared.error()));
        interrupt.emplace();
        queue = std::make_unique<BuildQueue>(client, store ? &*store : nullptr);
        queue->setLimit(jobs);
        run.watch(*queue);
        QObject::connect(&*interrupt, &Interrupt::interrupted, queue.get(), &BuildQueue::cancelAll);
        QHash<QString, int> ids;
        for (const auto &one : builds) {
            std::vector<int> after;
            std::ranges::transform(one.needs, std::back_inserter(after),
                                   [&ids](const QString &name) { return ids.value(name); });
            ids.insert(one.name, queue->add(one.name, one.input, after));
        }
    };
    return withEngine(console, [&](const std::shared_ptr<engine::Client> &client) {
        withNodes(client.get(), options, console,
                  [&begin, client](const std::vector<engine::KnownNode> &nodes) { begin(client, nodes); });
    });
}

}

int runBake(const QStringList &arguments, const Console &console)
{
    constexpr int many = 1000;
    Arguments options(u"bake"_s,
                      tr("Builds the targets of docker-bake.json, docker-bake.hcl and compose files."));
    declare(options);
    if (const auto over = options.parse(arguments, console, 0, many))
        return *over;
    const auto progress = progressFrom(options, console);
    if (!progress)
        return WrongUsage;
    bool isNumber = false;
    const int jobs = options.value(u"jobs"_s).toInt(&isNumber);
    if (!isNumber || jobs < 1)
        return console.fail(
            {.kind = base::Error::Kind::Malformed,
             .message = tr("--jobs takes a number above 0, not \"%1\"").arg(options.value(u"jobs"_s)),
             .hint = tr("Write --jobs 2.")},
            WrongUsage);
    const auto resolved = resolvedFrom(options);
    if (!resolved)
        return console.fail(resolved.error());
    if (options.has(u"print"_s)) {
        console.outBytes(bake::printed(*resolved).toUtf8());
        return Done;
    }
    auto builds = buildsOf(*resolved, options);
    if (!builds)
        return console.fail(builds.error());
    BakeRun run(options, console, *progress);
    return build(std::move(*builds), options, jobs, run, console);
}

}
