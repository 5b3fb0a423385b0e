// SPDX-License-Identifier: Apache-2.0
#include "fakebuildkit.h"
#include "faultyengine.h"

#include "engine/buildkit/buildkitclient.h"
#include "engine/buildkit/entitlementquestion.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using State = engine::BuildStep::State;

/// What a BuildKit that breaks does to a build, and what a real one cannot be asked to do.
class TestBuildKitFaults : public FaultyEngine
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        start();
        m_buildKit = std::make_unique<FakeBuildKit>(*m_fake);
    }
    void cleanup()
    {
        m_buildKit.reset();
        stop();
    }

    void aBuildGoesThroughAndTheConnectionIsKept()
    {
        QVERIFY(connectNow());
        for (int i = 0; i < 3; ++i) {
            BuildRun run(m_client, requestFor());
            QVERIFY(run.wait(5s));
            QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
            QCOMPARE(run.outcome->imageId, u"sha256:77"_s);
            QVERIFY(run.step(u"RUN x"_s));
        }
        QCOMPARE(m_buildKit->connections, 1);
        QVERIFY(!m_fake->wasAsked("POST /v1.45/build"));
    }

    void aBuildGoesThroughInSingleBytes()
    {
        QVERIFY(connectNow());
        m_buildKit->inSingleBytes = true;
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
    }

    void aConnectionThatClosesAtAnyByteEndsTheBuildOnce()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true}); // the way that remains
        qsizetype most = 0;
        {
            BuildRun run(m_client, requestFor());
            QVERIFY(run.wait(5s));
            most = m_buildKit->written;
        }
        QVERIFY(most > 100);
        m_buildKit->hangUp();
        for (qsizetype length = 0; length < most; ++length) {
            m_buildKit->dieAfter = length;
            BuildRun run(m_client, requestFor());
            QVERIFY2(run.wait(5s), qPrintable(QString::number(length)));
            if (run.outcome->error) {
                QCOMPARE(run.outcome->error->kind, Error::Kind::Unreachable);
                QVERIFY(!run.outcome->error->hint.isEmpty());
            }
            QCOMPARE(run.timesFinished, 1);
            for (const engine::BuildStep &step : run.steps)
                QVERIFY2(!run.outcome->error || step.state != State::Running, qPrintable(step.name));
        }
        m_buildKit->dieAfter = -1;
        BuildRun next(m_client, requestFor());
        QVERIFY(next.wait(5s));
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
        QCOMPARE(next.outcome->imageId, u"sha256:77"_s);
    }

    void whatIsNoBuildKitLeavesTheClassicWay_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("after");
        const QByteArray upgraded = "HTTP/1.1 101 UPGRADED\r\n\r\n";
        QTest::newRow("404") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                             << QByteArray("-");
        QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << QByteArray("-");
        QTest::newRow("an upgrade to nothing") << upgraded << QByteArray("<html>not what you think</html>");
        QTest::newRow("an endless head") << QByteArray(100'000, 'x') << QByteArray("-");
    }
    void whatIsNoBuildKitLeavesTheClassicWay()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, after);
        QVERIFY(connectNow());
        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true});
        m_buildKit->answer = answer;
        m_buildKit->afterAnswer = after;
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(run.outcome->imageId, u"sha256:12"_s);

        // What only a session can do is refused, and not passed over.
        engine::BuildRequest secret = requestFor();
        secret.options.secrets = {{.id = u"token"_s, .typed = "x"}};
        BuildRun refused(m_client, secret);
        QVERIFY(refused.wait(5s));
        QVERIFY(refused.outcome->error);
        QCOMPARE(refused.outcome->error->kind, Error::Kind::Unsupported);
    }

    void aBuildThatHangsIsCancelledAndTheEngineIsTold()
    {
        QVERIFY(connectNow());
        m_buildKit->control->solveEnd = FakeControl::End::Hang;
        BuildRun run(m_client, requestFor());
        QTRY_VERIFY(run.step(u"RUN x"_s));
        QVERIFY(!run.wait(500ms));
        run.job.cancel();
        QVERIFY(run.wait(1s));
        QCOMPARE(run.outcome->error->kind, Error::Kind::Cancelled);
        QTRY_COMPARE(m_buildKit->control->gone.value("Solve"), 1);
        QTRY_COMPARE(m_buildKit->control->gone.value("Session"), 1);
    }

    void anEngineThatDiesInMidBuildIsToldAndTheNextOneIsUsed()
    {
        QVERIFY(connectNow());
        m_buildKit->control->solveEnd = FakeControl::End::Hang;
        BuildRun run(m_client, requestFor());
        QTRY_VERIFY(run.step(u"RUN x"_s));
        m_buildKit->hangUp();
        QVERIFY(run.wait(5s));
        QCOMPARE(run.outcome->error->kind, Error::Kind::Unreachable);
        QVERIFY(run.step(u"RUN x"_s)->state != State::Running);
        m_buildKit->control->solveEnd = FakeControl::End::Answer;
        BuildRun next(m_client, requestFor());
        QVERIFY(next.wait(5s));
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
        QCOMPARE(m_buildKit->connections, 2);
    }

    void aConnectionThatIsLostBetweenQuestionsIsOpenedAgain()
    {
        m_buildKit->control->solveEnd = FakeControl::End::Hang;
        const auto remote = std::make_shared<engine::Remote>(
            engine::BuildKitAddress{.endpoint = *engine::parseHost(m_fake->url(), {})}, true);
        std::optional<QStringList> refused;
        const engine::EntitlementQuestion question(remote, {u"first"_s, u"second"_s},
                                                   [&refused](const QStringList &it) { refused = it; });
        QTRY_COMPARE(m_buildKit->control->asked.value("Solve"), 1);
        m_buildKit->control->solveEnd = FakeControl::End::Answer;
        m_buildKit->control->solveStatus = {.code = engine::GrpcCode::Unknown,
                                            .message = u"second is not allowed"_s};
        m_buildKit->hangUp();
        QTRY_VERIFY(refused);
        QCOMPARE(*refused, QStringList{u"second"_s});
        QCOMPARE(m_buildKit->connections, 2);
    }

    void aFailureNamesItsRowAndItsStep()
    {
        QVERIFY(connectNow());
        stageloom::control::RpcStatus details;
        auto *source = details.add_details();
        source->set_type_url("github.com/moby/buildkit/errdefs.Source+json");
        source->set_value(
            R"({"info":{"filename":"Dockerfile"},"ranges":[{"start":{"line":2},"end":{"line":2}}]})");
        auto *vertex = details.add_details();
        vertex->set_type_url("github.com/moby/buildkit/errdefs.Vertex+json");
        vertex->set_value(R"({"digest":"sha256:d"})");
        auto *rubbish = details.add_details();
        rubbish->set_type_url("errdefs.Source+json");
        rubbish->set_value("{\x01");
        m_buildKit->control->solveStatus = {
            .code = engine::GrpcCode::Unknown,
            .message = u"process \"/bin/sh -c x\" did not complete successfully: exit code: 9"_s,
            .details = QByteArray::fromStdString(details.SerializeAsString())};
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QCOMPARE(run.outcome->errorRow, 2);
        QCOMPARE(run.outcome->failedStep, u"sha256:d"_s);
        QVERIFY2(run.error().contains("exit code 9"_L1), qPrintable(run.error()));
        QCOMPARE(run.outcome->error->where, u"Dockerfile:2"_s);
    }

    void anAnswerThatCannotBeReadIsAnError()
    {
        QVERIFY(connectNow());
        m_buildKit->control->diskUsage = "\xff\xff\xff not protobuf";
        engine::BuildKitClient client(m_client);
        const auto records =
            await<std::vector<engine::CacheRecord>>([&client](auto answer) { client.diskUsage(answer); }, 5s);
        QVERIFY(!records);
        QCOMPARE(records.error().kind, Error::Kind::Malformed);

        m_buildKit->control->solveAnswer = "\xff\xff rubbish"; // the build succeeded, whatever it said
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QVERIFY(run.outcome->imageId.isEmpty());
    }

    void noSecretIsInWhatABuildTells()
    {
        QVERIFY(connectNow());
        m_buildKit->control->solveStatus = {.code = engine::GrpcCode::Unknown,
                                            .message = u"secret token: not found"_s};
        engine::BuildRequest request = requestFor();
        request.options.secrets = {{.id = u"other"_s, .typed = "planted-7f3a"}};
        BuildRun run(m_client, request);
        QVERIFY(run.wait(5s));
        QVERIFY(run.outcome->error);
        QVERIFY(!run.error().contains("planted-7f3a"_L1));
        QVERIFY(!run.outcome->error->detail.contains("planted-7f3a"_L1));
        QVERIFY(!run.outcome->error->hint.isEmpty());
    }

private:
    std::unique_ptr<FakeBuildKit> m_buildKit;
};

QTEST_GUILESS_MAIN(TestBuildKitFaults)
#include "tst_buildkitfaults.moc"
