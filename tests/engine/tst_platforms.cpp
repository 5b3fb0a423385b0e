// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"
#include "image/imagearchive.h"
#include "image/imagesizes.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// One name for several platforms by cross-compiling, and what is written out opened again by our own reader.
class TestPlatforms : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { takeEngine(&engine::BuildAbilities::session); }
    void cleanupTestCase() { m_engine.reset(); }

    void aProgramIsCrossCompiledForTwoPlatformsUnderOneName()
    {
        if (!m_can.severalPlatforms.can)
            QSKIP(qPrintable(m_can.severalPlatforms.reason));
        engine::BuildRequest request = crossCompiled();
        request.tags = {u"stageloom-test/hello-several:v1"_s};
        request.options.platforms = m_platforms;
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY(run.step(u"RUN GOOS"_s));

        const auto said = await<engine::Client::RunOutcome>(
            [&](auto answer) { m_engine->client->runOnce(request.tags.front(), {}, answer); });
        QVERIFY2(said, qPrintable(said ? QString() : said.error().text()));
        QVERIFY(said->output.contains("hello world!"));
    }

    void eachPlatformHasItsSizesInTheEngine()
    {
        if (!m_can.severalPlatforms.can)
            QSKIP(qPrintable(m_can.severalPlatforms.reason));
        const QString tag = u"stageloom-test/hello-several:v1"_s;
        QList<qint64> sizes;
        for (const QString &platform : m_platforms) {
            const auto documents = await<engine::ImageDocuments>(
                [&](auto answer) { m_engine->client->inspectImage(tag, platform, answer); });
            if (!documents && documents.error().kind == base::Error::Kind::Unsupported)
                QSKIP(qPrintable(documents.error().text()));
            QVERIFY2(documents, qPrintable(documents ? QString() : documents.error().text()));
            const auto read = image::readImageSizes(tag, documents->inspect, documents->history);
            QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
            QCOMPARE(QString(read->os + u'/' + read->architecture), platform);
            // That of a foreign platform is packed, since it was never unpacked to run.
            QVERIFY(read->unpackedBytes() > 100'000);
            sizes += read->unpackedBytes();
        }
        QVERIFY(sizes.front() != sizes.back()); // two programs, not one twice
    }

    void anOciArchiveOfTwoPlatformsIsReadAgain()
    {
        if (!m_can.severalPlatforms.can || !m_can.archiveOutput.can)
            QSKIP(qPrintable(m_can.severalPlatforms.reason));
        QTemporaryDir out;
        engine::BuildRequest request = crossCompiled();
        request.options.platforms = m_platforms;
        request.options.outputs = {{.type = u"oci"_s, .attributes = {{u"dest"_s, out.filePath(u"i.tar"_s)}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto archive = image::readImageArchive(out.filePath(u"i.tar"_s));
        QVERIFY2(archive, qPrintable(archive ? QString() : archive.error().text()));
        QStringList platforms;
        for (const image::ArchivedImage &one : archive->images) {
            platforms += one.platform;
            QVERIFY(one.packedBytes > 100'000);
            QVERIFY(one.sizes.unpackedBytes() > one.packedBytes);
        }
        QCOMPARE(platforms, m_platforms);
    }

    void anArchiveOfOnePlatformIsReadAgain_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("an OCI layout") << u"oci"_s;
        QTest::newRow("docker's own") << u"docker"_s;
    }
    void anArchiveOfOnePlatformIsReadAgain()
    {
        QFETCH(QString, type);
        if (!m_can.archiveOutput.can)
            QSKIP(qPrintable(m_can.archiveOutput.reason));
        QTemporaryDir out;
        const QString path = out.filePath(u"image.tar"_s);
        engine::BuildRequest request = crossCompiled();
        request.tags = {u"stageloom-test/hello-archived:v1"_s};
        request.options.outputs = {{.type = type, .attributes = {{u"dest"_s, path}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto archive = image::readImageArchive(path);
        QVERIFY2(archive, qPrintable(archive ? QString() : archive.error().text()));
        QCOMPARE(archive->images.size(), 1U);
        QVERIFY(archive->images.front().sizes.unpackedBytes() > 1'000'000);
    }

    void aFolderOfEachPlatformIsWrittenOut()
    {
        if (!m_can.severalPlatforms.can)
            QSKIP(qPrintable(m_can.severalPlatforms.reason));
        QTemporaryDir out;
        engine::BuildRequest request = crossCompiled();
        request.options.platforms = m_platforms;
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(machineOf(out.filePath(u"linux_amd64/hello"_s)), 0x3e);
        QCOMPARE(machineOf(out.filePath(u"linux_arm64/hello"_s)), 0xb7);
    }

    void withTheOldStoreTheWayToSeveralPlatformsIsNamed()
    {
        if (m_can.severalPlatforms.can)
            QSKIP("this engine keeps several platforms");
        engine::BuildRequest request = crossCompiled();
        request.options.platforms = m_platforms;
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Unsupported);
        QVERIFY(!run.outcome->error->hint.isEmpty());
    }

private:
    static engine::BuildRequest crossCompiled()
    {
        engine::BuildRequest request;
        request.contextFolder = u"" SOURCE_DIR "/resources/samples/hello"_s;
        request.dockerfile =
            "FROM --platform=$BUILDPLATFORM golang:alpine AS builder\n"
            "ARG TARGETOS TARGETARCH\n"
            "WORKDIR /build\n"
            "COPY . .\n"
            "RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -ldflags='-s -w' -o hello ./hello.go\n"
            "FROM scratch\n"
            "COPY --from=builder /build/hello /hello\n"
            "CMD [\"/hello\"]\n";
        return request;
    }

    /// e_machine of an ELF file; -1 when it is none.
    static int machineOf(const QString &path)
    {
        QFile file(path);
        const QByteArray head = file.open(QIODevice::ReadOnly) ? file.read(20) : QByteArray();
        return head.startsWith("\x7f"
                               "ELF") &&
                       head.size() == 20
                   ? quint8(head[18])
                   : -1;
    }

    const QStringList m_platforms{u"linux/amd64"_s, u"linux/arm64"_s};
};

QTEST_GUILESS_MAIN(TestPlatforms)
#include "tst_platforms.moc"
