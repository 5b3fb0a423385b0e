// SPDX-License-Identifier: Apache-2.0
#include "faultyengine.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using End = FakeAnswer::End;
using State = engine::BuildStep::State;

/// Engines that are absent, silent, hostile or come back.
class TestConnectionFaults : public FaultyEngine
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

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

    void aServerThatIsNoEngineIsToldByItsAddress()
    {
        m_fake->answer("HEAD /_ping", {.status = 404});
        m_fake->answer("GET /_ping", {.status = 404, .body = "<html>nginx</html>"});
        const auto info = connectNow();
        QVERIFY(!info);
        QCOMPARE(info.error().where, m_fake->url());
        QVERIFY2(info.error().message.contains("no engine"_L1), qPrintable(info.error().text()));
        QVERIFY(!info.error().hint.isEmpty());
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

    void anEngineThatComesBackAnswersAfterManyQuestionsThatFailed()
    {
        QVERIFY(connectNow());
        m_fake->kill();
        int failures = 0;
        for (int i = 0; i < 20; ++i)
            m_client->listImages([&failures](const auto &images) { failures += images ? 0 : 1; });
        QTRY_COMPARE_WITH_TIMEOUT(failures, 20, 2s);
        m_fake->listen();
        m_fake->answer("GET /images/json", {.body = "[]"});
        const auto images =
            await<std::vector<engine::ImageSummary>>([this](auto answer) { m_client->listImages(answer); });
        QVERIFY2(images, qPrintable(images ? QString() : images.error().text()));
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
};

QTEST_GUILESS_MAIN(TestConnectionFaults)
#include "tst_connectionfaults.moc"
