// SPDX-License-Identifier: Apache-2.0
#include "image/imagesizes.h"
#include "image/instructiontext.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using image::ImageSizes;

namespace {

/// Answers of a real engine, as tests/data/image keeps them.
base::Result<ImageSizes> readRecorded(const QString &name, const QString &reference)
{
    QFile file(QStringLiteral(TEST_DATA_DIR) + u"/image/"_s + name + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(file.fileName()));
    const QJsonObject recorded = QJsonDocument::fromJson(file.readAll()).object();
    return image::readImageSizes(reference, QJsonDocument(recorded[u"inspect"].toObject()).toJson(),
                                 QJsonDocument(recorded[u"history"].toArray()).toJson());
}

}

class TestImageSizes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEngineGivesTheSameStack_data()
    {
        QTest::addColumn<QString>("recorded");
        QTest::addColumn<qint64>("total");
        QTest::addColumn<qint64>("program");
        QTest::addColumn<bool>("sumIsTotal");
        QTest::newRow("API 1.41") << u"docker-20.10-hello"_s << qint64(4187287) << qint64(1003704) << true;
        QTest::newRow("API 1.45") << u"docker-26.1-hello"_s << qint64(4187287) << qint64(1003704) << true;
        QTest::newRow("the containerd store packs, and counts blocks")
            << u"docker-28.5-containerd-hello"_s << qint64(3841436) << qint64(1015808) << false;
        QTest::newRow("Podman counts tar files")
            << u"podman-5.4-hello"_s << qint64(4376591) << qint64(1006080) << false;
    }
    void everyEngineGivesTheSameStack()
    {
        QFETCH(QString, recorded);
        QFETCH(qint64, total);
        QFETCH(qint64, program);
        QFETCH(bool, sumIsTotal);
        const auto sizes = readRecorded(recorded, u"hello:3"_s);
        QVERIFY(sizes);
        QCOMPARE(sizes->totalBytes, total);
        QCOMPARE(sizes->layerBytes() == total, sumIsTotal);
        QCOMPARE(sizes->architecture, u"amd64"_s);
        QCOMPARE(sizes->os, u"linux"_s);
        QVERIFY(sizes->id.startsWith(u"sha256:"_s));
        QVERIFY(sizes->created.isValid());
        QCOMPARE(sizes->layers.size(), std::size_t(8));
        QCOMPARE(sizes->layers.front().keyword, QString());
        QCOMPARE(sizes->layers.back().instruction, u"CMD [\"./hello\"]"_s);
        const auto &copy = sizes->layers[6];
        QCOMPARE(copy.keyword, u"COPY"_s);
        QCOMPARE(copy.sizeBytes, program);
        QVERIFY(!copy.isEmpty);
        QVERIFY(copy.created.isValid());
        QVERIFY(sizes->layers.back().isEmpty);
        QCOMPARE(sizes->layers[2].instruction,
                 u"RUN apk update --no-cache && apk add --no-cache ca-certificates"_s);
    }

    void aStandInIsTheImageOfThatNameAlone()
    {
        const auto design = readRecorded(u"docker-26.1-hello"_s, u"hello:3"_s);
        QVERIFY(!design->isStandIn());
        QCOMPARE(design->builtOnStandInFor, u"alpine"_s);
        QCOMPARE(image::standInBadge(*design), u"on stand-in"_s);

        const QByteArray inspect =
            "{\"Id\":\"sha256:1\",\"RepoTags\":[\"docker.io/library/alpine:3\"],\"Size\":5,"
            "\"Config\":{\"Labels\":{\"org.stageloom.stand-in\":\"alpine, made from Debian packages\"}}}";
        const auto alpine = image::readImageSizes(u"sha256:1"_s, inspect, "[]");
        QCOMPARE(alpine->standsInFor, u"alpine"_s);
        QVERIFY(alpine->builtOnStandInFor.isEmpty());
        QCOMPARE(image::standInBadge(*alpine), u"stand-in"_s);
    }

    void whatNewerEnginesLeaveOutIsNotNeeded()
    {
        // API 1.55: no GraphDriver, no empty Config fields, no Created of images made with a fixed epoch.
        const auto sizes = image::readImageSizes(u"x"_s, "{\"Id\":\"sha256:1\",\"Size\":7}",
                                                 "[{\"CreatedBy\":\"COPY a /a # buildkit\",\"Size\":7}]");
        QVERIFY(sizes);
        QVERIFY(!sizes->created.isValid());
        QVERIFY(!sizes->layers.front().created.isValid());
        QCOMPARE(sizes->layers.front().instruction, u"COPY a /a"_s);
        QVERIFY(!sizes->isStandIn());
        QCOMPARE(sizes->unpackedBytes(), qint64(7));
    }

    void rubbishIsAnError_data()
    {
        QTest::addColumn<QByteArray>("inspect");
        QTest::addColumn<QByteArray>("history");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("a page") << QByteArray("<html>") << QByteArray("[]");
        QTest::newRow("an error message")
            << QByteArray("{\"message\":\"no such image\"}") << QByteArray("[]");
        QTest::newRow("a history that is none") << QByteArray("{\"Id\":\"sha256:1\"}") << QByteArray("{}");
        QTest::newRow("cut off") << QByteArray("{\"Id\":\"sha256:1\"}") << QByteArray("[{");
    }
    void rubbishIsAnError()
    {
        QFETCH(QByteArray, inspect);
        QFETCH(QByteArray, history);
        const auto sizes = image::readImageSizes(u"hello:1"_s, inspect, history);
        QVERIFY(!sizes);
        QCOMPARE(sizes.error().kind, base::Error::Kind::Malformed);
        QCOMPARE(sizes.error().where, u"hello:1"_s);
    }

    void instructionsReadAsTheyWereWritten_data()
    {
        QTest::addColumn<QString>("createdBy");
        QTest::addColumn<QString>("instruction");
        QTest::newRow("BuildKit, shell") << u"RUN /bin/sh -c go build # buildkit"_s << u"RUN go build"_s;
        QTest::newRow("BuildKit, args")
            << u"RUN |3 V=1 2= W= /bin/sh -ec echo hi > /hi # buildkit"_s << u"RUN echo hi > /hi"_s;
        QTest::newRow("BuildKit, args and JSON") << u"RUN |1 V=1 touch /x # buildkit"_s << u"RUN touch /x"_s;
        QTest::newRow("another shell")
            << u"RUN /bin/bash -o pipefail -c a | b # buildkit"_s << u"RUN a | b"_s;
        QTest::newRow("shell with joined options")
            << u"RUN /bin/ash -eo pipefail -c a | b"_s << u"RUN a | b"_s;
        QTest::newRow("a script of its own is no shell")
            << u"RUN ./push -c x # buildkit"_s << u"RUN ./push -c x"_s;
        QTest::newRow("here-document")
            << u"RUN /bin/sh -c set -e\n  make\n # buildkit"_s << u"RUN set -e make"_s;
        QTest::newRow("BuildKit, copy") << u"COPY /a /b # buildkit"_s << u"COPY /a /b"_s;
        QTest::newRow("BuildKit, ports")
            << u"EXPOSE map[8080/tcp:{} 9090/udp:{}]"_s << u"EXPOSE 8080/tcp 9090/udp"_s;
        QTest::newRow("newer ports") << u"EXPOSE [8080/tcp 9090/udp]"_s << u"EXPOSE 8080/tcp 9090/udp"_s;
        QTest::newRow("a list as Go prints it")
            << u"CMD [\"-c\" \"echo a b\"]"_s << u"CMD [\"-c\", \"echo a b\"]"_s;
        QTest::newRow("a list with an escaped quote")
            << u"CMD [\"a\\\" b\" \"c\"]"_s << u"CMD [\"a\\\" b\", \"c\"]"_s;
        QTest::newRow("healthcheck")
            << u"HEALTHCHECK &{[\"CMD-SHELL\" \"true\"] \"5s\" \"0s\" \"0s\" '\\x00'}"_s
            << u"HEALTHCHECK CMD true"_s;
        QTest::newRow("healthcheck as a list")
            << u"HEALTHCHECK &{[\"CMD\" \"/a\" \"b\"] \"5s\"}"_s << u"HEALTHCHECK CMD [\"/a\", \"b\"]"_s;
        QTest::newRow("no healthcheck") << u"HEALTHCHECK &{[\"NONE\"] \"0s\"}"_s << u"HEALTHCHECK NONE"_s;
        QTest::newRow("classic") << u"/bin/sh -c #(nop)  CMD [\"./hello\"]"_s << u"CMD [\"./hello\"]"_s;
        QTest::newRow("classic, after SHELL") << u"/bin/sh -ec #(nop)  USER nobody"_s << u"USER nobody"_s;
        QTest::newRow("classic, run") << u"/bin/sh -c go build"_s << u"RUN go build"_s;
        QTest::newRow("classic, run with args") << u"|2 A=b C= /bin/sh -c go build"_s << u"RUN go build"_s;
        QTest::newRow("classic, copy")
            << u"/bin/sh -c #(nop) COPY dir:01013cc510cc073cddd3835080510bb47c0e790b3fa905af737cc7d4bee7092c in / "_s
            << u"COPY dir:01013cc510cc in /"_s;
        QTest::newRow("buildah, JSON run")
            << u"|1 V=1 /bin/sh -c [\"touch\",\"/x y\"]"_s << u"RUN [\"touch\",\"/x y\"]"_s;
        QTest::newRow("Windows") << u"cmd /S /C echo a"_s << u"RUN echo a"_s;
        QTest::newRow("no builder wrote it") << u"# debian.sh --arch 'amd64' out/ 'bookworm'"_s
                                             << u"# debian.sh --arch 'amd64' out/ 'bookworm'"_s;
        QTest::newRow("a sentence") << u"stand-in: busybox of Debian trixie"_s
                                    << u"stand-in: busybox of Debian trixie"_s;
        QTest::newRow("nothing") << u""_s << u""_s;
    }
    void instructionsReadAsTheyWereWritten()
    {
        QFETCH(QString, createdBy);
        QFETCH(QString, instruction);
        QCOMPARE(image::instructionFromHistory(createdBy), instruction);
    }

    void keywordsAreThoseOfDockerfiles()
    {
        QCOMPARE(image::keywordOf(u"RUN go build"_s), u"RUN"_s);
        QCOMPARE(image::keywordOf(u"RUNNING go build"_s), QString());
        QCOMPARE(image::keywordOf(u"stand-in: x"_s), QString());
    }
};

QTEST_APPLESS_MAIN(TestImageSizes)
#include "tst_imagesizes.moc"
