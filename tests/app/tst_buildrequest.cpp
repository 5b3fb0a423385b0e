// SPDX-License-Identifier: Apache-2.0
#include "build/buildrequest.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_BuildRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void basesOfAnotherPlatformSayWhich_data();
    void basesOfAnotherPlatformSayWhich();
    void aDockerfileOutsideOfTheContextIsSentUnderANameOfOurOwn();
};

namespace {

app::BuildInput inputOf(const QString &text, const QString &platform = {})
{
    workspace::BuildSettings settings;
    settings.platform = platform;
    workspace::Workspace document;
    document.replaceDocument(text, settings);
    return {
        .folder = u"/project"_s, .dockerfilePath = u"/project/Dockerfile"_s, .snapshot = document.snapshot()};
}

}

void tst_BuildRequest::basesOfAnotherPlatformSayWhich_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("platform"); // that golang is wanted for; empty: the target's
    QTest::newRow("none written") << u"FROM golang\n"_s << u"linux/arm64"_s << QString();
    QTest::newRow("the engine's own, for another target")
        << u"FROM --platform=$BUILDPLATFORM golang\n"_s << u"linux/arm64"_s << u"linux/amd64"_s;
    QTest::newRow("the engine's own, for itself")
        << u"FROM --platform=$BUILDPLATFORM golang\n"_s << QString() << QString();
    QTest::newRow("the target's, by name")
        << u"FROM --platform=$TARGETPLATFORM golang\n"_s << u"linux/arm64"_s << QString();
    QTest::newRow("a fixed one") << u"FROM --platform=linux/s390x golang\n"_s << QString()
                                 << u"linux/s390x"_s;
    QTest::newRow("from an ARG") << u"ARG P=linux/arm/v7\nFROM --platform=${P} golang\n"_s << QString()
                                 << u"linux/arm/v7"_s;
    QTest::newRow("two at once, which no name can hold")
        << u"FROM --platform=linux/s390x golang AS a\nFROM golang\nCOPY --from=a /x /x\n"_s << QString()
        << QString();
    QTest::newRow("a stage that is not built")
        << u"FROM --platform=linux/s390x golang AS a\nFROM scratch\nCOPY x /\n"_s << QString() << QString();
}

void tst_BuildRequest::basesOfAnotherPlatformSayWhich()
{
    QFETCH(QString, text);
    QFETCH(QString, target);
    QFETCH(QString, platform);
    const auto request = app::buildRequest(inputOf(text, target), u"linux/amd64"_s);
    QCOMPARE(request.basePlatforms.value(u"golang"_s), platform);
    QCOMPARE(request.basePlatforms.size(), platform.isEmpty() ? 0 : 1);
}

void tst_BuildRequest::aDockerfileOutsideOfTheContextIsSentUnderANameOfOurOwn()
{
    auto input = inputOf(u"FROM scratch\n"_s);
    QCOMPARE(app::dockerfileNameIn(input), u"Dockerfile"_s);
    input.dockerfilePath = u"/project/docker/Dockerfile"_s;
    QCOMPARE(app::dockerfileNameIn(input), u"docker/Dockerfile"_s);
    for (const QString &outside : {u"/elsewhere/Dockerfile"_s, QString()}) {
        input.dockerfilePath = outside;
        QCOMPARE(app::dockerfileNameIn(input), u".stageloom.Dockerfile"_s);
    }
}

QTEST_GUILESS_MAIN(tst_BuildRequest)
#include "tst_buildrequest.moc"
