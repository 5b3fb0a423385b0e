// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/frontendanswers.h"
#include "engine/buildkit/sessiontunnel.h"
#include "engine/buildkit/solveplan.h"
#include "engine/buildkit/solverequest.h"

#include <control.pb.h>

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using engine::BuildRequest;
using engine::OutputTarget;
using engine::PlanFacts;
using engine::TypedAttributes;

/// From a BuildRequest to what BuildKit is asked, and what an engine cannot be asked.
class TestBuildKitPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOptionBecomesTheFrontendsWord_data()
    {
        QTest::addColumn<BuildRequest>("request");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const QString &key, const QString &value, auto change) {
            BuildRequest request;
            change(request);
            QTest::newRow(name) << request << key << value;
        };
        row("the file without its folder", u"filename"_s, u"prod.Dockerfile"_s,
            [](auto &it) { it.dockerfileName = u"docker/prod.Dockerfile"_s; });
        row("target", u"target"_s, u"run"_s, [](auto &it) { it.target = u"run"_s; });
        row("argument", u"build-arg:A"_s, u"x,y=\"z\""_s,
            [](auto &it) { it.buildArgs = {{u"A"_s, u"x,y=\"z\""_s}}; });
        row("label", u"label:l"_s, u"v"_s, [](auto &it) { it.labels = {{u"l"_s, u"v"_s}}; });
        row("one platform", u"platform"_s, u"linux/arm64"_s,
            [](auto &it) { it.platform = u"linux/arm64"_s; });
        row("several platforms", u"platform"_s, u"linux/amd64,linux/arm64"_s,
            [](auto &it) { it.options.platforms = {u"linux/amd64"_s, u"linux/arm64"_s}; });
        row("no cache", u"no-cache"_s, QString(), [](auto &it) { it.noCache = true; });
        row("no cache for stages", u"no-cache"_s, u"a,b"_s,
            [](auto &it) { it.options.noCacheStages = {u"a"_s, u"b"_s}; });
        row("local images first", u"image-resolve-mode"_s, u"local"_s, [](auto &) {});
        row("pull", u"image-resolve-mode"_s, u"pull"_s, [](auto &it) { it.pull = true; });
        row("hosts", u"add-hosts"_s, u"a=1.2.3.4,b=::1,c=fe80::2"_s,
            [](auto &it) { it.options.addHosts = {u"a:1.2.3.4"_s, u"b=[::1]"_s, u"c:fe80::2"_s}; });
        row("network", u"force-network-mode"_s, u"none"_s, [](auto &it) { it.options.network = u"none"_s; });
        row("shared memory", u"shm-size"_s, u"67108864"_s,
            [](auto &it) { it.options.sharedMemoryBytes = 67108864; });
        row("limits", u"ulimit"_s, u"nofile=10:20,core=0:0"_s,
            [](auto &it) { it.options.ulimits = {{u"nofile"_s, 10, 20}, {u"core"_s, 0, 0}}; });
        row("cgroup", u"cgroup-parent"_s, u"x"_s, [](auto &it) { it.options.cgroupParent = u"x"_s; });
        row("time stamp", u"build-arg:SOURCE_DATE_EPOCH"_s, u"0"_s,
            [](auto &it) { it.options.sourceDateEpoch = 0; });
        row("cache import", u"cache-imports"_s, uR"([{"Attrs":{"ref":"r/c"},"Type":"registry"}])"_s,
            [](auto &it) { it.options.cacheFrom = {{u"registry"_s, {{u"ref"_s, u"r/c"_s}}}}; });
        row("provenance", u"attest:provenance"_s, u"mode=max"_s,
            [](auto &it) { it.options.attestations = {{u"provenance"_s, {{u"mode"_s, u"max"_s}}}}; });
        row("image context", u"context:alpine"_s, u"docker-image://alpine:3"_s, [](auto &it) {
            it.options.contexts = {{u"docker.io/library/alpine:latest"_s, u"docker-image://alpine:3"_s}};
        });
        row("folder context", u"context:src"_s, u"local:src"_s,
            [](auto &it) { it.options.contexts = {{u"src"_s, u"/tmp"_s}}; });
        row("a folder context of a taken name", u"context:context"_s, u"local:_context"_s,
            [](auto &it) { it.options.contexts = {{u"context"_s, u"/tmp"_s}}; });
    }
    void anOptionBecomesTheFrontendsWord()
    {
        QFETCH(BuildRequest, request);
        QFETCH(QString, key);
        QFETCH(QString, value);
        const auto plan = engine::planSolve(request, {});
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        QVERIFY(plan->attributes.contains(key));
        QCOMPARE(plan->attributes.at(key), value);
    }

    void anOutputBecomesAnExporter_data()
    {
        QTest::addColumn<TypedAttributes>("output");
        QTest::addColumn<PlanFacts>("facts");
        QTest::addColumn<QString>("exporter"); // type and attributes
        QTest::addColumn<QString>("target");
        const PlanFacts old;
        const PlanFacts store{.hasImageStore = true};
        const PlanFacts remote{.isEngine = false, .loadFile = u"/tmp/load.tar"_s};
        const auto row = [](const char *name, const TypedAttributes &output, const PlanFacts &facts,
                            const QString &exporter, const QString &target = {}) {
            QTest::newRow(name) << output << facts << exporter << target;
        };
        row("into the engine", {u"image"_s, {}}, old, u"moby:name=a:1,b:2"_s);
        row("pushed by the engine", {u"image"_s, {{u"push"_s, u"true"_s}}}, old, u"moby:name=a:1,b:2"_s);
        row("pushed by BuildKit", {u"registry"_s, {}}, store, u"moby:push=true,name=a:1,b:2"_s);
        row("pushed by a buildkitd", {u"registry"_s, {}}, remote, u"image:push=true,name=a:1,b:2"_s);
        row("loaded from a buildkitd", {u"docker"_s, {}}, remote, u"docker:name=a:1,b:2"_s,
            u"/tmp/load.tar"_s);
        row("a folder", {u"local"_s, {{u"dest"_s, u"/x/y"_s}}}, old, u"local:"_s, u"/x/y"_s);
        row("a tar", {u"tar"_s, {{u"dest"_s, u"/x/y.tar"_s}}}, old, u"tar:"_s, u"/x/y.tar"_s);
        row("an archive", {u"oci"_s, {{u"dest"_s, u"/x.tar"_s}, {u"compression"_s, u"zstd"_s}}}, store,
            u"oci:compression=zstd,name=a:1,b:2"_s, u"/x.tar"_s);
        row("a layout's folder", {u"oci"_s, {{u"dest"_s, u"/x"_s}, {u"tar"_s, u"false"_s}}}, store,
            u"oci:tar=false,name=a:1,b:2"_s);
    }
    void anOutputBecomesAnExporter()
    {
        QFETCH(TypedAttributes, output);
        QFETCH(PlanFacts, facts);
        QFETCH(QString, exporter);
        QFETCH(QString, target);
        BuildRequest request;
        request.tags = {u"a:1"_s, u"b:2"_s};
        request.options.outputs = {output};
        const auto plan = engine::planSolve(request, facts);
        QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().text()));
        QCOMPARE(plan->exporters.size(), 1U);
        QStringList attributes;
        for (const auto &[key, value] : plan->exporters.front().attributes)
            attributes += key + u'=' + value;
        QCOMPARE(QString(plan->exporters.front().type + u':' + attributes.join(u',')), exporter);
        QCOMPARE(plan->targets.front().path, target);
        const bool pushes = output.type == "registry"_L1 || !output.value(u"push").isEmpty();
        QCOMPARE(plan->pushAfterwards.isEmpty(),
                 !pushes || plan->exporters.front().value(u"push") == "true"_L1);
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<BuildRequest>("request");
        const auto row = [](const char *name, auto change) {
            BuildRequest request;
            change(request);
            QTest::newRow(name) << request;
        };
        row("a folder output to nowhere", [](auto &it) { it.options.outputs = {{u"local"_s, {}}}; });
        row("an unknown output", [](auto &it) { it.options.outputs = {{u"floppy"_s, {}}}; });
        row("a push without a name", [](auto &it) { it.options.push = true; });
        row("a cache in no folder", [](auto &it) { it.options.cacheTo = {{u"local"_s, {}}}; });
        row("a context of a layout that is not there",
            [](auto &it) { it.options.contexts = {{u"a"_s, u"oci-layout:///nonexistent"_s}}; });
        row("two layouts in folders", [](auto &it) {
            const TypedAttributes output{u"oci"_s, {{u"dest"_s, u"/x"_s}, {u"tar"_s, u"false"_s}}};
            it.options.outputs = {output, output};
        });
        row("a context that is no folder",
            [](auto &it) { it.options.contexts = {{u"a"_s, u"/nonexistent"_s}}; });
    }
    void whatMakesNoSenseIsRefused()
    {
        QFETCH(BuildRequest, request);
        const auto plan = engine::planSolve(request, {.hasImageStore = true});
        QVERIFY(!plan);
        QVERIFY(!plan.error().hint.isEmpty());
    }

    void exportersAreNamedInBothForms()
    {
        BuildRequest request;
        request.tags = {u"a:1"_s};
        const auto bytes = engine::solveRequest(*engine::planSolve(request, {}), "ref", "session");
        stageloom::control::SolveRequest wire;
        QVERIFY(wire.ParseFromArray(bytes.constData(), int(bytes.size())));
        QCOMPARE(wire.exporter(), "moby");
        QCOMPARE(wire.exporter_attrs().at("name"), "a:1");
        QCOMPARE(wire.exporters_size(), 1);
        QCOMPARE(wire.exporters(0).type(), "moby");
    }

    void theDockerfileIsServedFromMemoryWithTheIgnoreFileBesideIt()
    {
        QTemporaryDir folder;
        QFile ignored(folder.filePath(u"a.Dockerfile.dockerignore"_s));
        QVERIFY(ignored.open(QIODevice::WriteOnly));
        ignored.write("*.o\n");
        ignored.close();
        BuildRequest request;
        request.contextFolder = folder.path();
        request.dockerfileName = u"a.Dockerfile"_s;
        request.dockerfile = "FROM scratch\n# not saved yet\n";
        const auto plan = engine::planSolve(request, {});
        QVERIFY(plan);
        const auto source = std::ranges::find(plan->sources, u"dockerfile"_s, &engine::LocalSource::name);
        QVERIFY(source != plan->sources.end());
        QCOMPARE(source->files.size(), 2U);
        QCOMPARE(source->files[0].bytes, request.dockerfile);
        QCOMPARE(source->files[1].name, u"a.Dockerfile.dockerignore"_s);
        QCOMPARE(source->files[1].bytes, "*.o\n");
    }

    void anEngineRefusesWhatItCannotDo_data()
    {
        QTest::addColumn<QString>("api");
        QTest::addColumn<bool>("store");
        QTest::addColumn<BuildRequest>("request");
        QTest::addColumn<bool>("can");
        const auto row = [](const char *name, const char *api, bool store, bool can, auto change) {
            BuildRequest request;
            change(request);
            QTest::newRow(name) << QString::fromLatin1(api) << store << request << can;
        };
        const auto platforms = [](auto &it) { it.options.platforms = {u"linux/amd64"_s, u"linux/arm64"_s}; };
        row("several platforms, old store", "1.51", false, false, platforms);
        row("several platforms, containerd's", "1.51", true, true, platforms);
        const auto secret = [](auto &it) { it.options.secrets = {{.id = u"a"_s, .typed = "b"}}; };
        row("a secret on 20.10", "1.41", false, true, secret);
        const auto contexts = [](auto &it) { it.options.contexts = {{u"a"_s, u"/tmp"_s}}; };
        row("a named context on 20.10", "1.41", false, false, contexts);
        row("a named context on 23", "1.42", false, true, contexts);
        const auto cache = [](auto &it) { it.options.cacheTo = {{u"registry"_s, {{u"ref"_s, u"r/c"_s}}}}; };
        row("cache to a registry, old store", "1.45", false, false, cache);
        row("cache to a registry, containerd's", "1.45", true, true, cache);
        row("cache to a folder, old store", "1.45", false, false,
            [](auto &it) { it.options.cacheTo = {{u"local"_s, {{u"dest"_s, u"/x"_s}}}}; });
        row("cache from a folder, old store", "1.45", false, true,
            [](auto &it) { it.options.cacheFrom = {{u"local"_s, {{u"src"_s, u"/x"_s}}}}; });
        const auto layout = [](auto &it) { it.options.contexts = {{u"a"_s, u"oci-layout:///x"_s}}; };
        row("an OCI layout, old store", "1.51", false, false, layout);
        row("an OCI layout, containerd's", "1.51", true, true, layout);
        row("inline cache, old store", "1.45", false, true,
            [](auto &it) { it.options.cacheTo = {{u"inline"_s, {}}}; });
        row("an image's own attributes, old store", "1.45", false, false,
            [](auto &it) { it.options.outputs = {{u"image"_s, {{u"compression"_s, u"zstd"_s}}}}; });
        row("two outputs on 25", "1.44", false, false,
            [](auto &it) { it.options.outputs = {{u"tar"_s, {{u"dest"_s, u"/a"_s}}}, {u"image"_s, {}}}; });
        row("an attestation that is switched off", "1.45", false, true,
            [](auto &it) { it.options.attestations = {{u"provenance"_s, {{u"disabled"_s, u"true"_s}}}}; });
    }
    void anEngineRefusesWhatItCannotDo()
    {
        QFETCH(QString, api);
        QFETCH(bool, store);
        QFETCH(BuildRequest, request);
        QFETCH(bool, can);
        const engine::EngineInfo info{.version = u"1"_s,
                                      .engineApiVersion = api,
                                      .containerdStore = store,
                                      .hasBuildKit = true,
                                      .platforms = {u"linux/amd64"_s}};
        const auto refusal = engine::whyNot(request, engine::abilities(info));
        QCOMPARE(!refusal, can);
        if (refusal) {
            QCOMPARE(refusal->kind, base::Error::Kind::Unsupported);
            QVERIFY(!refusal->message.isEmpty());
            QVERIFY(!refusal->hint.isEmpty());
        }
        engine::EngineInfo podman = info;
        podman.isPodman = true;
        podman.hasBuildKit = false;
        const bool isPlain = request.options == engine::SolveOptions{};
        const bool isOff = !request.options.attestations.empty();
        QCOMPARE(engine::whyNot(request, engine::abilities(podman)).has_value(), !isPlain && !isOff);
    }

    void aRefusedHostNetworkLeavesTheOthers_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QStringList>("granted");
        QTest::addColumn<bool>("can");
        QTest::newRow("no network") << u"none"_s << QStringList() << true;
        QTest::newRow("the engine's") << u"host"_s << QStringList() << false;
        QTest::newRow("the engine's, for a step") << QString() << QStringList{u"network.host"_s} << false;
        QTest::newRow("another entitlement") << QString() << QStringList{u"security.insecure"_s} << true;
    }
    void aRefusedHostNetworkLeavesTheOthers()
    {
        QFETCH(const QString, network);
        QFETCH(const QStringList, granted);
        QFETCH(const bool, can);
        BuildRequest request;
        request.options.network = network;
        request.options.entitlements = granted;
        engine::BuildAbilities abilities;
        abilities.hostNetwork = {.can = false, .reason = u"not granted"_s, .mend = u"grant it"_s};
        const auto refusal = engine::whyNot(request, abilities);
        QCOMPARE(!refusal, can);
        QVERIFY(can || refusal->message.startsWith("Host network: "_L1));
        abilities.entitlements = std::exchange(abilities.hostNetwork, {});
        QCOMPARE(!engine::whyNot(request, abilities), !granted.contains("security.insecure"_L1));
    }

    void programsOfAPlatformRunOrNot()
    {
        engine::BuildAbilities can;
        can.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        QVERIFY(can.platform(u"linux/amd64"_s).can);
        QVERIFY(can.platform(u"linux/arm64/v8"_s).can);
        QVERIFY(!can.platform(u"linux/riscv64"_s).can);
        QVERIFY(can.platform(u"linux/riscv64"_s).mend.contains("binfmt"_L1));
    }

    void aMessageOfBytesIsReadAsItWasWritten_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size : {0, 1, 127, 128, 16383, 16384, 65536, 3'000'000})
            QTest::addRow("%lld", qlonglong(size)) << size;
    }
    void aMessageOfBytesIsReadAsItWasWritten()
    {
        QFETCH(qsizetype, size);
        const QByteArray data(size, 'x');
        const QByteArray message = engine::bytesMessage(data);
        stageloom::control::BytesMessage wire;
        QVERIFY(wire.ParseFromArray(message.constData(), int(message.size())));
        QCOMPARE(QByteArray::fromStdString(wire.data()), data);
        QCOMPARE(engine::readBytesMessage(message)->toByteArray(), data);
        QVERIFY(!engine::readBytesMessage(message + "x"));
        QVERIFY(!engine::readBytesMessage("\x12\x01x"));
        QVERIFY(!engine::readBytesMessage(QByteArray("\x0a") + QByteArray(20, '\xff')));
    }

    void aFrontendsAnswerIsReadOrIsNone_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("isThere");
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("rubbish") << QByteArray("{\"warnings\":") << false;
        QTest::newRow("a list") << QByteArray("[]") << false;
        QTest::newRow("empty") << QByteArray("{}") << true;
        QTest::newRow("null for lists")
            << QByteArray(R"({"warnings":null,"targets":null,"args":null})") << true;
    }
    void aFrontendsAnswerIsReadOrIsNone()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, isThere);
        QCOMPARE(engine::readChecks(json).has_value(), isThere);
        QCOMPARE(engine::readTargets(json).has_value(), isThere);
        QCOMPARE(engine::readOutline(json).has_value(), isThere);
    }
};

QTEST_APPLESS_MAIN(TestBuildKitPlan)
#include "tst_buildkitplan.moc"
