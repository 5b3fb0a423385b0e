// SPDX-License-Identifier: Apache-2.0
// The flags of `stageloom build` and the targets of a bake file end in the same options.
#include "build/bakebuild.h"
#include "build/bakeoptions.h"

#include "bake/resolve.h"
#include "commandline/buildflags.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

base::Result<app::BuildInput> flags(const QStringList &words)
{
    const app::Console console(u"build"_s);
    app::Arguments options(u"build"_s, {});
    options.positional(u"FOLDER"_s, {});
    app::declareBuildFlags(options);
    if (options.parse(words, console, 0, 1))
        return std::unexpected(base::Error{.message = u"usage"_s});
    const auto target = app::targetFromFlags(options);
    if (!target)
        return std::unexpected(target.error());
    app::BuildInput input;
    input.snapshot.settings = app::settingsOf(*target);
    if (const auto done = app::applyFlags(*target, options, input); !done)
        return std::unexpected(done.error());
    return input;
}

QString problemOf(const QStringList &words)
{
    const auto input = flags(words);
    return input ? QString() : input.error().text();
}

}

class tst_BuildFlags : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFlagReachesTheRequest();
    void onePlatformIsASettingAndSeveralAreAnOption();
    void pushAloneIsTheEnginesAndBesideOutputsAnAttribute();
    void aWrongValueNamesTheFlagAndTheMend_data();
    void aWrongValueNamesTheFlagAndTheMend();
    void theValueOfASecretIsNeverShown();
    void aBakeTargetBecomesTheSameBuild();
    void whatABakeTargetLacksIsNamed();
};

void tst_BuildFlags::everyFlagReachesTheRequest()
{
    QTemporaryDir folder;
    QFile key(folder.filePath(u"key"_s));
    QVERIFY(key.open(QIODevice::WriteOnly));
    const QString here = folder.path();
    const auto input = flags({u"--secret"_s,
                              u"id=k,src="_s + key.fileName(),
                              u"--ssh"_s,
                              u"m="_s + key.fileName(),
                              u"-o"_s,
                              u"type=local,dest=out"_s,
                              u"--cache-from"_s,
                              u"a:b,c:d"_s,
                              u"--cache-to"_s,
                              u"type=local,dest=/cache"_s,
                              u"--no-cache-filter"_s,
                              u"x,y"_s,
                              u"--build-context"_s,
                              u"b="_s + here,
                              u"--attest"_s,
                              u"type=provenance,mode=max"_s,
                              u"--sbom"_s,
                              u"true"_s,
                              u"--allow"_s,
                              u"network.host"_s,
                              u"--add-host"_s,
                              u"h:1.2.3.4"_s,
                              u"--add-host"_s,
                              u"g=host-gateway"_s,
                              u"--network"_s,
                              u"host"_s,
                              u"--shm-size"_s,
                              u"1g"_s,
                              u"--ulimit"_s,
                              u"nofile=1:2"_s,
                              u"--cgroup-parent"_s,
                              u"/c"_s,
                              u"--label"_s,
                              u"l=v"_s,
                              u"-t"_s,
                              u"one:1"_s,
                              u"--tag"_s,
                              u"two"_s,
                              u"--build-arg"_s,
                              u"A=b=c"_s,
                              u"--annotation"_s,
                              u"index:n=v"_s,
                              u"--target"_s,
                              u"last"_s});
    QVERIFY2(input, input ? "" : qUtf8Printable(input.error().text()));
    const auto &options = input->options;
    QCOMPARE(options.secrets.front(),
             (engine::SecretSource{.id = u"k"_s, .file = key.fileName(), .environment = {}, .typed = {}}));
    QCOMPARE(options.ssh.front().keys, QStringList{key.fileName()});
    QCOMPARE(options.outputs.front().value(u"dest"), QDir::current().absoluteFilePath(u"out"_s));
    QCOMPARE(options.outputs.front().value(u"annotation-index.n"), u"v"_s);
    QCOMPARE(options.cacheFrom.size(), 2u);
    QCOMPARE(options.cacheTo.front().value(u"dest"), u"/cache"_s);
    QCOMPARE(options.noCacheStages, QStringList({u"x"_s, u"y"_s}));
    QCOMPARE(options.contexts.front(), (engine::NamedContext{u"b"_s, here}));
    QCOMPARE(options.attestations.size(), 2u);
    QCOMPARE(options.entitlements, QStringList{u"network.host"_s});
    QCOMPARE(options.addHosts, QStringList({u"g=host-gateway"_s, u"h=1.2.3.4"_s}));
    QCOMPARE(options.network, u"host"_s);
    QCOMPARE(options.sharedMemoryBytes, 1'073'741'824);
    QCOMPARE(options.ulimits.front(), (engine::Ulimit{u"nofile"_s, 1, 2}));
    QCOMPARE(options.cgroupParent, u"/c"_s);
    QCOMPARE(input->labels.value(u"l"_s), u"v"_s);
    QCOMPARE(input->tags, QStringList({u"one:1"_s, u"two"_s}));
    QCOMPARE(input->snapshot.settings.buildArgs.value(u"A"_s), u"b=c"_s);
    QCOMPARE(input->snapshot.settings.target, u"last"_s);
    QVERIFY(!app::isKeptByEngine(options));
}

void tst_BuildFlags::onePlatformIsASettingAndSeveralAreAnOption()
{
    const auto one = flags({u"--platform"_s, u"linux/arm64"_s});
    QVERIFY(one && one->snapshot.settings.platform == u"linux/arm64"_s);
    const auto two = flags({u"--platform"_s, u"linux/amd64,linux/arm/v7"_s});
    QVERIFY(two && two->snapshot.settings.platform.isEmpty());
    QCOMPARE(two->options.platforms, QStringList({u"linux/amd64"_s, u"linux/arm/v7"_s}));
}

void tst_BuildFlags::pushAloneIsTheEnginesAndBesideOutputsAnAttribute()
{
    const auto alone = flags({u"--push"_s, u"-t"_s, u"a:b"_s});
    QVERIFY(alone && alone->options.push && alone->options.outputs.empty());
    const auto beside = flags({u"--push"_s, u"-t"_s, u"a:b"_s, u"-o"_s, u"type=image"_s});
    QVERIFY(beside && !beside->options.push);
    QCOMPARE(beside->options.outputs.front().value(u"push"), u"true"_s);
    const auto loaded = flags({u"--load"_s, u"-o"_s, u"type=registry"_s});
    QVERIFY(loaded);
    QCOMPARE(loaded->options.outputs.back().type, u"docker"_s);
}

void tst_BuildFlags::aWrongValueNamesTheFlagAndTheMend_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const QString &flag, const QString &value) {
        QTest::addRow("%s %s", qUtf8Printable(flag), qUtf8Printable(value)) << QStringList{flag, value};
    };
    row(u"--secret"_s, u"id=x,src=/none/there"_s);
    row(u"--secret"_s, u"id=x,env=STAGELOOM_NOT_SET"_s);
    row(u"--secret"_s, u"id=x,sauce=y"_s);
    row(u"--ssh"_s, u"k=/none/there"_s);
    row(u"--platform"_s, u"amd64 please"_s);
    row(u"--output"_s, u"dest=x,mode=y"_s);
    row(u"--output"_s, u"type=local"_s);
    row(u"--output"_s, u"type=zip,dest=x"_s);
    row(u"--output"_s, u"type=oci,tar=false,dest=-"_s);
    row(u"--output"_s, u"type=docker,tar=false"_s);
    row(u"--cache-from"_s, u"type=local,dest=x"_s);
    row(u"--cache-from"_s, u"src=x"_s);
    row(u"--cache-to"_s, u"type=local"_s);
    row(u"--build-context"_s, u"name"_s);
    row(u"--build-context"_s, u"name=/none/there"_s);
    row(u"--attest"_s, u"mode=max"_s);
    row(u"--allow"_s, u"everything"_s);
    row(u"--add-host"_s, u"name"_s);
    row(u"--add-host"_s, u"name:there"_s);
    row(u"--network"_s, u"bridge0"_s);
    row(u"--shm-size"_s, u"big"_s);
    row(u"--ulimit"_s, u"nofile"_s);
    row(u"--annotation"_s, u"none"_s);
    row(u"--label"_s, u"=x"_s);
}

void tst_BuildFlags::aWrongValueNamesTheFlagAndTheMend()
{
    QFETCH(QStringList, words);
    const auto input = flags(words);
    QVERIFY(!input);
    QVERIFY2(input.error().text().contains(words.constFirst()), qUtf8Printable(input.error().text()));
    QVERIFY2(!input.error().hint.isEmpty(), qUtf8Printable(input.error().text()));
}

void tst_BuildFlags::theValueOfASecretIsNeverShown()
{
    qputenv("STAGELOOM_SECRET", "hunter2");
    QVERIFY(problemOf({u"--secret"_s, u"id=x,env=STAGELOOM_SECRET"_s}).isEmpty());
    QVERIFY(!problemOf({u"--secret"_s, u"id=x,value=hunter2"_s}).contains(u"hunter2"));
    const auto input = flags({u"--secret"_s, u"id=STAGELOOM_SECRET"_s}); // the id names the variable
    QVERIFY(input);
    QCOMPARE(input->options.secrets.front().environment, u"STAGELOOM_SECRET"_s);
    QVERIFY(!input->options.secrets.front().typed);
}

void tst_BuildFlags::aBakeTargetBecomesTheSameBuild()
{
    QTemporaryDir folder;
    QFile dockerfile(folder.filePath(u"app.Dockerfile"_s));
    QVERIFY(dockerfile.open(QIODevice::WriteOnly) &&
            dockerfile.write("FROM scratch AS a\nFROM scratch AS b\n") > 0);
    dockerfile.close();
    const QString hcl =
        u"target \"default\" {\n dockerfile = \"app.Dockerfile\"\n target = \"a\"\n tags = [\"x:1\"]\n"
        " args = { A = \"1\" }\n platforms = [\"linux/arm64\"]\n output = [\"out\"]\n no-cache = true\n}\n"_s;
    const auto file = bake::evaluate({{u"docker-bake.hcl"_s, hcl}}, folder.path(), {});
    QVERIFY(file);
    const auto resolved = bake::resolve(*file, {}, {});
    QVERIFY(resolved);
    const auto input = app::buildInput(resolved->targets.first(), folder.path());
    QVERIFY2(input, input ? "" : qUtf8Printable(input.error().text()));
    QCOMPARE(input->dockerfilePath, QFileInfo(dockerfile).canonicalFilePath());
    QCOMPARE(input->snapshot.settings.target, u"a"_s);
    QCOMPARE(input->snapshot.settings.platform, u"linux/arm64"_s);
    QVERIFY(input->snapshot.settings.noCache);
    QCOMPARE(input->tags, QStringList{u"x:1"_s});
    QCOMPARE(input->options.outputs.front().value(u"dest"), QDir(folder.path()).filePath(u"out"_s));
}

void tst_BuildFlags::whatABakeTargetLacksIsNamed()
{
    QTemporaryDir folder;
    bake::Target target{.name = u"app"_s};
    const auto problem = [&] {
        const auto input = app::buildInput(target, folder.path());
        return input ? QString() : input.error().text();
    };
    target.context = u"none"_s;
    QVERIFY2(problem().contains(u"target \"app\"") && problem().contains(u"/none"),
             qUtf8Printable(problem()));
    target.context = u"https://example.com/x.git"_s;
    QVERIFY(problem().contains(u"context"));
    target.context = u"."_s;
    target.dockerfileInline = u"FROM scratch AS a\n"_s;
    target.target = u"b"_s;
    QVERIFY2(problem().contains(u"\"b\"") && problem().contains(u"There are: a"), qUtf8Printable(problem()));
    target.target = u"a"_s;
    QCOMPARE(problem(), QString());
    target.call = u"check"_s;
    QVERIFY(problem().contains(u"check"));
}

QTEST_GUILESS_MAIN(tst_BuildFlags)
#include "tst_buildflags.moc"
