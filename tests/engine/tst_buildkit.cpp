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

/// What a build by BuildKit's own protocol can do beside a plain one, on an engine that is really there.
class TestBuildKit : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { takeEngine(&engine::BuildAbilities::session); }
    void cleanupTestCase() { m_engine.reset(); }

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
};

QTEST_GUILESS_MAIN(TestBuildKit)
#include "tst_buildkit.moc"
