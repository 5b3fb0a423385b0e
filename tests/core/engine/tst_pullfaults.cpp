// SPDX-License-Identifier: Apache-2.0
#include "faultyengine.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using End = FakeAnswer::End;
using State = engine::BuildStep::State;

/// Base images that come, fail to come, or are there.
class TestPullFaults : public FaultyEngine
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

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
        m_fake->answer("GET /images/alpine/history", {.body = "[]"});
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

    void aBaseOfAnotherPlatformIsPulledForTheRightOne_data()
    {
        QTest::addColumn<QString>("wanted"); // by FROM --platform; empty: the engine's own will do
        QTest::addColumn<bool>("isPulled");
        QTest::newRow("whatever is there") << QString() << false;
        QTest::newRow("the same") << u"linux/amd64"_s << false;
        QTest::newRow("another") << u"linux/arm64"_s << true;
        QTest::newRow("another with a variant") << u"linux/arm/v7"_s << true;
        QTest::newRow("a variant that the image leaves open") << u"linux/amd64/v2"_s << false;
    }
    void aBaseOfAnotherPlatformIsPulledForTheRightOne()
    {
        QFETCH(QString, wanted);
        QFETCH(bool, isPulled);
        QVERIFY(connectNow());
        m_fake->answer("GET /images/alpine/json", {.body = R"({"Os":"linux","Architecture":"amd64"})"});
        m_fake->answer("GET /images/alpine/history", {.body = "[]"});
        m_fake->answer("POST /images/create", {.body = "{}", .isChunked = true});
        m_fake->answer("POST /build", {.body = imageLine(), .isChunked = true});
        engine::BuildRequest request = requestFor({u"alpine"_s});
        if (!wanted.isEmpty())
            request.basePlatforms.insert(u"alpine"_s, wanted);
        BuildRun run(m_client, request);
        QVERIFY(run.wait(5s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const QByteArray asked =
            "/images/create?fromImage=alpine&tag=latest&platform=" + wanted.toUtf8().replace("/", "%2F");
        QCOMPARE(m_fake->wasAsked(asked), isPulled);
    }
};

QTEST_GUILESS_MAIN(TestPullFaults)
#include "tst_pullfaults.moc"
