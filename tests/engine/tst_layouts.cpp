// SPDX-License-Identifier: Apache-2.0
#include "layoutfolder.h"
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitclient.h"
#include "image/imagearchive.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;
using engine::TypedAttributes;

/// Caches, contexts and outputs that are OCI layouts in folders of this machine, with a real engine on the
/// other side.
class TestLayouts : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { takeEngine(&engine::BuildAbilities::session); }
    void cleanupTestCase() { m_engine.reset(); }

    void aBuildBeginsWithTheCacheInAFolder_data()
    {
        using Attributes = std::vector<std::pair<QString, QString>>;
        QTest::addColumn<Attributes>("to");
        QTest::addColumn<Attributes>("from");
        QTest::newRow("as it is") << Attributes{} << Attributes{};
        QTest::newRow("zstd, under a tag")
            << Attributes{{u"mode"_s, u"max"_s}, {u"compression"_s, u"zstd"_s}, {u"tag"_s, u"mine"_s}}
            << Attributes{{u"tag"_s, u"mine"_s}};
        QTest::newRow("not packed, as an index")
            << Attributes{{u"compression"_s, u"uncompressed"_s}, {u"image-manifest"_s, u"false"_s}}
            << Attributes{};
    }
    void aBuildBeginsWithTheCacheInAFolder()
    {
        using Attributes = std::vector<std::pair<QString, QString>>;
        QFETCH(Attributes, to);
        QFETCH(Attributes, from);
        QTemporaryDir folder;
        const QString cache = folder.filePath(u"кэш/new"_s);
        to.emplace_back(u"dest"_s, cache);
        from.emplace_back(u"src"_s, cache);
        const QByteArray mark = newMark();
        engine::BuildRequest request =
            requestFor("FROM alpine AS made\nRUN head -c 16 /dev/urandom | od -x > /" + mark +
                       "\nFROM scratch\nCOPY --from=made /" + mark + " /x\n");
        request.options.outputs = {{u"local"_s, {{u"dest"_s, folder.filePath(u"first"_s)}}}};
        request.options.cacheTo = {{u"local"_s, to}};
        BuildRun first(m_engine->client, request);
        QVERIFY(first.wait());
        if (!m_can.cacheExport.can) {
            refusedWithTheMend(first);
            return;
        }
        QVERIFY2(first.outcome->succeeded(), qPrintable(first.error()));
        QCOMPARE(first.step(u"RUN head"_s)->state, State::Done);
        QVERIFY(QFileInfo::exists(cache + u"/index.json"));
        QTRY_VERIFY(!QFileInfo::exists(cache + u"/ingest")); // it ends with the session

        forget(mark);
        request.options.cacheTo.clear();
        request.options.outputs = {{u"cacheonly"_s, {}}};
        BuildRun without(m_engine->client, request);
        QVERIFY(without.wait());
        QCOMPARE(without.step(u"RUN head"_s)->state, State::Done); // the engine has nothing of it any more

        forget(mark);
        request.options.cacheFrom = {{u"local"_s, from}};
        request.options.outputs = {{u"local"_s, {{u"dest"_s, folder.filePath(u"second"_s)}}}};
        BuildRun second(m_engine->client, request);
        QVERIFY(second.wait());
        QVERIFY2(second.outcome->succeeded(), qPrintable(second.error()));
        QCOMPARE(second.step(u"RUN head"_s)->state, State::Cached);
        // It was random, and it is the same: it came from the folder.
        QCOMPARE(bytesIn(folder.filePath(u"second/x"_s)), bytesIn(folder.filePath(u"first/x"_s)));
    }

    void oneFolderIsReadAndWrittenByTheSameBuild()
    {
        if (!m_can.cacheExport.can)
            QSKIP(qPrintable(m_can.cacheExport.reason));
        QTemporaryDir folder;
        engine::BuildRequest request = requestFor("FROM alpine\nRUN echo " + newMark() + " > /x\n");
        request.options.outputs = {{u"cacheonly"_s, {}}};
        request.options.cacheFrom = {{u"local"_s, {{u"src"_s, folder.path()}}}};
        request.options.cacheTo = {{u"local"_s, {{u"dest"_s, folder.path()}}}};
        QStringList notes;
        for (int i = 0; i < 3; ++i) {
            BuildRun run(m_engine->client, request);
            QVERIFY(run.wait());
            QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
            notes += run.warnings;
        }
        QVERIFY2(notes.size() == 1, qPrintable(notes.join(u'\n'))); // the first finds none yet
        const auto entries = LayoutFolder(folder.path()).files[u"index.json"_s];
        QCOMPARE(entries.count("\"digest\""), 1);
    }

    void aCacheThatIsNotThereIsSaidAndTheBuildGoesOn()
    {
        QTemporaryDir folder;
        engine::BuildRequest request = requestFor("FROM alpine\nRUN true\n");
        request.options.cacheFrom = {{u"local"_s, {{u"src"_s, folder.filePath(u"none"_s)}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.warnings.join(u'\n').contains("there is no such folder"_L1),
                 qPrintable(run.warnings.join(u'\n')));
    }

    void aLayoutIsWrittenAsAFolderAndOpenedByOurReader_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("oci") << u"oci"_s;
        QTest::newRow("docker") << u"docker"_s;
    }
    void aLayoutIsWrittenAsAFolderAndOpenedByOurReader()
    {
        QFETCH(QString, type);
        QTemporaryDir folder;
        const QString out = folder.filePath(u"out"_s);
        engine::BuildRequest request = requestFor("FROM alpine\nRUN echo " + newMark() + " > /x\n");
        request.tags = {u"stageloom-test/layout:v1"_s, u"stageloom-test/layout:v2"_s};
        request.options.outputs = {{type, {{u"dest"_s, out}, {u"tar"_s, u"false"_s}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        if (!m_can.archiveOutput.can) {
            refusedWithTheMend(run);
            return;
        }
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto archive = image::readImageArchive(out);
        QVERIFY2(archive, qPrintable(archive ? QString() : archive.error().text()));
        QVERIFY(!archive->images.empty());
        QCOMPARE(archive->images.front().platform,
                 QString(u"linux/"_s + m_engine->client->info()->architecture));
        QCOMPARE(archive->images.front().sizes.layers.size(), 2);
        const QByteArray index = LayoutFolder(out).files[u"index.json"_s];
        QVERIFY(index.contains("docker.io/stageloom-test/layout:v1"));
        QVERIFY(index.contains("docker.io/stageloom-test/layout:v2"));
    }

    void aLayoutIsTheBaseOfABuild()
    {
        QTemporaryDir folder;
        engine::BuildRequest request =
            requestFor("FROM base\nRUN cat /mark\nRUN --mount=from=base,target=/b cat /b/mark\n");
        request.noCache = true;
        request.options.contexts = {{u"base"_s, QString(u"oci-layout://"_s + folder.filePath(u"a:v1"_s))}};
        if (!m_can.layoutContexts.can) {
            BuildRun run(m_engine->client, request);
            QVERIFY(run.wait());
            refusedWithTheMend(run);
            return;
        }
        const QByteArray mark = newMark();
        LayoutFolder layout = layoutWith("mark-of-engine!!");
        layout.replace("mark-of-engine!!", mark);
        layout.write(folder.filePath(u"a"_s));
        for (const QString &address :
             {folder.filePath(u"a:v1"_s), folder.filePath(u"a"_s),
              QString(folder.filePath(u"a"_s) + u'@' + digestIn(layout.files[u"index.json"_s]))}) {
            request.options.contexts = {{u"base"_s, QString(u"oci-layout://"_s + address)}};
            BuildRun run(m_engine->client, request);
            QVERIFY(run.wait());
            QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
            QCOMPARE(run.log.count(QString::fromLatin1(mark)), 2); // which no engine had ever seen
        }
        engine::BuildKitClient buildKit(m_engine->client);
        const auto outline =
            await<engine::DockerfileOutline>([&](auto answer) { buildKit.outline(request, answer); });
        QVERIFY2(outline, qPrintable(outline ? QString() : outline.error().text()));
    }

    void aLayoutThatIsDamagedIsToldInWords_data()
    {
        QTest::addColumn<bool>("isLost");
        QTest::addColumn<QString>("says");
        QTest::newRow("a layer is lost") << true << u"the layout lacks the blob sha256:"_s;
        QTest::newRow("a layer is changed") << false << u"is damaged"_s;
    }
    void aLayoutThatIsDamagedIsToldInWords()
    {
        if (!m_can.layoutContexts.can)
            QSKIP(qPrintable(m_can.layoutContexts.reason));
        QFETCH(bool, isLost);
        QFETCH(QString, says);
        QTemporaryDir folder;
        LayoutFolder layout = layoutWith("mark-of-engine!!");
        const QByteArray mark = newMark();
        layout.replace("mark-of-engine!!", mark);
        const QString layer = layout.archiveWith(mark);
        if (isLost)
            layout.files.remove(layer);
        else
            layout.files[layer].back() = 'x';
        layout.write(folder.path());
        engine::BuildRequest request = requestFor("FROM base\nRUN cat /mark\n");
        request.options.contexts = {{u"base"_s, QString(u"oci-layout://"_s + folder.path())}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QVERIFY2(run.error().contains(says), qPrintable(run.error()));
        QVERIFY2(run.outcome->error->hint.contains("anew"_L1), qPrintable(run.error()));
        QVERIFY2(!run.error().contains("rpc error"_L1), qPrintable(run.error()));
    }

    void aPlaceThatCannotBeWrittenIsToldBeforeAnythingIsBuilt()
    {
        if (!m_can.cacheExport.can)
            QSKIP(qPrintable(m_can.cacheExport.reason));
        engine::BuildRequest request = requestFor("FROM alpine\nRUN true\n");
        request.options.cacheTo = {{u"local"_s, {{u"dest"_s, u"/proc/stageloom"_s}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QVERIFY2(run.error().contains("/proc/stageloom"_L1), qPrintable(run.error()));
        QVERIFY(run.steps.empty());
    }

private:
    static QByteArray bytesIn(const QString &path)
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
    /// 16 letters that were never there.
    static QByteArray newMark()
    {
        return "m" + QByteArray::number(QRandomGenerator::system()->generate64(), 16)
                         .rightJustified(15, '0')
                         .right(15);
    }
    static QString digestIn(const QByteArray &index)
    {
        return QString::fromUtf8(index.mid(index.indexOf("sha256:"), 71));
    }
    static void refusedWithTheMend(const BuildRun &run)
    {
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Unsupported);
        QVERIFY(!run.outcome->error->hint.isEmpty());
        QVERIFY(run.steps.empty()); // before anything was asked
    }

    /// An image of one file /mark that says `mark`, above alpine, its layers not packed.
    LayoutFolder layoutWith(const QByteArray &mark)
    {
        QTemporaryDir folder;
        engine::BuildRequest request = requestFor("FROM alpine\nRUN echo " + mark + " > /mark\n");
        request.tags = {u"stageloom-test/base:v1"_s};
        request.options.attestations = {{u"provenance"_s, {{u"disabled"_s, u"true"_s}}}};
        request.options.outputs = {{u"oci"_s,
                                    {{u"dest"_s, folder.path()},
                                     {u"tar"_s, u"false"_s},
                                     {u"compression"_s, u"uncompressed"_s},
                                     {u"force-compression"_s, u"true"_s}}}};
        BuildRun run(m_engine->client, request);
        const bool isMade = run.wait() && run.outcome->succeeded();
        if (!isMade)
            QTest::qFail(qPrintable(run.error()), __FILE__, __LINE__);
        return LayoutFolder(folder.path());
    }

    /// Takes what a step left out of the engine's cache.
    void forget(const QByteArray &mark)
    {
        engine::BuildKitClient buildKit(m_engine->client);
        const auto all =
            await<std::vector<engine::CacheRecord>>([&](auto answer) { buildKit.diskUsage(answer); });
        QVERIFY(all);
        int count = 0;
        // From the last one down: one that others build on stays.
        for (auto record = all->rbegin(); record != all->rend(); ++record) {
            if (!record->description.contains(QString::fromLatin1(mark)))
                continue;
            const auto freed = await<std::vector<engine::CacheRecord>>([&](auto answer) {
                buildKit.prune(
                    {.all = true, .filters = {QString(u"id=="_s + record->id)}}, [](const auto &) {}, answer);
            });
            QVERIFY2(freed, qPrintable(freed ? QString() : freed.error().text()));
            count += int(freed->size());
        }
        QVERIFY(count > 0);
    }
};

QTEST_GUILESS_MAIN(TestLayouts)
#include "tst_layouts.moc"
