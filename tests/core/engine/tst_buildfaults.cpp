// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/silencewatch.h"
#include "faultyengine.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using End = FakeAnswer::End;
using State = engine::BuildStep::State;

/// Builds that break, and what a real daemon cannot be asked for in one.
class TestBuildFaults : public FaultyEngine
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void buildsThatBreakEndOnceWithASentence_data()
    {
        QTest::addColumn<FakeAnswer>("answer");
        QTest::addColumn<QString>("part");
        QTest::newRow("no answer at all") << FakeAnswer{.end = End::Die} << u"closed the connection"_s;
        QTest::newRow("the end in the middle")
            << FakeAnswer{.body = traceLine(), .end = End::Die, .isChunked = true} << u"engine"_s;
        QTest::newRow("an end without a result")
            << FakeAnswer{.body = traceLine(), .isChunked = true} << u"without a result"_s;
        QTest::newRow("half a line") << FakeAnswer{.body = imageLine() + "{\"aux\":", .isChunked = true}
                                     << u"without a result"_s;
        QTest::newRow("rubbish in the stream")
            << FakeAnswer{.body = traceLine() + "\x01\x02 rubbish", .end = End::Hang, .isChunked = true}
            << u"no JSON"_s;
        QTest::newRow("refused") << FakeAnswer{.status = 400,
                                               .body = R"({"message":"invalid reference format"})"}
                                 << u"invalid reference format"_s;
        QTest::newRow("refused in plain text")
            << FakeAnswer{.status = 500, .body = "out of luck"} << u"out of luck"_s;
        QTest::newRow("a trace that is none")
            << FakeAnswer{.body = R"({"id":"moby.buildkit.trace","aux":"+/+/"})", .isChunked = true}
            << u"without a result"_s;
    }
    void buildsThatBreakEndOnceWithASentence()
    {
        QFETCH(FakeAnswer, answer);
        QFETCH(QString, part);
        QVERIFY(connectNow());
        m_fake->answer("POST /build", answer);
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QVERIFY(!run.outcome->succeeded());
        QVERIFY2(run.outcome->error->message.contains(part), qPrintable(run.error()));
        QVERIFY(run.outcome->imageId.isEmpty());
        for (const engine::BuildStep &step : run.steps)
            QVERIFY2(step.state != State::Running, qPrintable(step.name));
        QTest::qWait(20);
        QCOMPARE(run.timesFinished, 1);

        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true});
        BuildRun next(m_client, requestFor());
        QVERIFY(next.wait(5s));
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
    }

    void aTraceIsReadHoweverItIsCut()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /build",
                       {.body = traceLine() + imageLine(), .isChunked = true, .inSingleBytes = true});
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(run.log, u"für 日本\n"_s);
        QVERIFY(run.step(u"RUN x"_s));
    }

    void aRunningBuildMayBeSilentAndIsCancelledAtOnce()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /build", {.body = traceLine(), .end = End::Hang, .isChunked = true});
        m_fake->answer("POST /build/cancel", {.end = End::Hang}); // even then
        BuildRun run(m_client, requestFor());
        QVERIFY(!run.wait(1s)); // longer than the limit of small questions
        run.job.cancel();
        run.job.cancel();
        QVERIFY(run.wait(1s));
        QCOMPARE(run.outcome->error->kind, Error::Kind::Cancelled);
        QCOMPARE(run.step(u"RUN x"_s)->state, State::Cancelled);
        QTRY_VERIFY(m_fake->wasAsked("POST /v1.45/build/cancel?id="));
        QTest::qWait(400); // what comes later changes nothing
        QCOMPARE(run.timesFinished, 1);
    }

    void anEngineThatAnswersNoQuestionIsSilent()
    {
        QVERIFY(connectNow());
        QList<std::chrono::seconds> told;
        engine::SilenceWatch watch(
            m_client->transport(), [&told](std::chrono::seconds time) { told += time; }, 1s);
        QTRY_VERIFY(m_fake->wasAsked("GET /v1.45/_ping"));
        QVERIFY(told.isEmpty()); // nothing was to be said, and it answers
        m_fake->answer("GET /_ping", {.end = End::Hang});
        QTRY_VERIFY_WITH_TIMEOUT(told.size() >= 2, 30s);
        QVERIFY(told.back() > 0s);
        watch.heard(); // a step writes something
        QCOMPARE(told.back(), 0s);
    }

    void aBuildThatIsCancelledBeforeItIsSentEndsToo()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /images/create", {.end = End::Hang});
        BuildRun run(m_client, requestFor({u"alpine"_s}));
        QTRY_VERIFY(run.step(u"pull"_s));
        run.job.cancel();
        QVERIFY(run.wait(1s));
        QCOMPARE(run.outcome->error->kind, Error::Kind::Cancelled);
        QCOMPARE(run.step(u"pull"_s)->state, State::Cancelled);
        QVERIFY(!m_fake->wasAsked("/build"));
    }

    void aJobMayDieInMidBuild()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /build", {.body = traceLine(), .end = End::Hang, .isChunked = true});
        auto run = std::make_unique<BuildRun>(m_client, requestFor());
        QTRY_VERIFY(run->step(u"RUN x"_s));
        run.reset();
        QTRY_VERIFY(m_fake->wasAsked("/build/cancel"));
    }

    void aRefusalDuringTheUploadIsQuoted()
    {
        QVERIFY(connectNow());
        QTemporaryDir folder;
        QFile large(folder.filePath(u"large"_s));
        QVERIFY(large.open(QIODevice::WriteOnly));
        large.write(QByteArray(8'000'000, 'x'));
        large.close();
        m_fake->answer("POST /build", {.status = 400,
                                       .body = R"({"message":"invalid reference format"})",
                                       .end = End::Die,
                                       .raw = "HTTP/1.1 400 Bad\r\nContent-Length: 38\r\n\r\n"
                                              R"({"message":"invalid reference format"})",
                                       .beforeTheBody = true});
        engine::BuildRequest request = requestFor();
        request.contextFolder = folder.path();
        request.files = filesIn(folder.path());
        BuildRun run(m_client, request);
        QVERIFY(run.wait(10s));
        QVERIFY2(run.error().contains("invalid reference format"_L1), qPrintable(run.error()));
    }

    void aFileThatVanishesEndsTheBuildByItsName()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true});
        engine::BuildRequest request = requestFor();
        request.contextFolder = u"/nonexistent"_s;
        request.files = {{.path = u"gone.go"_s, .sizeBytes = 1'000'000}};
        BuildRun run(m_client, request);
        QVERIFY(run.wait(5s));
        QVERIFY(run.outcome->error);
        QCOMPARE(run.outcome->error->where, u"gone.go"_s);
    }

    void podmanBuildsWithoutATrace()
    {
        m_fake->answer("HEAD /_ping", {.headers = "Api-Version: 1.41\r\nLibpod-Api-Version: 5.4.2\r\n"});
        m_fake->answer("GET /version",
                       {.body = R"({"Version":"5.4.2","ApiVersion":"1.41","MinAPIVersion":"1.24"})"});
        QVERIFY(connectNow());
        m_fake->answer("POST /build",
                       {.body = R"({"stream":"STEP 1/2: FROM alpine\n"}{"stream":"STEP 2/2: RUN x\n"})"
                                R"({"stream":"said\n"}{"aux":{"ID":"sha256:77"}})",
                        .isChunked = true});
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(5s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(run.outcome->imageId, u"sha256:77"_s);
        QCOMPARE(run.step(u"RUN x"_s)->state, State::Done);
        QCOMPARE(run.log, u"said\n"_s);

        m_fake->answer(
            "POST /build",
            {.body = R"({"stream":"STEP 1/1: RUN false\n"}{"errorDetail":{"message":"exit status 1"}})",
             .isChunked = true});
        BuildRun broken(m_client, requestFor());
        QVERIFY(broken.wait(5s));
        QCOMPARE(broken.outcome->error->message, u"\"RUN false\" ended with exit code 1"_s);
        QCOMPARE(broken.step(u"RUN false"_s)->state, State::Failed);
    }
};

QTEST_GUILESS_MAIN(TestBuildFaults)
#include "tst_buildfaults.moc"
