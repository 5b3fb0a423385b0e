// SPDX-License-Identifier: Apache-2.0
#include "engine/client.h"
#include "support/buildrun.h"
#include "support/fakeengine.h"

#include <status.pb.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using End = FakeAnswer::End;
using State = engine::BuildStep::State;

/// Faults that a real daemon cannot be asked for.
class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<FakeEngine>();
        m_client = std::make_shared<engine::Client>(*engine::parseHost(m_fake->url(), {}));
        m_client->setTimeLimits(300ms, 300ms);
    }
    void cleanup()
    {
        m_client.reset();
        m_fake.reset();
    }

    void anEngineIsConnectedToInItsOwnVersion()
    {
        const auto info = connectNow();
        QVERIFY2(info, qPrintable(info ? QString() : info.error().text()));
        QCOMPARE(info->apiVersion, u"1.45"_s);
        QVERIFY(m_fake->wasAsked("HEAD /_ping"));
        QVERIFY(m_fake->wasAsked("GET /v1.45/info"));
    }

    void anEngineWithoutHeadIsAskedByGet()
    {
        m_fake->answer("HEAD /_ping", {.status = 405});
        m_fake->answer("GET /_ping", {.body = "OK", .headers = "Api-Version: 1.41\r\n"});
        QVERIFY(connectNow());
    }

    void badAnswersToTheFirstQuestionAreTold_data()
    {
        QTest::addColumn<FakeAnswer>("answer");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("silence") << FakeAnswer{.end = End::Hang} << Error::Kind::TimedOut;
        QTest::newRow("half a head") << FakeAnswer{.end = End::Hang, .raw = "HTTP/1.1 20"}
                                     << Error::Kind::TimedOut;
        QTest::newRow("half a head, then the end")
            << FakeAnswer{.end = End::Die, .raw = "HTTP/1.1 20"} << Error::Kind::Unreachable;
        QTest::newRow("nothing, then the end") << FakeAnswer{.end = End::Die} << Error::Kind::Unreachable;
        QTest::newRow("another protocol")
            << FakeAnswer{.end = End::Die, .raw = "SSH-2.0-OpenSSH_9.2\r\n"} << Error::Kind::Unreachable;
        QTest::newRow("no JSON") << FakeAnswer{.body = "<html>hello</html>"} << Error::Kind::Malformed;
        QTest::newRow("half a body") << FakeAnswer{.body = "{\"Version\"", .end = End::Die}
                                     << Error::Kind::Unreachable;
        QTest::newRow("half a body, then silence")
            << FakeAnswer{.body = "{\"Version\"", .end = End::Hang} << Error::Kind::TimedOut;
        QTest::newRow("forbidden, in plain text")
            << FakeAnswer{.status = 403, .body = "no entry\n"} << Error::Kind::Refused;
        QTest::newRow("a failure of its own")
            << FakeAnswer{.status = 500, .body = R"({"message":"broken"})"} << Error::Kind::Failed;
    }
    void badAnswersToTheFirstQuestionAreTold()
    {
        QFETCH(FakeAnswer, answer);
        QFETCH(Error::Kind, kind);
        m_fake->answer("GET /version", answer);
        QElapsedTimer clock;
        clock.start();
        const auto info = connectNow();
        QVERIFY(!info);
        QVERIFY2(info.error().kind == kind, qPrintable(info.error().text() + info.error().detail));
        QVERIFY(!info.error().message.isEmpty());
        QVERIFY2(clock.elapsed() < 3000, "the time limit holds");
    }

    void aSlowAnswerIsStillAnAnswer()
    {
        QVERIFY(connectNow());
        m_fake->answer("GET /images/json",
                       {.body = R"([{"Id":"sha256:1"}])", .isChunked = true, .inSingleBytes = true});
        const auto images =
            await<std::vector<engine::ImageSummary>>([this](auto answer) { m_client->listImages(answer); });
        QVERIFY(images);
        QCOMPARE(images->size(), std::size_t(1));
    }

    void aSocketThatIsNotThereIsNamedWithTheMend()
    {
        m_fake->kill();
        const auto info = connectNow();
        QVERIFY(!info);
        QCOMPARE(info.error().kind, Error::Kind::Unreachable);
        QCOMPARE(info.error().where, m_fake->url());
        QVERIFY(info.error().hint.contains("systemctl"_L1));
    }

    void aSocketThatMayNotBeUsedNamesTheDockerGroup()
    {
        if (::geteuid() != 0)
            QFile::setPermissions(m_fake->path(), {});
        else if (::chmod(qPrintable(m_fake->path()), 0600) != 0 || ::seteuid(65534) != 0)
            QSKIP("this process cannot give up its rights");
        const auto info = connectNow();
        if (::geteuid() == 65534)
            QCOMPARE(::seteuid(0), 0);
        QVERIFY(!info);
        QCOMPARE(info.error().kind, Error::Kind::Refused);
        QVERIFY2(info.error().hint.contains("usermod -aG docker"_L1), qPrintable(info.error().text()));
    }

    void theFirstThatAnswersIsTakenAndTheRestIsToldOtherwise()
    {
        engine::Candidates candidates;
        candidates.endpoints = {*engine::parseHost(u"unix:///nonexistent/a.sock"_s, u"first"_s),
                                *engine::parseHost(m_fake->url(), u"second"_s)};
        const auto found = await<std::shared_ptr<engine::Client>>(
            [&](auto answer) { engine::connectToFirst(this, candidates, answer); });
        QVERIFY(found);
        QCOMPARE((*found)->endpoint().origin, u"second"_s);
        QVERIFY((*found)->info());

        candidates.binding = 0; // chosen by a person: no other will do
        const auto none = await<std::shared_ptr<engine::Client>>(
            [&](auto answer) { engine::connectToFirst(this, candidates, answer); });
        QVERIFY(!none);
        QCOMPARE(none.error().where, u"unix:///nonexistent/a.sock"_s);
    }

    void theEventStreamComesBack()
    {
        QVERIFY(connectNow());
        m_fake->answer("GET /events", {.body = "{\"Type\":\"image\"}", .end = End::Hang, .isChunked = true});
        QSignalSpy changed(m_client.get(), &engine::Client::imagesChanged);
        QSignalSpy reachable(m_client.get(), &engine::Client::reachableChanged);
        m_client->followEvents();
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 5s);
        QVERIFY(reachable.isEmpty());
        m_fake->kill();
        QTRY_COMPARE_WITH_TIMEOUT(reachable.size(), 1, 5s);
        QCOMPARE(reachable.front().front().toBool(), false);
        changed.clear();
        m_fake->listen();
        QTRY_COMPARE_WITH_TIMEOUT(reachable.size(), 2, 5s);
        QCOMPARE(reachable.back().front().toBool(), true);
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 5s);
    }

    void eventsUploadsAndPullsLeaveRoomForQuestions()
    {
        QVERIFY(connectNow());
        m_fake->answer("GET /events", {.body = "{}", .end = End::Hang, .isChunked = true});
        m_fake->answer("POST /images/create", {.body = "{}", .end = End::Hang, .isChunked = true});
        m_fake->answer("GET /images/json", {.body = "[]"});
        m_client->followEvents();
        for (int i = 0; i < 8; ++i)
            m_client->pullImage(u"a:%1"_s.arg(i), {}, nullptr, [](const auto &) {});
        QVERIFY(
            await<std::vector<engine::ImageSummary>>([this](auto answer) { m_client->listImages(answer); }));
    }

    void aPullEndsWhenItIsAborted()
    {
        QVERIFY(connectNow());
        m_fake->answer(
            "POST /images/create",
            {.body = R"({"status":"Downloading","id":"12","progressDetail":{"current":3,"total":9}})",
             .end = End::Hang,
             .isChunked = true});
        std::optional<engine::Client::PullProgress> seen;
        std::optional<base::Result<void>> ended;
        const auto abort = m_client->pullImage(
            u"a:1"_s, u"linux/arm64"_s, [&seen](const auto &progress) { seen = progress; },
            [&ended](const base::Result<void> &result) { ended = result; });
        QTRY_VERIFY(seen);
        QCOMPARE(seen->current, 3);
        QCOMPARE(seen->total, 9);
        QVERIFY(m_fake->wasAsked("fromImage=a&tag=1&platform=linux%2Farm64"));
        abort();
        QVERIFY(ended);
        QCOMPARE(ended->error().kind, Error::Kind::Cancelled);
    }

    void anErrorInThePullsStreamIsTheAnswer()
    {
        QVERIFY(connectNow());
        m_fake->answer(
            "POST /images/create",
            {.body = R"({"status":"x"}{"errorDetail":{"message":"dial tcp: lookup registry: no such host"}})",
             .isChunked = true});
        const auto pulled =
            await<void>([this](auto answer) { m_client->pullImage(u"alpine"_s, {}, nullptr, answer); });
        QVERIFY(!pulled);
        QCOMPARE(pulled.error().kind, Error::Kind::Unreachable);
        QCOMPARE(pulled.error().where, u"alpine"_s);
        QVERIFY(pulled.error().hint.contains("docker load"_L1));
    }

    void aMissingBaseIsPulledAsAStepBeforeTheBuild()
    {
        QVERIFY(connectNow());
        m_fake->answer("POST /images/create",
                       {.body =
                            R"({"status":"Downloading","id":"12","progressDetail":{"current":3,"total":9}})"
                            R"({"status":"Pull complete","id":"12","progressDetail":{}})",
                        .isChunked = true});
        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true});
        BuildRun run(m_client, requestFor({u"alpine:3"_s}));
        QVERIFY(run.wait(5s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto *pull = run.step(u"pull alpine:3"_s);
        QVERIFY(pull);
        QCOMPARE(pull->id, u"pull:alpine:3"_s);
        QCOMPARE(pull->state, State::Done);
        QCOMPARE(pull->progress.size(), std::size_t(1));
        QVERIFY(pull->progress.front().completed);
        QCOMPARE(pull->progress.front().total, 9);
    }

    void aBaseThatIsThereIsPulledOnlyWhenAsked()
    {
        QVERIFY(connectNow());
        m_fake->answer("GET /images/alpine/json", {.body = "{}"});
        m_fake->answer("POST /images/create", {.body = "{}", .isChunked = true});
        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true});
        engine::BuildRequest request = requestFor({u"alpine"_s});
        BuildRun quiet(m_client, request);
        QVERIFY(quiet.wait(5s));
        QVERIFY(!m_fake->wasAsked("/images/create"));
        request.pull = true;
        BuildRun pulling(m_client, request);
        QVERIFY(pulling.wait(5s));
        QVERIFY(m_fake->wasAsked("/images/create"));
    }

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

private:
    base::Result<engine::EngineInfo> connectNow()
    {
        return await<engine::EngineInfo>([this](auto answer) { m_client->connectToEngine(answer); });
    }

    static engine::BuildRequest requestFor(const QStringList &baseImages = {})
    {
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN x\n";
        request.baseImages = baseImages;
        return request;
    }

    static QByteArray traceLine()
    {
        stageloom::buildkit::StatusResponse message;
        auto *vertex = message.add_vertexes();
        vertex->set_digest("sha256:d");
        vertex->set_name("[1/1] RUN x");
        vertex->mutable_started()->set_seconds(1);
        auto *log = message.add_logs();
        log->set_vertex("sha256:d");
        log->set_stream(1);
        log->set_msg("für 日本\n");
        const QByteArray bytes = QByteArray::fromStdString(message.SerializeAsString());
        return "{\"id\":\"moby.buildkit.trace\",\"aux\":\"" + bytes.toBase64() + "\"}\r\n";
    }
    static QByteArray imageLine() { return R"({"id":"moby.image.id","aux":{"ID":"sha256:12"}})"; }

    std::unique_ptr<FakeEngine> m_fake;
    std::shared_ptr<engine::Client> m_client;
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
