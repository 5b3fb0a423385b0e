// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitclient.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = engine::BuildStep::State;

/// What BuildKit's own protocol can do beside a plain build, on an engine that is really there.
class TestBuildKit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!RealEngine::isThere())
            QSKIP(RealEngine::whyNot);
        m_engine = std::make_unique<RealEngine>();
        QVERIFY2(m_engine->client, qPrintable(m_engine->problem));
        m_can = engine::abilities(*m_engine->client->info());
        if (!m_can.session.can)
            QSKIP(qPrintable(m_can.session.reason));
        m_buildKit = std::make_unique<engine::BuildKitClient>(m_engine->client);
    }
    void cleanupTestCase()
    {
        m_buildKit.reset();
        m_engine.reset();
    }

    void aWorkerNamesItsPlatforms()
    {
        const auto workers = await<std::vector<engine::BuildKitWorker>>(
            [this](auto answer) { m_buildKit->listWorkers(answer); });
        QVERIFY2(workers, qPrintable(workers ? QString() : workers.error().text()));
        QCOMPARE(workers->size(), 1U);
        const auto &worker = workers->front();
        QVERIFY(worker.platforms.contains(u"linux/" + m_engine->client->info()->architecture));
        QVERIFY(worker.isInsideEngine);
        QCOMPARE(worker.hasImageStore, m_engine->client->info()->containerdStore);
        QCOMPARE(m_can.hostGateway.can, !worker.hostGatewayIp.isEmpty());
    }

    void aSecretIsThereInItsStepAndNowhereElse()
    {
        engine::BuildRequest request = requestFor("FROM alpine\n"
                                                  "RUN --mount=type=secret,id=token sh -c 'wc -c < "
                                                  "/run/secrets/token'\n");
        request.noCache = true;
        request.options.secrets = {{.id = u"token"_s, .typed = "planted-7f3a"}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.log.contains("12"_L1), qPrintable(run.log));
        QVERIFY(!run.log.contains("planted-7f3a"_L1));
    }

    void aMissingSecretIsNamedWithWhatToDo()
    {
        engine::BuildRequest request = requestFor(
            "FROM alpine\nRUN --mount=type=secret,id=token,required=true cat /run/secrets/token\n");
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QVERIFY2(run.error().contains("token"_L1), qPrintable(run.error()));
        QVERIFY2(!run.outcome->error->hint.isEmpty(), qPrintable(run.error()));
        QVERIFY(!run.error().contains("rpc error"_L1));
    }

    void aFailingStepIsTiedToItsRow()
    {
        BuildRun run(m_engine->client, requestFor("FROM alpine\n# a comment\nRUN echo why; exit 3\n"));
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QVERIFY2(run.error().contains("exit code 3"_L1), qPrintable(run.error()));
        QCOMPARE(run.outcome->error->detail, u"why"_s);
        if (m_can.namedContexts.can) // Engine 23: since then failures carry their place
            QCOMPARE(run.outcome->errorRow, 3);
    }

    void outputsComeAsFoldersAndArchives()
    {
        QTemporaryDir folder;
        engine::BuildRequest request =
            requestFor("FROM alpine AS made\nRUN mkdir /out && echo hello > /out/a "
                       "&& ln -s a /out/b\nFROM scratch\nCOPY --from=made /out /\n");
        request.options.outputs = {
            {.type = u"local"_s, .attributes = {{u"dest"_s, folder.filePath(u"files"_s)}}}};
        BuildRun local(m_engine->client, request);
        QVERIFY(local.wait());
        QVERIFY2(local.outcome->succeeded(), qPrintable(local.error()));
        QVERIFY(local.outcome->imageId.isEmpty());
        QCOMPARE(read(folder.filePath(u"files/a"_s)), "hello\n");
        QCOMPARE(QFileInfo(folder.filePath(u"files/b"_s)).readSymLink(), u"a"_s);

        request.options.outputs = {
            {.type = u"tar"_s, .attributes = {{u"dest"_s, folder.filePath(u"x.tar"_s)}}}};
        BuildRun tar(m_engine->client, request);
        QVERIFY(tar.wait());
        QVERIFY2(tar.outcome->succeeded(), qPrintable(tar.error()));
        QCOMPARE(read(folder.filePath(u"x.tar"_s)).mid(257, 5), "ustar");
    }

    void anArchiveOfTheImageIsWrittenOrRefusedWithTheMend()
    {
        QTemporaryDir folder;
        engine::BuildRequest request = requestFor("FROM alpine\n");
        request.tags = {u"stageloom-test/archive:v1"_s};
        request.options.outputs = {
            {.type = u"oci"_s, .attributes = {{u"dest"_s, folder.filePath(u"x.tar"_s)}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        if (m_can.archiveOutput.can) {
            QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
            QVERIFY(read(folder.filePath(u"x.tar"_s)).contains("oci-layout"));
        } else {
            QCOMPARE(run.outcome->error->kind, base::Error::Kind::Unsupported);
            QVERIFY(!run.outcome->error->hint.isEmpty());
            QVERIFY(run.steps.empty()); // before anything was asked
        }
    }

    void severalPlatformsAreBuiltOrRefusedWithTheMend()
    {
        engine::BuildRequest request = requestFor("FROM scratch\nCOPY . /\n");
        QTemporaryDir folder;
        write(folder.filePath(u"a"_s), "a");
        request.contextFolder = folder.path();
        request.tags = {u"stageloom-test/platforms:v1"_s};
        request.options.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QCOMPARE(run.outcome->succeeded(), m_can.severalPlatforms.can);
        // Both platforms share this step, and it bears the name of one of them.
        if (run.outcome->succeeded())
            QVERIFY(std::ranges::any_of(run.steps, [](const auto &it) { return !it.platform.isEmpty(); }));
        else
            QCOMPARE(run.outcome->error->kind, base::Error::Kind::Unsupported);
    }

    void aNamedContextStandsInForAnImage()
    {
        if (!m_can.namedContexts.can)
            QSKIP(qPrintable(m_can.namedContexts.reason));
        QTemporaryDir folder;
        write(folder.filePath(u"b"_s), "from the other folder");
        engine::BuildRequest request = requestFor("FROM alpine\nCOPY --from=other b /b\nRUN cat /b\n");
        request.noCache = true;
        request.options.contexts = {{.name = u"other"_s, .value = folder.path()}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY(run.log.contains("from the other folder"_L1));
    }

    void hostsReachTheStep()
    {
        engine::BuildRequest request = requestFor("FROM alpine\nRUN cat /etc/hosts\n");
        request.noCache = true;
        request.options.addHosts = {u"here.example:10.1.2.3"_s};
        if (m_can.hostGateway.can)
            request.options.addHosts += u"up.example=host-gateway"_s;
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.log.contains(QRegularExpression(u"10\\.1\\.2\\.3\\s+here\\.example"_s)),
                 qPrintable(run.log));
        QCOMPARE(run.log.contains("up.example"_L1), m_can.hostGateway.can);
    }

    void onlyTheNamedStagesAreBuiltAnew()
    {
        engine::BuildRequest request =
            requestFor("FROM alpine AS one\nRUN echo one > /one\nFROM alpine AS two\nRUN echo two > /two\n"
                       "FROM scratch\nCOPY --from=one /one /\nCOPY --from=two /two /\n");
        BuildRun(m_engine->client, request).wait();
        request.options.noCacheStages = {u"two"_s};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(run.step(u"RUN echo one"_s)->state, State::Cached);
        QCOMPARE(run.step(u"RUN echo two"_s)->state, State::Done);
    }

    void severalBuildsShareTheConnection()
    {
        std::vector<std::unique_ptr<BuildRun>> runs;
        for (int i = 0; i < 4; ++i) {
            engine::BuildRequest request =
                requestFor("FROM alpine\nRUN echo build " + QByteArray::number(i) + "\n");
            request.noCache = true;
            runs.push_back(std::make_unique<BuildRun>(m_engine->client, request));
        }
        for (int i = 0; i < 4; ++i) {
            QVERIFY(runs[i]->wait());
            QVERIFY2(runs[i]->outcome->succeeded(), qPrintable(runs[i]->error()));
            QVERIFY(runs[i]->log.contains(QString(u"build "_s + QString::number(i))));
        }
    }

    void oneOfSeveralIsCancelledAlone()
    {
        engine::BuildRequest sleeps = requestFor("FROM alpine\nRUN echo begun && sleep 600\n");
        sleeps.noCache = true;
        BuildRun first(m_engine->client, sleeps);
        QTRY_VERIFY_WITH_TIMEOUT(first.log.contains("begun"_L1), 20s);
        engine::BuildRequest other = requestFor("FROM alpine\nRUN sleep 1 && echo other\n");
        other.noCache = true;
        BuildRun second(m_engine->client, other);
        QElapsedTimer clock;
        clock.start();
        first.job.cancel();
        QVERIFY(first.wait(1s));
        QVERIFY(clock.elapsed() < 1000);
        QVERIFY(second.wait());
        QVERIFY2(second.outcome->succeeded(), qPrintable(second.error()));
    }

    void healthIsAnsweredWhileTheAskingThreadIsBusy()
    {
        engine::BuildRequest request = requestFor("FROM alpine\nRUN sleep 14 && echo alive\n");
        request.noCache = true;
        BuildRun run(m_engine->client, request);
        QTRY_VERIFY_WITH_TIMEOUT(run.step(u"RUN sleep"_s), 20s);
        QThread::sleep(13s); // 20.10 gives up after 10 s without an answer
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY(run.log.contains("alive"_L1));
    }

    void theFrontendIsAskedAboutADockerfile()
    {
        const engine::BuildRequest request = requestFor("# the first\nFROM alpine AS first\n"
                                                        "ARG WORD=x\nFROM first AS second\nrun true\n");
        const auto names = await<QStringList>([&](auto answer) { m_buildKit->describe(request, answer); });
        QVERIFY2(names, qPrintable(names ? QString() : names.error().text()));
        QVERIFY(names->contains("frontend.subrequests.describe"_L1));

        const auto targets = await<std::vector<engine::DockerfileTarget>>(
            [&](auto answer) { m_buildKit->targets(request, answer); });
        QCOMPARE(targets.has_value(), m_can.outline.can);
        if (targets) {
            QCOMPARE(targets->size(), 2U);
            QCOMPARE(targets->front().name, u"first"_s);
            QVERIFY(targets->back().isDefault);
            QCOMPARE(targets->front().rows.first, 2);
        } else {
            QCOMPARE(targets.error().kind, base::Error::Kind::Unsupported);
        }
        const auto outline =
            await<engine::DockerfileOutline>([&](auto answer) { m_buildKit->outline(request, answer); });
        QCOMPARE(outline.has_value(), m_can.outline.can);

        const auto checks =
            await<engine::DockerfileChecks>([&](auto answer) { m_buildKit->check(request, answer); });
        QCOMPARE(checks.has_value(), m_can.checks.can);
        if (checks) {
            QVERIFY(!checks->warnings.empty());
            QCOMPARE(checks->warnings.front().rule, u"ConsistentInstructionCasing"_s);
            QCOMPARE(checks->warnings.front().rows.first, 5);
        } else {
            QVERIFY2(checks.error().hint.contains("docker/dockerfile"_L1), qPrintable(checks.error().text()));
        }
    }

    void theCacheIsListedAndPruned()
    {
        engine::BuildRequest request =
            requestFor("FROM alpine\nRUN --mount=type=cache,target=/stageloom-test "
                       "echo x > /stageloom-test/x\n");
        request.noCache = true;
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto before =
            await<std::vector<engine::CacheRecord>>([this](auto answer) { m_buildKit->diskUsage(answer); });
        QVERIFY(before);
        const auto isOurs = [](const engine::CacheRecord &it) {
            return it.type == "exec.cachemount"_L1 && it.description.contains("/stageloom-test"_L1);
        };
        const auto ours = std::ranges::find_if(*before, isOurs);
        QVERIFY(ours != before->end());
        QVERIFY(ours->isReclaimable());
        QVERIFY(ours->created.isValid());

        int heard = 0;
        const auto freed = await<std::vector<engine::CacheRecord>>([&](auto answer) {
            m_buildKit->prune(
                {.all = true, .filters = {QString(u"id=="_s + ours->id)}},
                [&heard](const auto &) { ++heard; }, answer);
        });
        QVERIFY2(freed, qPrintable(freed ? QString() : freed.error().text()));
        QCOMPARE(freed->size(), 1U);
        QCOMPARE(heard, 1);
        QCOMPARE(freed->front().id, ours->id);
    }

    void theHistoryKnowsTheLastBuild()
    {
        engine::BuildRequest request = requestFor("FROM alpine\nARG MARK\nRUN echo $MARK\n");
        request.buildArgs = {{u"MARK"_s, u"history"_s}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        const auto builds =
            await<std::vector<engine::EngineBuild>>([this](auto answer) { m_buildKit->history(answer); });
        QCOMPARE(builds.has_value(), m_can.history.can);
        if (!builds) {
            QCOMPARE(builds.error().kind, base::Error::Kind::Unsupported);
            return;
        }
        const auto ours = std::ranges::find_if(*builds, [](const engine::EngineBuild &it) {
            return it.options.value(u"build-arg:MARK"_s) == "history"_L1;
        });
        QVERIFY(ours != builds->end());
        QCOMPARE(ours->state, engine::EngineBuild::State::Succeeded);
        if (!ours->imageDigest.isEmpty()) // the old image store tells the history nothing of it
            QCOMPARE(ours->imageDigest, run.outcome->imageId);
        QVERIFY(ours->steps > 0);
        QVERIFY(ours->started <= ours->completed);
        const auto gone = await<void>([&](auto answer) { m_buildKit->forgetBuild(ours->ref, answer); });
        QVERIFY2(gone, qPrintable(gone ? QString() : gone.error().text()));
    }

    void aBuildKitOfItsOwnBuildsAndTheEngineLoads()
    {
        const QString url = qEnvironmentVariable("STAGELOOM_TEST_BUILDKITD");
        if (url.isEmpty())
            QSKIP("STAGELOOM_TEST_BUILDKITD names no buildkitd");
        const engine::BuildKitAddress builder{.endpoint = *engine::parseHost(url, {})};
        engine::BuildKitClient client(builder);
        const auto workers =
            await<std::vector<engine::BuildKitWorker>>([&](auto answer) { client.listWorkers(answer); });
        QVERIFY2(workers, qPrintable(workers ? QString() : workers.error().text()));

        engine::BuildRequest request = requestFor("FROM scratch\nCOPY a /\n");
        QTemporaryDir folder;
        write(folder.filePath(u"a"_s), "built elsewhere");
        request.contextFolder = folder.path();
        request.tags = {u"stageloom-test/elsewhere:v1"_s};
        BuildRun run(m_engine->client, builder, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto there =
            await<bool>([&](auto answer) { m_engine->client->imageExists(request.tags.front(), answer); });
        QVERIFY(there && *there);
        const auto byId =
            await<bool>([&](auto answer) { m_engine->client->imageExists(run.outcome->imageId, answer); });
        QVERIFY(byId && *byId);
    }

    void aQuestionThatIsCancelledIsNotAnswered()
    {
        int answers = 0;
        const auto cancel = m_buildKit->diskUsage([&answers](const auto &) { ++answers; });
        cancel();
        QTest::qWait(200);
        QCOMPARE(answers, 0);
        { // and dies with its client
            engine::BuildKitClient client(m_engine->client);
            client.listWorkers([&answers](const auto &) { ++answers; });
            client.followHistory([](const auto &, bool) {}, [&answers](const auto &) { ++answers; });
        }
        QTest::qWait(200);
        QCOMPARE(answers, 0);
    }

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }
    static engine::BuildRequest requestFor(const QByteArray &dockerfile)
    {
        engine::BuildRequest request;
        request.dockerfile = dockerfile;
        return request;
    }

    std::unique_ptr<RealEngine> m_engine;
    engine::BuildAbilities m_can;
    std::unique_ptr<engine::BuildKitClient> m_buildKit;
};

QTEST_GUILESS_MAIN(TestBuildKit)
#include "tst_buildkit.moc"
