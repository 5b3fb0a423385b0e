// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sharedplan.h"
#include "engine/registry/listpush.h"
#include "engine/registry/registryclient.h"
#include "support/buildrun.h"
#include "support/loopbackregistry.h"
#include "tlsregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace engine;

namespace {

const QString ociIndex = u"application/vnd.oci.image.index.v1+json"_s;
const QString ociImage = u"application/vnd.oci.image.manifest.v1+json"_s;
const QString dockerImage = u"application/vnd.docker.distribution.manifest.v2+json"_s;

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray image(const QString &type, int number)
{
    return json({{u"mediaType"_s, type}, {u"config"_s, QJsonObject{{u"size"_s, number}}}});
}

QByteArray index(const QStringList &digests, const QString &type)
{
    QJsonArray entries;
    for (const QString &digest : digests)
        entries += QJsonObject{{u"mediaType"_s, type}, {u"digest"_s, digest}, {u"size"_s, 7}};
    return json({{u"mediaType"_s, ociIndex}, {u"manifests"_s, entries}});
}

QStringList digestsIn(const QByteArray &list)
{
    QStringList digests;
    for (const QJsonValue entry : QJsonDocument::fromJson(list)["manifests"_L1].toArray())
        digests += entry["digest"_L1].toString();
    return digests;
}

}

/// What nodes pushed is read back, joined to one list, and put under each name; a registry's refusals are
/// words.
class tst_RegistryClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"})
            qunsetenv(name);
    }
    void namesAreThoseOfTheRegistry_data();
    void namesAreThoseOfTheRegistry();
    void listsAndImagesAreJoined();
    void dockersOwnImagesMakeDockersOwnList();
    void whatIsNoImageIsRefused();
    void aNodesPlanPushesByDigestOnly();
    void aManifestGoesThereAndBack_data();
    void aManifestGoesThereAndBack();
    void refusalsSayWhatToDo_data();
    void refusalsSayWhatToDo();
    void aRegistryThatIsBrieflyBusyIsAskedAgain();
    void aListIsPutUnderEachName();
    void whatIsNotWhatANodePushedIsInNoList();
    void whatSpeaksTlsHearsNothingInTheClear_data();
    void whatSpeaksTlsHearsNothingInTheClear();
    void whatSpeaksPlainHttpIsSpokenToSoWhenAPersonSaidSo();

private:
    void logIn(const LoopbackRegistry &registry, const QByteArray &password)
    {
        logIn(registry.host(), password);
    }
    void logIn(const QString &host, const QByteArray &password)
    {
        QFile file(m_config.filePath(u"config.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray both = QByteArray(LoopbackRegistry::user) + ':' + password;
        const QJsonObject entry{{u"auth"_s, QString::fromLatin1(both.toBase64())}};
        file.write(json({{u"auths"_s, QJsonObject{{host, entry}}}}));
    }
    base::Result<void> put(RegistryClient &client, const QString &reference, const QByteArray &bytes)
    {
        return await<void>(
            [&](auto answer) { client.put(reference, {.bytes = bytes, .mediaType = ociImage}, answer); });
    }

    QTemporaryDir m_config;
};

void tst_RegistryClient::namesAreThoseOfTheRegistry_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<RegistryName>("name");
    QTest::newRow("of Docker Hub") << u"alpine"_s
                                   << RegistryName{u"docker.io"_s, u"registry-1.docker.io"_s,
                                                   u"library/alpine"_s, u"latest"_s};
    QTest::newRow("of somebody there")
        << u"docker.io/me/app:v1"_s
        << RegistryName{u"docker.io"_s, u"registry-1.docker.io"_s, u"me/app"_s, u"v1"_s};
    QTest::newRow("with a port") << u"localhost:5000/a/b:c"_s
                                 << RegistryName{u"localhost:5000"_s, u"localhost:5000"_s, u"a/b"_s, u"c"_s};
    QTest::newRow("without a tag") << u"ghcr.io/a/b"_s
                                   << RegistryName{u"ghcr.io"_s, u"ghcr.io"_s, u"a/b"_s, u"latest"_s};
}

void tst_RegistryClient::namesAreThoseOfTheRegistry()
{
    QFETCH(QString, reference);
    QFETCH(RegistryName, name);
    QCOMPARE(registryName(reference), name);
}

void tst_RegistryClient::listsAndImagesAreJoined()
{
    const std::vector<PushedManifest> parts{
        {.digest = u"sha256:list"_s,
         .mediaType = ociIndex,
         .bytes = index({u"sha256:a"_s, u"sha256:b"_s}, ociImage)},
        {.digest = u"sha256:c"_s,
         .mediaType = ociImage,
         .bytes = image(ociImage, 1),
         .platform = u"linux/arm/v7"_s},
        {.digest = u"sha256:again"_s, .mediaType = ociIndex, .bytes = index({u"sha256:b"_s}, ociImage)}};
    const auto list = joinManifests(parts, {{u"org.example"_s, u"yes"_s}});
    QVERIFY(list);
    QCOMPARE(list->mediaType, ociIndex);
    QCOMPARE(digestsIn(list->bytes), QStringList({u"sha256:a"_s, u"sha256:b"_s, u"sha256:c"_s}));
    const QJsonObject read = QJsonDocument::fromJson(list->bytes).object();
    QCOMPARE(read["annotations"_L1]["org.example"_L1].toString(), u"yes"_s);
    const auto last = read["manifests"_L1].toArray().last().toObject();
    QCOMPARE(last["platform"_L1]["variant"_L1].toString(), u"v7"_s);
    QCOMPARE(last["size"_L1].toInt(), int(image(ociImage, 1).size()));
}

void tst_RegistryClient::dockersOwnImagesMakeDockersOwnList()
{
    const PushedManifest part{
        .digest = u"sha256:a"_s, .mediaType = dockerImage, .bytes = image(dockerImage, 1)};
    QVERIFY(joinManifests({part})->mediaType.contains("manifest.list.v2"_L1));
    QCOMPARE(joinManifests({part}, {{u"k"_s, u"v"_s}})->mediaType,
             ociIndex); // Docker's has no room for notes
}

void tst_RegistryClient::whatIsNoImageIsRefused()
{
    const auto list = joinManifests({{.digest = u"sha256:x"_s, .mediaType = ociImage, .bytes = "<html>"}});
    QVERIFY(!list);
    QCOMPARE(list.error().where, u"sha256:x"_s);
}

void tst_RegistryClient::aNodesPlanPushesByDigestOnly()
{
    SolvePlan plan;
    plan.exporters = {{.type = u"image"_s,
                       .attributes = {{u"push"_s, u"true"_s},
                                      {u"annotation-index.a"_s, u"b"_s},
                                      {u"name"_s, u"host:5000/a:1,host:5000/a:2,b"_s}}},
                      {.type = u"local"_s, .attributes = {}}};
    const SharedPush push = sharePlan(plan);
    QCOMPARE(push.names, QStringList({u"host:5000/a:1"_s, u"host:5000/a:2"_s, u"b"_s}));
    QCOMPARE(push.annotations.front().first, u"a"_s);
    QCOMPARE(plan.exporters.front().value(u"name"), u"host:5000/a,b"_s);
    QCOMPARE(plan.exporters.front().value(u"push-by-digest"), u"true"_s);
    QCOMPARE(plan.exporters.front().value(u"store"), u"false"_s);
    QVERIFY(plan.exporters.back().attributes.empty());
    QCOMPARE(plan.attributes.at(u"multi-platform"_s), u"true"_s);
}

void tst_RegistryClient::aManifestGoesThereAndBack_data()
{
    QTest::addColumn<bool>("wantsToken");
    QTest::newRow("with a password") << false;
    QTest::newRow("with a token for the password") << true;
}

void tst_RegistryClient::aManifestGoesThereAndBack()
{
    QFETCH(bool, wantsToken);
    LoopbackRegistry registry;
    QVERIFY2(registry.problem().isEmpty(), qPrintable(registry.problem()));
    if (wantsToken)
        registry.wantTokens();
    logIn(registry, LoopbackRegistry::password);
    RegistryClient client(registryName(registry.host() + u"/a/b:v1"_s), false, m_config.path());
    const QByteArray bytes = image(ociImage, 1);
    const auto there = put(client, u"v1"_s, bytes);
    QVERIFY2(there, qPrintable(there ? QString() : there.error().text()));
    const auto back = await<RegistryClient::Manifest>([&](auto answer) { client.get(u"v1"_s, answer); });
    QVERIFY2(back, qPrintable(back ? QString() : back.error().text()));
    QCOMPARE(back->bytes, bytes);
    QCOMPARE(back->mediaType, ociImage);
}

void tst_RegistryClient::refusalsSayWhatToDo_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("wantsToken");
    QTest::addColumn<QString>("hint");
    const QByteArray right = LoopbackRegistry::password;
    QTest::newRow("wrong password") << QByteArray("planted-wrong") << 0 << false << u"docker login"_s;
    QTest::newRow("no token for it") << QByteArray("planted-wrong") << 0 << true << u"docker login"_s;
    QTest::newRow("may not push") << right << 403 << false << u"docker login"_s;
    QTest::newRow("a manifest that it does not take") << right << 400 << false << QString();
    QTest::newRow("no such repository") << right << 404 << false << u"made before"_s;
    QTest::newRow("too often") << right << 429 << false << u"pause"_s;
    QTest::newRow("broken") << right << 500 << false << u"later"_s;
}

void tst_RegistryClient::refusalsSayWhatToDo()
{
    QFETCH(QByteArray, password);
    QFETCH(int, status);
    QFETCH(bool, wantsToken);
    QFETCH(QString, hint);
    LoopbackRegistry registry;
    if (wantsToken)
        registry.wantTokens();
    logIn(registry, password);
    if (status != 0)
        registry.answer("/manifests/", status, R"({"errors":[{"code":"X","message":"its own words"}]})");
    RegistryClient client(registryName(registry.host() + u"/a/b:v1"_s), false, m_config.path());
    const auto refused = put(client, u"v1"_s, "{}");
    QVERIFY(!refused);
    QVERIFY2(refused.error().hint.contains(hint), qPrintable(refused.error().text()));
    if (status != 0)
        QVERIFY2(refused.error().message.contains("its own words"_L1), qPrintable(refused.error().text()));
    QVERIFY(!QString(refused.error().text() + refused.error().detail).contains("planted-"_L1));
}

void tst_RegistryClient::aRegistryThatIsBrieflyBusyIsAskedAgain()
{
    LoopbackRegistry registry;
    logIn(registry, LoopbackRegistry::password);
    registry.answer("/manifests/", 503);
    QTimer::singleShot(500, this, [&registry] { registry.answer("/manifests/", 0); });
    RegistryClient client(registryName(registry.host() + u"/a/b:v1"_s), false, m_config.path());
    const auto there = put(client, u"v1"_s, image(ociImage, 1));
    QVERIFY2(there, qPrintable(there ? QString() : there.error().text()));
}

void tst_RegistryClient::aListIsPutUnderEachName()
{
    LoopbackRegistry registry;
    logIn(registry, LoopbackRegistry::password);
    ListOrder order{.parts = {}, .names = {}};
    for (const int number : {1, 2}) {
        RegistryClient client(registryName(registry.host() + u"/a/b"_s), false, m_config.path());
        const QByteArray bytes = image(ociImage, number);
        QVERIFY(put(client, u"part%1"_s.arg(number), bytes));
        ManifestList digest{.mediaType = {}, .bytes = bytes};
        order.parts.push_back({.digest = digest.digest(), .platform = u"linux/amd64"_s});
    }
    order.names = {registry.host() + u"/a/b:v1"_s, registry.host() + u"/a/b:v2"_s};
    const auto pushed =
        await<QString>([&](auto answer) { new ListPush(order, m_config.path(), answer, this); });
    QVERIFY2(pushed, qPrintable(pushed ? QString() : pushed.error().text()));
    QCOMPARE(digestsIn(registry.manifest(u"a/b:v1"_s)).size(), 2);
    QCOMPARE(registry.manifest(u"a/b:v2"_s), registry.manifest(u"a/b:v1"_s));
    QCOMPARE(registry.manifest(u"a/b@"_s + *pushed), registry.manifest(u"a/b:v1"_s));
}

void tst_RegistryClient::whatIsNotWhatANodePushedIsInNoList()
{
    LoopbackRegistry registry;
    logIn(registry, LoopbackRegistry::password);
    const QByteArray pushed = image(ociImage, 1);
    const QByteArray other = image(ociImage, 2);
    RegistryClient client(registryName(registry.host() + u"/a/b"_s), false, m_config.path());
    QVERIFY(put(client, u"part"_s, pushed));
    registry.answer("GET /v2/a/b/manifests/sha256", 200, other);
    const ListOrder order{.parts = {{.digest = manifestDigest(pushed), .platform = u"linux/amd64"_s}},
                          .names = {registry.host() + u"/a/b:v1"_s}};
    const auto list =
        await<QString>([&](auto answer) { new ListPush(order, m_config.path(), answer, this); });
    QVERIFY(!list);
    QVERIFY2(list.error().text().contains(manifestDigest(pushed)), qPrintable(list.error().text()));
    QVERIFY2(list.error().text().contains(manifestDigest(other)), qPrintable(list.error().text()));
    QVERIFY(!registry.manifests().contains(u"a/b:v1"_s));
}

void tst_RegistryClient::whatSpeaksTlsHearsNothingInTheClear_data()
{
    QTest::addColumn<QString>("host"); // 0.0.0.0 is this machine too, and no loopback by its name
    QTest::addColumn<QByteArray>("plainAnswer");
    QTest::addColumn<bool>("isInsecure");
    QTest::addColumn<int>("dropped");
    QTest::addColumn<bool>("isRead");
    QTest::addColumn<bool>("isAskedInTheClear"); // without the password, whatever comes
    const QString elsewhere = u"0.0.0.0"_s;
    const QString here = u"127.0.0.1"_s;
    const QByteArray moved = "HTTP/1.1 301 Moved Permanently\r\nLocation: https://127.0.0.1:1/v2/\r\n";
    const QByteArray permanent = "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://127.0.0.1:1/v2/\r\n";
    const QByteArray bad = "HTTP/1.1 400 Bad Request\r\n";
    QTest::newRow("another machine") << elsewhere << moved << true << 0 << true << false;
    QTest::newRow("another machine, that hangs up once") << elsewhere << moved << true << 1 << true << true;
    QTest::newRow("one that nobody called insecure") << elsewhere << moved << false << 0 << false << false;
    QTest::newRow("this machine, moved") << here << moved << true << 0 << true << true;
    QTest::newRow("this machine, moved for good") << here << permanent << true << 0 << true << true;
    QTest::newRow("this machine, a bad request") << here << bad << true << 0 << true << true;
}

void tst_RegistryClient::whatSpeaksTlsHearsNothingInTheClear()
{
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
        QSKIP("openssl, which makes the certificates, is not there");
    QFETCH(QString, host);
    QFETCH(QByteArray, plainAnswer);
    QFETCH(bool, isInsecure);
    QFETCH(int, dropped);
    static TestCertificates certificates;
    static const bool isMade = certificates.make();
    QVERIFY(isMade);
    const QByteArray bytes = image(ociImage, 1);
    TlsRegistry registry(certificates, bytes, plainAnswer);
    registry.connectionsToDrop = dropped;
    host += u':' + QString::number(registry.serverPort());
    logIn(host, LoopbackRegistry::password);
    RegistryClient client(registryName(host + u"/a/b:v1"_s), isInsecure, m_config.path());
    const auto read = await<RegistryClient::Manifest>([&](auto answer) { client.get(u"v1"_s, answer); });
    QTEST(read.has_value(), "isRead");
    QCOMPARE(read ? read->bytes : bytes, bytes);
    QTEST(!registry.plainRequests.isEmpty(), "isAskedInTheClear");
    for (const QByteArray &request : std::as_const(registry.plainRequests))
        QVERIFY2(!request.contains("authorization"), request.constData());
}

void tst_RegistryClient::whatSpeaksPlainHttpIsSpokenToSoWhenAPersonSaidSo()
{
    LoopbackRegistry registry;
    const QString host = QString(registry.host()).replace(u"127.0.0.1"_s, u"0.0.0.0"_s);
    logIn(host, LoopbackRegistry::password);
    RegistryClient client(registryName(host + u"/a/b:v1"_s), true, m_config.path());
    const auto there = put(client, u"v1"_s, image(ociImage, 1));
    QVERIFY2(there, qPrintable(there ? QString() : there.error().text()));
    RegistryClient strict(registryName(host + u"/a/b:v1"_s), false, m_config.path());
    const auto requests = registry.requests().size();
    QVERIFY(!put(strict, u"v1"_s, image(ociImage, 1)));
    QCOMPARE(registry.requests().size(), requests);
}

QTEST_GUILESS_MAIN(tst_RegistryClient)
#include "tst_registryclient.moc"
