// SPDX-License-Identifier: Apache-2.0
// From the build options of a document to what BuildKit is asked, and to a target of a bake file.
#include "build/targetsettings.h"

#include "bake/bakedocument.h"
#include "bake/resolve.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using From = workspace::SecretSetting::From;

namespace {

workspace::BuildSettings settingsOfEverything(const QString &folder)
{
    workspace::BuildSettings settings;
    settings.tag = u"hello:all"_s;
    settings.target = u"final"_s;
    settings.buildArgs = {{u"V"_s, u"${HOME} 1"_s}};
    auto &solve = settings.solve;
    solve.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
    solve.noCacheStages = {u"build"_s};
    solve.labels = {{u"a.b"_s, u"c"_s}};
    solve.hosts = {{u"db"_s, u"10.0.0.7"_s}};
    solve.network = u"none"_s;
    solve.sharedMemory = u"128m"_s;
    solve.ulimits = {{u"nofile"_s, u"1024:2048"_s}};
    solve.cgroupParent = u"/builds"_s;
    solve.contexts = {{u"other"_s, folder}, {u"base"_s, u"docker-image://alpine"_s}};
    solve.secrets = {{u"path"_s, From::Environment, u"PATH"_s}, {u"token"_s, From::Typed, {}}};
    solve.cacheFrom = {{u"registry"_s, u"localhost:5000/c:1"_s}};
    solve.cacheTo = {{u"local"_s, folder + u"/cache"_s}, {u"inline"_s, {}}};
    solve.outputs = {{u"oci"_s, folder + u"/x.tar"_s}};
    solve.sbom = u"true"_s;
    solve.provenance = u"mode=max"_s;
    solve.sourceDateEpoch = u"0"_s;
    solve.entitlements = {u"network.host"_s};
    return settings;
}

}

class TestTargetSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingThatIsSetIsAskedFor()
    {
        const QTemporaryDir folder;
        const auto options =
            app::solveOptions(settingsOfEverything(folder.path()), folder.path(), {{u"token"_s, "s3cret"}});
        QVERIFY2(options, options ? "" : qPrintable(options.error().text()));
        QCOMPARE(options->platforms, (QStringList{u"linux/amd64"_s, u"linux/arm64"_s}));
        QCOMPARE(options->noCacheStages, QStringList{u"build"_s});
        QCOMPARE(options->addHosts.size(), 1);
        QVERIFY(options->addHosts[0].contains(u"10.0.0.7"_s));
        QCOMPARE(options->network, u"none"_s);
        QCOMPARE(options->sharedMemoryBytes, 128 << 20);
        QCOMPARE(options->ulimits, (std::vector<engine::Ulimit>{{u"nofile"_s, 1024, 2048}}));
        QCOMPARE(options->cgroupParent, u"/builds"_s);
        QCOMPARE(options->contexts.size(), 2);
        QCOMPARE(options->secrets.size(), 2);
        QCOMPARE(options->secrets[1].typed, std::optional(QByteArray("s3cret")));
        QCOMPARE(options->cacheFrom[0].value(u"ref"), u"localhost:5000/c:1"_s);
        QCOMPARE(options->cacheTo[0].value(u"dest"), QString(folder.path() + u"/cache"_s));
        QCOMPARE(options->cacheTo[1].type, u"inline"_s);
        QCOMPARE(options->outputs[0].value(u"dest"), QString(folder.path() + u"/x.tar"_s));
        QCOMPARE(options->attestations.size(), 2);
        QCOMPARE(options->entitlements, QStringList{u"network.host"_s});
        QCOMPARE(options->sourceDateEpoch, std::optional<qint64>(0));
        QCOMPARE(app::labelsOf(settingsOfEverything({}).solve).value(u"a.b"_s), u"c"_s);
    }

    void nothingSetIsAPlainBuild()
    {
        QCOMPARE(*app::solveOptions(workspace::BuildSettings(), u"/"_s, {}), engine::SolveOptions());
        workspace::BuildSettings intoTheEngine;
        intoTheEngine.solve.outputs = {{u"image"_s, {}}};
        QCOMPARE(*app::solveOptions(intoTheEngine, u"/"_s, {}), engine::SolveOptions());
    }

    void whatLiesInFoldersIsAskedForAsBuildxWritesIt()
    {
        const QTemporaryDir folder;
        workspace::BuildSettings settings;
        auto &solve = settings.solve;
        solve.outputs = {{u"oci-folder"_s, u"image"_s}};
        solve.cacheFrom = {{u"local"_s, u"src=cache,tag=main"_s}};
        solve.cacheTo = {{u"local"_s, u"cache"_s}};
        solve.contexts = {{u"base"_s, u"oci-layout://layout:v1"_s}};
        const auto options = app::solveOptions(settings, folder.path(), {});
        QVERIFY2(options, options ? "" : qPrintable(options.error().text()));
        QCOMPARE(options->outputs[0].type, u"oci"_s);
        QCOMPARE(options->outputs[0].value(u"tar"), u"false"_s);
        QCOMPARE(options->outputs[0].value(u"dest"), folder.filePath(u"image"_s));
        QCOMPARE(options->cacheFrom[0].value(u"src"), folder.filePath(u"cache"_s));
        QCOMPARE(options->cacheFrom[0].value(u"tag"), u"main"_s);
        QCOMPARE(options->cacheTo[0].value(u"dest"), folder.filePath(u"cache"_s));
        QCOMPARE(options->contexts[0].value, QString(u"oci-layout://"_s + folder.filePath(u"layout:v1"_s)));
    }

    void aSecretThatWasNotTypedYetIsNamed()
    {
        workspace::BuildSettings settings;
        settings.solve.secrets = {{u"token"_s, From::Typed, {}}};
        const auto options = app::solveOptions(settings, u"/"_s, {});
        QVERIFY(!options);
        QVERIFY(options.error().message.contains(u"token"_s));
    }

    void aKeptVariantReadsAsTheSameBuildAndHoldsNoSecret()
    {
        const QTemporaryDir folder;
        const auto settings = settingsOfEverything(folder.path());
        const auto target = app::bakeTarget(u"all"_s, settings, u"."_s, u"Dockerfile"_s);
        QVERIFY(target);
        bake::BakeDocument document;
        document.setTarget(*target);
        const auto file = bake::evaluate({{u"docker-bake.json"_s, document.text()}}, folder.path());
        QVERIFY2(file, file ? "" : qPrintable(file.error().text()));
        const auto resolved = bake::resolve(*file, {u"all"_s}, {});
        QVERIFY2(resolved, resolved ? "" : qPrintable(resolved.error().text()));
        const auto read = resolved->targets.value(u"all"_s);
        QCOMPARE(read.tags, std::optional(QStringList{u"hello:all"_s}));
        QCOMPARE(read.arguments.value(u"V"_s), std::optional(u"${HOME} 1"_s)); // no variable of the file
        QCOMPARE(read.platforms, target->platforms);
        QCOMPARE(read.outputs, target->outputs);
        QCOMPARE(read.cacheTo, target->cacheTo);
        QCOMPARE(read.secrets, target->secrets);
        QCOMPARE(read.extraHosts, target->extraHosts);
    }

    void aTargetIsRenamedWhereverItIsNamed()
    {
        auto document = bake::BakeDocument::parse(
            uR"({"group":{"default":{"targets":["app","x"]}},"target":{"app":{},"x":{"inherits":["app"],)"
            uR"("contexts":{"base":"target:app"}}}})"_s,
            u"docker-bake.json"_s);
        QVERIFY(document);
        document->renameTarget(u"app"_s, u"web"_s);
        QVERIFY(!document->text().contains(u"app"_s));
        QCOMPARE(document->text().count(u"web"_s), 4);
    }

    void whatABuildWantsToBeAllowedIsFoundInTextAndOptions()
    {
        workspace::Workspace document;
        document.replaceDocument(u"FROM a AS b\nRUN --network=host x\nRUN --security=insecure y\n"
                                 "RUN --network=none z\n"_s);
        QCOMPARE(app::wantedEntitlements(document.snapshot()),
                 (QStringList{u"network.host"_s, u"security.insecure"_s}));
        document.replaceDocument(u"FROM a AS b\nRUN x\n"_s);
        QCOMPARE(app::wantedEntitlements(document.snapshot()), QStringList());
        auto settings = document.snapshot().settings;
        settings.solve.network = u"host"_s;
        document.setSettings(settings);
        QCOMPARE(app::wantedEntitlements(document.snapshot()), QStringList{u"network.host"_s});
    }
};

QTEST_GUILESS_MAIN(TestTargetSettings)
#include "tst_targetsettings.moc"
