// SPDX-License-Identifier: Apache-2.0
#include "engine/client.h"
#include "realengine.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The client against an engine that is really there.
class TestClient : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { takeEngine(); }
    void cleanupTestCase() { m_engine.reset(); }

    void anEngineTellsWhatItIs()
    {
        const auto info = m_engine->client->info();
        QVERIFY(info);
        QVERIFY(!info->version.isEmpty());
        QVERIFY(info->apiVersion.startsWith("1."_L1));
        QCOMPARE(info->osType, u"linux"_s);
        QVERIFY(info->platforms.contains(QString(u"linux/"_s + info->architecture)));
        QVERIFY(!info->storageDriver.isEmpty());
    }

    void theImageListHasTheBaseImages()
    {
        const auto images = await<std::vector<engine::ImageSummary>>(
            [this](auto answer) { m_engine->client->listImages(answer); });
        QVERIFY(images);
        const auto alpine = std::ranges::find_if(
            *images, [](const auto &image) { return image.tags.contains(u"alpine:latest"_s); });
        QVERIFY(alpine != images->end());
        QVERIFY(alpine->sizeBytes > 0);
        QVERIFY(alpine->id.startsWith("sha256:"_L1));
    }

    void anImageIsInspectedWithItsHistory()
    {
        const auto documents = await<engine::ImageDocuments>(
            [this](auto answer) { m_engine->client->inspectImage(u"alpine:latest"_s, answer); });
        QVERIFY(documents);
        QVERIFY(QJsonDocument::fromJson(documents->inspect).object().contains("RootFS"_L1));
        QVERIFY(!QJsonDocument::fromJson(documents->history).array().isEmpty());
    }

    void anImageThatIsNotThereIsToldSo()
    {
        const auto exists = await<bool>(
            [this](auto answer) { m_engine->client->imageExists(u"stageloom.invalid/none:1"_s, answer); });
        QVERIFY(exists);
        QVERIFY(!*exists);
        const auto documents = await<engine::ImageDocuments>(
            [this](auto answer) { m_engine->client->inspectImage(u"stageloom.invalid/none:1"_s, answer); });
        QVERIFY(!documents);
        QCOMPARE(documents.error().kind, base::Error::Kind::NotFound);
    }

    void aTagIsGivenAndTakenAndTheListFollows()
    {
        QSignalSpy changed(m_engine->client.get(), &engine::Client::imagesChanged);
        m_engine->client->followEvents();
        // The engine tells nothing of what happened before it began to follow, and nothing says when it did.
        for (int attempt = 0; attempt < 10 && changed.isEmpty(); ++attempt) {
            const auto tagged = await<void>([this](auto answer) {
                m_engine->client->tagImage(u"alpine:latest"_s, u"stageloom-test/tagged:v1"_s, answer);
            });
            QVERIFY(tagged);
            if (QTest::qWaitFor([&] { return !changed.isEmpty(); }, 1s))
                break;
            // What is tagged so already is no news.
            (void)await<QStringList>([this](auto answer) {
                m_engine->client->removeImage(u"stageloom-test/tagged:v1"_s, false, answer);
            });
        }
        QVERIFY(!changed.isEmpty());
        (void)await<void>([this](auto answer) {
            m_engine->client->tagImage(u"alpine:latest"_s, u"stageloom-test/tagged:v1"_s, answer);
        });
        const auto removed = await<QStringList>([this](auto answer) {
            m_engine->client->removeImage(u"stageloom-test/tagged:v1"_s, false, answer);
        });
        QVERIFY(removed);
        QVERIFY(removed->join(u' ').contains("stageloom-test/tagged:v1"_L1));
    }

    void aProgramRunsAndItsOutputComesBack()
    {
        const auto run = await<engine::Client::RunOutcome>([this](auto answer) {
            m_engine->client->runOnce(u"alpine:latest"_s,
                                      {u"/bin/sh"_s, u"-c"_s, u"echo out; echo err >&2; exit 3"_s}, answer);
        });
        QVERIFY2(run, qPrintable(run ? QString() : run.error().text()));
        QCOMPARE(run->exitCode, 3);
        QVERIFY(run->output.contains("out\n"));
        QVERIFY(run->output.contains("err\n"));
    }

    void aPullThatCannotBeNamesTheImage()
    {
        const auto pulled = await<void>([this](auto answer) {
            m_engine->client->pullImage(u"127.0.0.1:9/nothing:v1"_s, {}, nullptr, answer);
        });
        QVERIFY(!pulled);
        QCOMPARE(pulled.error().where, u"127.0.0.1:9/nothing:v1"_s);
        QVERIFY2(!pulled.error().hint.isEmpty(), qPrintable(pulled.error().text()));
    }

private:
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
