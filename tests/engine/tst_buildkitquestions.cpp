// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitclient.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What BuildKit tells beside a build, on an engine that is really there: workers, cache, history, and what
/// its frontend says of a Dockerfile.
class TestBuildKitQuestions : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine(&engine::BuildAbilities::session);
        if (QTest::currentTestResolved())
            return;
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
    static engine::BuildRequest requestFor(const QByteArray &dockerfile)
    {
        engine::BuildRequest request;
        request.dockerfile = dockerfile;
        return request;
    }

    std::unique_ptr<engine::BuildKitClient> m_buildKit;
};

QTEST_GUILESS_MAIN(TestBuildKitQuestions)
#include "tst_buildkitquestions.moc"
