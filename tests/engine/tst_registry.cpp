// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"
#include "support/loopbackregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

}

/// An image goes to a registry and comes back, with a password; the registry's refusals are told in words.
class TestRegistry : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine(&engine::BuildAbilities::push);
        if (QTest::currentTestResolved())
            return;
        if (m_engine->client->endpoint().kind != engine::Endpoint::Kind::Unix)
            QSKIP("the network of this engine cannot be entered");
    }
    void cleanupTestCase() { m_engine.reset(); }

    void init()
    {
        m_registry = std::make_unique<LoopbackRegistry>(m_engine->client->endpoint().path);
        if (!m_registry->problem().isEmpty())
            QSKIP(qPrintable(m_registry->problem()));
        m_config = std::make_unique<QTemporaryDir>();
        qputenv("DOCKER_CONFIG", m_config->path().toUtf8());
        logIn(LoopbackRegistry::password);
    }
    void cleanup()
    {
        qunsetenv("DOCKER_CONFIG");
        m_registry.reset();
    }

    void anImageIsPushedPulledAndBuiltUpon()
    {
        const QString tag = m_registry->host() + u"/stageloom-test/pushed:v1"_s;
        BuildRun push(m_engine->client, pushing(tag, "there and back"));
        QVERIFY(push.wait());
        QVERIFY2(push.outcome->succeeded(), qPrintable(push.error()));
        QCOMPARE(m_registry->manifests(), QStringList(u"stageloom-test/pushed:v1"_s));

        const auto removed =
            await<QStringList>([&](auto answer) { m_engine->client->removeImage(tag, true, answer); });
        QVERIFY2(removed, qPrintable(removed ? QString() : removed.error().text()));
        const auto pulled = await<void>(
            [&](auto answer) { m_engine->client->pullImage(tag, {}, [](const auto &) {}, answer); });
        QVERIFY2(pulled, qPrintable(pulled ? QString() : pulled.error().text()));
        const auto isThere = await<bool>([&](auto answer) { m_engine->client->imageExists(tag, answer); });
        QVERIFY(isThere && *isThere);
        await<QStringList>([&](auto answer) { m_engine->client->removeImage(tag, true, answer); });

        // This time the engine asks the session for the password.
        engine::BuildRequest request;
        QTemporaryDir out;
        request.dockerfile = "FROM " + tag.toUtf8() + " AS base\nFROM scratch\nCOPY --from=base /said /\n";
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        request.pull = true;
        BuildRun upon(m_engine->client, request);
        QVERIFY(upon.wait());
        QVERIFY2(upon.outcome->succeeded(), qPrintable(upon.error()));
        QFile said(out.filePath(u"said"_s));
        QVERIFY(said.open(QIODevice::ReadOnly));
        QCOMPARE(said.readAll(), "there and back");
    }

    void severalPlatformsArePushedAsOneName()
    {
        if (!m_can.severalPlatforms.can)
            QSKIP(qPrintable(m_can.severalPlatforms.reason));
        engine::BuildRequest request =
            pushing(m_registry->host() + u"/stageloom-test/several:v1"_s, "for all");
        request.options.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        request.options.attestations = {
            {.type = u"provenance"_s, .attributes = {{u"disabled"_s, u"true"_s}}}};
        BuildRun push(m_engine->client, request);
        QVERIFY(push.wait());
        QVERIFY2(push.outcome->succeeded(), qPrintable(push.error()));
        const auto index =
            QJsonDocument::fromJson(m_registry->manifest(u"stageloom-test/several:v1"_s)).object();
        QStringList platforms;
        for (const QJsonValue &image : index["manifests"_L1].toArray())
            platforms += image["platform"_L1]["architecture"_L1].toString();
        QCOMPARE(platforms, QStringList({u"amd64"_s, u"arm64"_s}));
    }

    void theCacheGoesThroughTheRegistry()
    {
        if (!m_can.cacheExport.can)
            QSKIP(qPrintable(m_can.cacheExport.reason));
        const QString cache = m_registry->host() + u"/stageloom-test/cache:v1"_s;
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo " + m_registry->host().toUtf8() + " > /made\n";
        request.options.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
        request.options.cacheTo = {
            {.type = u"registry"_s, .attributes = {{u"ref"_s, cache}, {u"mode"_s, u"max"_s}}}};
        BuildRun save(m_engine->client, request);
        QVERIFY(save.wait());
        QVERIFY2(save.outcome->succeeded(), qPrintable(save.error()));
        QVERIFY(m_registry->manifests().contains(u"stageloom-test/cache:v1"_s));

        request.options.cacheTo = {};
        request.options.cacheFrom = {{.type = u"registry"_s, .attributes = {{u"ref"_s, cache}}}};
        BuildRun use(m_engine->client, request);
        QVERIFY(use.wait());
        QVERIFY2(use.outcome->succeeded(), qPrintable(use.error()));
        QCOMPARE(use.step(u"RUN echo"_s)->state, engine::BuildStep::State::Cached);
    }

    void aRefusalIsToldWithWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("hint");
        QTest::newRow("the password is wrong")
            << QByteArray("planted-wrong-password") << 0 << u"docker login"_s;
        QTest::newRow("nobody logged in") << QByteArray() << 0 << u"docker login"_s;
        QTest::newRow("too many requests") << QByteArray(LoopbackRegistry::password) << 429 << u"pause"_s;
        QTest::newRow("broken") << QByteArray(LoopbackRegistry::password) << 500 << u"registry"_s;
    }
    void aRefusalIsToldWithWhatToDo()
    {
        QFETCH(QByteArray, password);
        QFETCH(int, status);
        QFETCH(QString, hint);
        logIn(password);
        // Of manifests: of layers, engines ask again and again, for more than a minute.
        if (status != 0)
            m_registry->answer("/manifests/", status,
                               status == 429 ? R"({"errors":[{"code":"TOOMANYREQUESTS","message":"slower"}]})"
                                             : "");
        const QString tag = m_registry->host() + u"/stageloom-test/refused:v1"_s;
        const auto isTold = [&](const base::Error &error, const char *what) {
            const QString all = error.text() + error.detail;
            QVERIFY2(error.hint.contains(hint), qPrintable(QLatin1StringView(what) + u": "_s + all));
            QVERIFY2(!all.contains("planted-"_L1), what);
            QVERIFY2(!error.message.contains("rpc error"_L1), qPrintable(all));
        };
        BuildRun push(m_engine->client, pushing(tag, "refused"));
        QVERIFY(push.wait(3min));
        QVERIFY(push.outcome->error);
        isTold(*push.outcome->error, "push");

        const auto pulled = await<void>(
            [&](auto answer) { m_engine->client->pullImage(tag, {}, [](const auto &) {}, answer); }, 3min);
        QVERIFY(!pulled);
        isTold(pulled.error(), "pull");

        engine::BuildRequest request;
        request.dockerfile = "FROM " + m_registry->host().toUtf8() + "/stageloom-test/base:v1\n";
        BuildRun upon(m_engine->client, request);
        QVERIFY(upon.wait(3min));
        QVERIFY(upon.outcome->error);
        isTold(*upon.outcome->error, "FROM");
    }

private:
    void logIn(const QByteArray &password)
    {
        QJsonObject entries;
        if (!password.isEmpty())
            entries.insert(
                m_registry->host(),
                QJsonObject{
                    {u"auth"_s,
                     QString::fromLatin1(
                         QByteArray(QByteArray(LoopbackRegistry::user) + ':' + password).toBase64())}});
        write(m_config->filePath(u"config.json"_s),
              QJsonDocument(QJsonObject{{u"auths"_s, entries}}).toJson());
    }

    engine::BuildRequest pushing(const QString &tag, const QByteArray &content)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(m_folder->filePath(u"said"_s), content);
        engine::BuildRequest request;
        request.contextFolder = m_folder->path();
        request.dockerfile = "FROM scratch\nCOPY said /\n";
        request.tags = {tag};
        request.options.push = true;
        return request;
    }

    std::unique_ptr<LoopbackRegistry> m_registry;
    std::unique_ptr<QTemporaryDir> m_config;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
