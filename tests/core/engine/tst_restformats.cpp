// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/apiversion.h"
#include "engine/rest/failures.h"
#include "engine/rest/images.h"
#include "engine/rest/jsonstream.h"
#include "engine/rest/multiplexed.h"
#include "engine/rest/system.h"
#include "engine/rest/transport.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using engine::ApiVersion;

/// What engines send, in all the shapes that their versions have.
class TestRestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theVersionIsTheNewestThatBothKnow_data()
    {
        QTest::addColumn<QString>("newest");
        QTest::addColumn<QString>("minimum");
        QTest::addColumn<QString>("spoken");
        QTest::newRow("Engine 20.10") << u"1.41"_s << u"1.12"_s << u"1.41"_s;
        QTest::newRow("Engine 26.1") << u"1.45"_s << u"1.24"_s << u"1.45"_s;
        QTest::newRow("Engine 28.5") << u"1.51"_s << u"1.24"_s << u"1.51"_s;
        QTest::newRow("Engine 29.0 has a higher minimum") << u"1.52"_s << u"1.44"_s << u"1.52"_s;
        QTest::newRow("Engine 29.7") << u"1.55"_s << u"1.40"_s << u"1.55"_s;
        QTest::newRow("a newer one is spoken to in our newest") << u"1.70"_s << u"1.44"_s << u"1.55"_s;
        QTest::newRow("one that knows nothing of ours") << u"1.70"_s << u"1.60"_s << u"1.60"_s;
        QTest::newRow("an old one that is not refused") << u"1.39"_s << u"1.12"_s << u"1.39"_s;
        QTest::newRow("no minimum told, as Podman 3 did") << u"1.41"_s << u""_s << u"1.41"_s;
    }
    void theVersionIsTheNewestThatBothKnow()
    {
        QFETCH(QString, newest);
        QFETCH(QString, minimum);
        QFETCH(QString, spoken);
        QCOMPARE(engine::negotiated(*ApiVersion::parse(newest), ApiVersion::parse(minimum)).text(), spoken);
    }

    void whatIsNoVersionIsNone()
    {
        for (const QString &text : {u""_s, u"1"_s, u"a.b"_s, u"1."_s, u".41"_s, u"1.-2"_s})
            QVERIFY2(!ApiVersion::parse(text), qPrintable(text));
    }

    void objectsComeWholeWhereverTheStreamWasCut()
    {
        const QByteArray stream = "{\"a\":\"}{\\\"\"}\r\n{\"b\":{\"c\":[1,{}]}}\x1e{\"d\":\"\xc3\xbc\"}";
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            engine::JsonStream json;
            auto objects = json.feed(stream.first(cut));
            for (const QJsonObject &object : json.feed(stream.sliced(cut)))
                objects.push_back(object);
            QVERIFY(!json.problem());
            QVERIFY(!json.isInsideObject());
            QCOMPARE(objects.size(), std::size_t(3));
            QCOMPARE(objects[0]["a"_L1].toString(), u"}{\""_s);
            QCOMPARE(objects[2]["d"_L1].toString(), u"ü"_s);
        }
    }

    void rubbishInAStreamIsTold()
    {
        engine::JsonStream json;
        QCOMPARE(json.feed("{\"a\":1}\n<html>").size(), std::size_t(1));
        QVERIFY(json.problem());
        QVERIFY(json.feed("{\"b\":1}").empty());
        engine::JsonStream broken;
        QVERIFY(broken.feed("{nonsense}").empty());
        QVERIFY(broken.problem());
    }

    void imagesAreListedInTheShapesOfAllVersions()
    {
        const auto images = engine::readImageList(R"([
            {"Id":"sha256:1","RepoTags":null,"Size":5,"Created":1700000000},
            {"Id":"sha256:2","RepoTags":["<none>:<none>"],"Size":6,"Created":1700000000,"Labels":null},
            {"Id":"sha256:3","RepoTags":["docker.io/library/alpine:latest","localhost/me:v1"],"Size":7000000000,
             "Labels":{"org.stageloom.stand-in":"alpine:latest"}}])");
        QVERIFY(images);
        QCOMPARE(images->size(), std::size_t(3));
        QVERIFY(images->at(0).tags.isEmpty());
        QVERIFY(images->at(1).tags.isEmpty());
        QCOMPARE(images->at(2).tags, (QStringList{u"alpine:latest"_s, u"localhost/me:v1"_s}));
        QCOMPARE(images->at(2).sizeBytes, 7'000'000'000);
        QVERIFY(images->at(2).isStandIn);
        QVERIFY(!engine::readImageList("{}"));
    }

    void aReferenceIsSplitWhereItsTagBegins_data()
    {
        QTest::addColumn<QString>("reference");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("tag");
        QTest::newRow("a tag") << u"alpine:3"_s << u"alpine"_s << u"3"_s;
        QTest::newRow("none") << u"alpine"_s << u"alpine"_s << u"latest"_s;
        QTest::newRow("a port is no tag") << u"host:5000/a/b"_s << u"host:5000/a/b"_s << u"latest"_s;
        QTest::newRow("a port and a tag") << u"host:5000/a:v1"_s << u"host:5000/a"_s << u"v1"_s;
        QTest::newRow("a digest") << u"a@sha256:12"_s << u"a"_s << u"sha256:12"_s;
    }
    void aReferenceIsSplitWhereItsTagBegins()
    {
        QFETCH(QString, reference);
        const auto split = engine::splitReference(reference);
        QTEST(split.name, "name");
        QTEST(split.tag, "tag");
    }

    void framesOfALogAreJoined()
    {
        const QByteArray log =
            QByteArray("\1\0\0\0\0\0\0\4out\n", 12) + QByteArray("\2\0\0\0\0\0\0\4err\n", 12);
        QCOMPARE(engine::demultiplexed(log), "out\nerr\n");
        QCOMPARE(engine::demultiplexed("plain, as from a terminal"), "plain, as from a terminal");
        QCOMPARE(engine::demultiplexed(log.first(20)), "out\n");
        QCOMPARE(engine::demultiplexed(log.first(22)), "out\ner");
        QCOMPARE(engine::demultiplexed({}), "");
    }

    void theContainerdStoreIsSeen()
    {
        const engine::Reply ping{.status = 200, .body = {}, .headers = {}};
        const auto info = engine::readEngineInfo(
            {}, ping, R"({"Version":"29.7.2","ApiVersion":"1.55","MinAPIVersion":"1.40","Arch":"arm64"})",
            R"({"Driver":"overlayfs","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]],
                "OSType":"linux","SecurityOptions":["name=seccomp,profile=builtin","name=rootless"],"Warnings":null})");
        QVERIFY(info);
        QVERIFY(info->containerdStore);
        QVERIFY(info->rootless);
        QVERIFY(info->hasBuildKit);
        QCOMPARE(info->apiVersion, u"1.55"_s);
        QCOMPARE(info->platforms.front(), u"linux/arm64"_s);
    }

    void podmanIsKnownByItsHeader()
    {
        const engine::Reply ping{.status = 200, .body = {}, .headers = {{"libpod-api-version", "5.4.2"}}};
        const auto info = engine::readEngineInfo({}, ping, R"({"Version":"5.4.2","ApiVersion":"1.41"})",
                                                 R"({"OSType":"linux","Architecture":"x86_64"})");
        QVERIFY(info);
        QCOMPARE(info->product, u"Podman"_s);
        QVERIFY(!info->hasBuildKit);
        QCOMPARE(info->architecture, u"amd64"_s);
    }

    void emulationIsReadFromTheKernel()
    {
        QTemporaryDir folder;
        const auto entry = [&folder](const QString &name, const QByteArray &text) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        entry(u"qemu-aarch64"_s, "enabled\ninterpreter /usr/bin/qemu\n");
        entry(u"qemu-s390x"_s, "disabled\n");
        entry(u"python3"_s, "enabled\n");
        QCOMPARE(engine::emulatedPlatforms(folder.path()), QStringList{u"linux/arm64"_s});
        QVERIFY(engine::emulatedPlatforms(u"/nonexistent"_s).isEmpty());
    }

    void anErrorsWordsAreTheEngines_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        QTest::addColumn<base::Error::Kind>("kind");
        QTest::newRow("JSON") << 404 << QByteArray(R"({"message":"No such image: x"})")
                              << u"No such image: x"_s << base::Error::Kind::NotFound;
        QTest::newRow("plain text of old versions")
            << 400 << QByteArray("client version 1.10 is too old\n") << u"client version 1.10 is too old"_s
            << base::Error::Kind::Failed;
        QTest::newRow("a proxy's page")
            << 502 << QByteArray("<html>x</html>") << u"the engine answered with status 502"_s
            << base::Error::Kind::Failed;
        QTest::newRow("nothing") << 403 << QByteArray() << u"the engine answered with status 403"_s
                                 << base::Error::Kind::Refused;
    }
    void anErrorsWordsAreTheEngines()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const base::Error error = engine::answeredError(status, body);
        QTEST(error.message, "message");
        QTEST(error.kind, "kind");
    }

    void namesStayInTheirPlaceOfThePath()
    {
        QCOMPARE(engine::inPath(u"host:5000/a/b:v1"_s), "host:5000/a/b:v1");
        QCOMPARE(engine::inPath(u"a?b#c%d e"_s), "a%3Fb%23c%25d%20e");
        const engine::Transport transport(
            {.kind = engine::Endpoint::Kind::Tcp, .host = u"::1"_s, .port = 2375});
        const QUrl url = transport.request("/build", {{u"t"_s, u"a&b=c+d ü"_s}}).url();
        QCOMPARE(url.toEncoded(), "http://[::1]:2375/build?t=a%26b%3Dc%2Bd%20%C3%BC");
    }
};

QTEST_GUILESS_MAIN(TestRestFormats)
#include "tst_restformats.moc"
