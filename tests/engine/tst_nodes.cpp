// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/timeline.h"
#include "support/buildkitfront.h"
#include "support/loopbackregistry.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = engine::BuildStep::State;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

/// A builder of two nodes builds one image together. Both are the same engine, each on a socket of its own.
class TestNodes : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine(&engine::BuildAbilities::severalPlatforms);
        if (QTest::currentTestResolved())
            return;
        if (m_engine->client->endpoint().kind != engine::Endpoint::Kind::Unix)
            QSKIP("the network of this engine cannot be entered");
    }
    void cleanupTestCase() { m_engine.reset(); }

    void init()
    {
        const QString socket = m_engine->client->endpoint().path;
        m_registry = std::make_unique<LoopbackRegistry>(socket);
        if (!m_registry->problem().isEmpty())
            QSKIP(qPrintable(m_registry->problem()));
        m_amd = std::make_unique<BuildKitFront>(socket);
        m_arm = std::make_unique<BuildKitFront>(socket);
        m_config = std::make_unique<QTemporaryDir>();
        qputenv("DOCKER_CONFIG", m_config->path().toUtf8());
        logIn(LoopbackRegistry::password);
    }
    void cleanup()
    {
        qunsetenv("DOCKER_CONFIG");
        m_amd.reset();
        m_arm.reset();
        m_registry.reset();
    }

    void whatTheNodesBuiltIsOneImageInTheRegistry_data()
    {
        QTest::addColumn<bool>("wantsToken");
        QTest::newRow("with a password") << false;
        QTest::newRow("with a token for the password") << true;
    }
    void whatTheNodesBuiltIsOneImageInTheRegistry()
    {
        QFETCH(bool, wantsToken);
        if (wantsToken)
            m_registry->wantTokens();
        engine::BuildRequest request = perPlatform();
        request.tags = {name(u"shared:v1"_s), name(u"shared:latest"_s), name(u"other:v1"_s)};
        request.options.push = true;
        BuildRun run(m_engine->client, nodes(), request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(),
                 qPrintable(run.error() + run.outcome->error.value_or(base::Error()).detail));
        QVERIFY(m_amd->connections > 0);
        QVERIFY(m_arm->connections > 0);

        QStringList names = m_registry->manifests();
        names.sort();
        QCOMPARE(names, QStringList({u"stageloom-test/other:v1"_s, u"stageloom-test/shared:latest"_s,
                                     u"stageloom-test/shared:v1"_s}));
        const QByteArray list = m_registry->manifest(u"stageloom-test/shared:v1"_s);
        QCOMPARE(m_registry->manifest(u"stageloom-test/other:v1"_s), list);
        QCOMPARE(platformsIn(list), QStringList({u"amd64"_s, u"arm64"_s}));
        QVERIFY(run.outcome->imageId.startsWith("sha256:"_L1));
        QCOMPARE(m_registry->manifest(u"stageloom-test/shared@"_s + run.outcome->imageId), list);

        // And an engine takes it for what it is.
        const auto pulled = await<void>([&](auto answer) {
            m_engine->client->pullImage(request.tags.front(), u"linux/arm64"_s, [](const auto &) {}, answer);
        });
        QVERIFY2(pulled, qPrintable(pulled ? QString() : pulled.error().text()));
        await<QStringList>(
            [&](auto answer) { m_engine->client->removeImage(request.tags.front(), true, answer); });
    }

    void stepsOfAllNodesAreInOneRecord()
    {
        engine::BuildRequest request = perPlatform();
        request.options.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
        BuildRun run(m_engine->client, nodes(), request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QSet<QString> platforms;
        for (const engine::BuildStep &step : run.steps) {
            QVERIFY2(step.state == State::Done || step.state == State::Cached, qPrintable(step.name));
            QVERIFY2(!step.platform.isEmpty(), qPrintable(step.name));
            for (const QString &input : step.inputs)
                QVERIFY2(std::ranges::contains(run.steps, input, &engine::BuildStep::id),
                         qPrintable(step.name));
            if (!step.isInternal())
                platforms.insert(step.platform);
        }
        QCOMPARE(platforms, QSet<QString>({u"linux/amd64"_s, u"linux/arm64"_s}));
        QVERIFY(run.step(u"amd: "_s));
        QVERIFY(run.step(u"arm: "_s));
        const auto timeline = engine::timelineOf(run.steps, {}, QDateTime::currentDateTimeUtc());
        QSet<QString> lanes;
        for (const auto &lane : timeline.lanes)
            lanes.insert(lane.platform);
        QVERIFY(lanes.contains(u"linux/amd64"_s) && lanes.contains(u"linux/arm64"_s));
    }

    void filesAreWrittenToAFolderForEachPlatform()
    {
        engine::BuildRequest request = perPlatform();
        QTemporaryDir out;
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_engine->client, nodes(), request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(read(out.filePath(u"linux_amd64/said"_s)), "for amd64");
        QCOMPARE(read(out.filePath(u"linux_arm64/said"_s)), "for arm64");
    }

    void aNodeThatFailsStopsTheOthers()
    {
        engine::BuildRequest request;
        request.dockerfile =
            "FROM --platform=$BUILDPLATFORM alpine\nARG TARGETARCH\nRUN echo begun && if [ "
            "$TARGETARCH = arm64 ]; then sleep 2; echo no arm today; exit 7; else sleep 300; fi\n";
        request.noCache = true;
        request.options.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
        BuildRun run(m_engine->client, nodes(), request);
        QVERIFY(run.wait(60s));
        QVERIFY(run.outcome->error);
        QVERIFY2(run.outcome->error->message.startsWith("linux/arm64 on the node \"arm\": "_L1),
                 qPrintable(run.error()));
        QVERIFY2(run.outcome->error->detail.contains("no arm today"_L1),
                 qPrintable(run.outcome->error->detail));
        QCOMPARE(run.outcome->errorRow, 3);
        QCOMPARE(run.timesFinished, 1);
        QVERIFY(run.outcome->failedStep.startsWith("arm/"_L1));
        QList<State> ends;
        for (const engine::BuildStep &step : run.steps) {
            QVERIFY2(step.state != State::Running, qPrintable(step.name));
            if (step.instruction.startsWith("RUN echo begun"_L1))
                ends += step.state;
        }
        std::ranges::sort(ends);
        QCOMPARE(ends, QList<State>({State::Failed, State::Cancelled}));
        QTRY_COMPARE_WITH_TIMEOUT(sleeping(), 0, 10s);
    }

    void cancellingStopsAllNodes()
    {
        engine::BuildRequest request;
        request.dockerfile = "FROM --platform=$BUILDPLATFORM alpine\nARG TARGETARCH\nRUN echo "
                             "begun-$TARGETARCH && sleep 87653\n";
        request.noCache = true;
        request.options.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
        BuildRun run(m_engine->client, nodes(), request);
        QTRY_VERIFY_WITH_TIMEOUT(
            run.outcome || (run.log.contains("begun-amd64"_L1) && run.log.contains("begun-arm64"_L1)), 60s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        run.job.cancel();
        QVERIFY(run.wait(1s));
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Cancelled);
        for (const engine::BuildStep &step : run.steps)
            QVERIFY2(step.state != State::Running, qPrintable(step.name));
        QTRY_COMPARE_WITH_TIMEOUT(sleeping(), 0, 10s);
    }

    void aNodeOutOfReachIsNamed()
    {
        auto shares = nodes();
        shares.back().address.endpoint = *engine::parseHost(u"unix:///nowhere/buildkitd.sock"_s, {});
        engine::BuildRequest request = perPlatform();
        request.options.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
        BuildRun run(m_engine->client, shares, request);
        QVERIFY(run.wait(30s));
        QVERIFY(run.outcome->error);
        QVERIFY2(run.outcome->error->message.contains("on the node \"arm\""_L1), qPrintable(run.error()));
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Unreachable);
    }

    void aRegistryThatRefusesTheListIsToldWithWhatToDo()
    {
        m_registry->answer("/manifests/v1", 403,
                           R"({"errors":[{"code":"DENIED","message":"tags are frozen"}]})");
        engine::BuildRequest request = perPlatform();
        request.tags = {name(u"frozen:v1"_s)};
        request.options.push = true;
        BuildRun run(m_engine->client, nodes(), request);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        const base::Error &error = *run.outcome->error;
        QVERIFY2(error.message.contains("tags are frozen"_L1), qPrintable(error.text()));
        QVERIFY2(error.hint.contains("docker login"_L1), qPrintable(error.text()));
        QVERIFY(!QString(error.text() + error.detail).contains("planted-"_L1));
        QCOMPARE(run.step(u"push the list"_s)->state, State::Failed);
    }

    void whatCannotBePutTogetherIsRefusedBeforeAnythingIsSent()
    {
        engine::BuildRequest request = perPlatform();
        BuildRun run(m_engine->client, nodes(), request);
        QVERIFY(run.wait(5s));
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Unsupported);
        QVERIFY(run.outcome->error->hint.contains("--push"_L1));
        QCOMPARE(m_amd->connections, 0);
    }

private:
    [[nodiscard]] QString name(const QString &rest) const
    {
        return m_registry->host() + u"/stageloom-test/"_s + rest;
    }

    [[nodiscard]] std::vector<engine::NodeShare> nodes() const
    {
        const auto at = [](const BuildKitFront &front) {
            engine::BuildKitAddress address;
            address.endpoint = *engine::parseHost(QString(u"unix://"_s + front.path()), {});
            return address;
        };
        return {{.node = u"amd"_s, .address = at(*m_amd), .platforms = {u"linux/amd64"_s}},
                {.node = u"arm"_s, .address = at(*m_arm), .platforms = {u"linux/arm64"_s}}};
    }

    /// A context in which each platform finds a file of its own; nothing is run.
    engine::BuildRequest perPlatform()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(m_folder->filePath(u"amd64"_s), "for amd64");
        write(m_folder->filePath(u"arm64"_s), "for arm64");
        engine::BuildRequest request;
        request.contextFolder = m_folder->path();
        request.dockerfile = "FROM scratch\nARG TARGETARCH\nCOPY ${TARGETARCH} /said\n";
        request.options.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        request.options.attestations = {
            {.type = u"provenance"_s, .attributes = {{u"disabled"_s, u"true"_s}}}};
        return request;
    }

    static QStringList platformsIn(const QByteArray &list)
    {
        QStringList platforms;
        const QJsonObject index = QJsonDocument::fromJson(list).object();
        for (const QJsonValue image : index["manifests"_L1].toArray())
            platforms += image["platform"_L1]["architecture"_L1].toString();
        platforms.sort();
        return platforms;
    }

    /// Programs of the tests' builds that run still, on this machine.
    static int sleeping()
    {
        int count = 0;
        for (const QString &process : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
            const QByteArray command = read(u"/proc/%1/cmdline"_s.arg(process));
            count += command.startsWith(QByteArray("sleep\0"
                                                   "87653",
                                                   11)) ||
                             command.startsWith(QByteArray("sleep\0"
                                                           "300",
                                                           9))
                         ? 1
                         : 0;
        }
        return count;
    }

    void logIn(const QByteArray &password)
    {
        const QByteArray both = QByteArray(LoopbackRegistry::user) + ':' + password;
        const QJsonObject entry{{u"auth"_s, QString::fromLatin1(both.toBase64())}};
        write(m_config->filePath(u"config.json"_s),
              QJsonDocument(QJsonObject{{u"auths"_s, QJsonObject{{m_registry->host(), entry}}}}).toJson());
    }

    std::unique_ptr<LoopbackRegistry> m_registry;
    std::unique_ptr<BuildKitFront> m_amd;
    std::unique_ptr<BuildKitFront> m_arm;
    std::unique_ptr<QTemporaryDir> m_config;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestNodes)
#include "tst_nodes.moc"
