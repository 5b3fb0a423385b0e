// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/auth.h"
#include "engine/buildkit/sessionservices/credentialhelper.h"
#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/buildkit/sessionservices/secrets.h"
#include "fakecall.h"
#include "treefixture.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::GrpcCode;
using engine::RegistryCredentials;

namespace {

constexpr auto planted = "p1anted-s3cret";

/// Docker's settings with credential helpers beside them, which PATH finds.
struct Settings
{
    explicit Settings(const QByteArray &config)
        : m_oldPath(qgetenv("PATH"))
    {
        write(config);
        tree.folder("bin");
        const QByteArray path = tree.at("bin") + ':' + m_oldPath;
        qputenv("PATH", path);
    }
    ~Settings() { qputenv("PATH", m_oldPath); }
    Q_DISABLE_COPY_MOVE(Settings)

    /// JSON with single quotes, to be read more easily.
    void write(QByteArray config) { tree.file("config.json", config.replace('\'', '"')); }
    void helper(const QByteArray &name, const QByteArray &script)
    {
        tree.file("bin/docker-credential-" + name, "#!/bin/sh\n" + script, 0755);
    }
    base::Result<RegistryCredentials> find(const QString &registry)
    {
        std::optional<base::Result<RegistryCredentials>> found;
        int calls = 0;
        engine::findRegistryCredentials(tree.path(), registry, &context, [&](const auto &result) {
            found = result;
            ++calls;
        });
        if (!QTest::qWaitFor([&] { return found.has_value(); }, 15000))
            qFatal("nobody answered");
        QTest::qWait(10);
        Q_ASSERT(calls == 1);
        return *found;
    }

    TreeFixture tree;
    QObject context;

private:
    QByteArray m_oldPath;
};

QByteArray basic(const QByteArray &user, const QByteArray &password)
{
    return QByteArray(user + ':' + password).toBase64();
}

}

class TestCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registriesAreFoundAsDockerFindsThem_data()
    {
        QTest::addColumn<QByteArray>("auths");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("username");
        const auto row = [](const char *why, const QByteArray &key, const QString &registry,
                            const QString &username) {
            QTest::newRow(why) << QByteArray("'" + key + "':{'auth':'" + basic("me", "pw:with:colons") + "'}")
                               << registry << username;
        };
        row("by its host", "ghcr.io", u"ghcr.io"_s, u"me"_s);
        row("with a port", "localhost:5000", u"localhost:5000"_s, u"me"_s);
        row("another port is another registry", "localhost:5000", u"localhost:5001"_s, u""_s);
        row("an old key with scheme and path", "https://registry.example.com/v2/", u"registry.example.com"_s,
            u"me"_s);
        row("Docker Hub under its own key", "https://index.docker.io/v1/", u"registry-1.docker.io"_s,
            u"me"_s);
        row("Docker Hub as images name it", "https://index.docker.io/v1/", u"docker.io"_s, u"me"_s);
        row("Docker Hub as podman writes it", "docker.io", u"registry-1.docker.io"_s, u"me"_s);
        row("not there", "ghcr.io", u"quay.io"_s, u""_s);
        QTest::newRow("name and password in the clear")
            << QByteArray("'r.io':{'username':'me','password':'pw:with:colons'}") << u"r.io"_s << u"me"_s;
        QTest::newRow("rubbish in place of base64")
            << QByteArray("'r.io':{'auth':'%%%%'}") << u"r.io"_s << u""_s;
    }
    void registriesAreFoundAsDockerFindsThem()
    {
        QFETCH(QByteArray, auths);
        QFETCH(QString, registry);
        Settings settings("{\"auths\":{" + auths + "}}");
        const auto found = settings.find(registry);
        QVERIFY(found);
        QTEST(found->username, "username");
        QCOMPARE(found->password, found->isAnonymous() ? u""_s : u"pw:with:colons"_s);
    }

    void identityTokensNeedNoName()
    {
        Settings settings("{'auths':{'r.io':{'auth':'" + basic("me", "x") + "','identitytoken':'tok'}}}");
        const auto found = settings.find(u"r.io"_s);
        QCOMPARE(*found, (RegistryCredentials{.identityToken = u"tok"_s}));
    }

    void withoutSettingsEverybodyIsAnonymous()
    {
        Settings settings("{}");
        settings.tree.remove("config.json");
        QVERIFY(settings.find(u"r.io"_s)->isAnonymous());
    }

    void brokenSettingsAreNamed()
    {
        Settings settings("{ no json");
        const auto found = settings.find(u"r.io"_s);
        QVERIFY(!found);
        QVERIFY(found.error().where.endsWith(u"config.json"));
    }

    void aChangeOfTheSettingsCountsAtOnce()
    {
        Settings settings("{}");
        QVERIFY(settings.find(u"r.io"_s)->isAnonymous());
        settings.write("{'auths':{'r.io':{'auth':'" + basic("me", "x") + "'}}}");
        QCOMPARE(settings.find(u"r.io"_s)->username, u"me"_s);
    }

    void helpersAreAskedWithTheRegistrysKey()
    {
        Settings settings("{'credsStore':'all','credHelpers':{'ghcr.io':'one'}}");
        const QByteArray answer =
            "read key; printf '{\"ServerURL\":\"%s\",\"Username\":\"NAME:%s\",\"Secret\":\"s\"}' \"$key\" "
            "\"$key\"";
        settings.helper("all", QByteArray(answer).replace("NAME", "all"));
        settings.helper("one", QByteArray(answer).replace("NAME", "one"));
        QCOMPARE(settings.find(u"ghcr.io"_s)->username, u"one:ghcr.io"_s);
        QCOMPARE(settings.find(u"quay.io"_s)->username, u"all:quay.io"_s);
        QCOMPARE(settings.find(u"docker.io"_s)->username, u"all:https://index.docker.io/v1/"_s);
        QCOMPARE(settings.find(u"docker.io"_s)->password, u"s"_s);
    }

    void helpersMayAnswerWithATokenOrKnowNothing()
    {
        Settings settings("{'credHelpers':{'t.io':'token','n.io':'nothing'}}");
        settings.helper("token", "echo '{\"Username\":\"<token>\",\"Secret\":\"tok\"}'");
        settings.helper("nothing", "echo credentials not found in native keychain; exit 1");
        QCOMPARE(*settings.find(u"t.io"_s), (RegistryCredentials{.identityToken = u"tok"_s}));
        QVERIFY(settings.find(u"n.io"_s)->isAnonymous());
    }

    void helpersThatFailAreNamedAndTheirWordsAreNotRepeated_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<base::Error::Kind>("kind");
        using Kind = base::Error::Kind;
        QTest::newRow("prints rubbish") << QByteArray("echo p1anted-s3cret") << Kind::Malformed;
        QTest::newRow("prints JSON of something else")
            << QByteArray("echo '[\"p1anted-s3cret\"]'") << Kind::Malformed;
        QTest::newRow("fails") << QByteArray("echo p1anted-s3cret; echo p1anted-s3cret >&2; exit 3")
                               << Kind::Failed;
        QTest::newRow("crashes") << QByteArray("kill -9 $$") << Kind::Failed;
        QTest::newRow("prints nothing") << QByteArray("exit 0") << Kind::Malformed;
        QTest::newRow("prints without end") << QByteArray("yes p1anted-s3cret") << Kind::Malformed;
    }
    void helpersThatFailAreNamedAndTheirWordsAreNotRepeated()
    {
        QFETCH(QByteArray, script);
        Settings settings("{'credsStore':'odd'}");
        settings.helper("odd", script);
        const auto found = settings.find(u"r.io"_s);
        QVERIFY(!found);
        QTEST(found.error().kind, "kind");
        QCOMPARE(found.error().where, u"docker-credential-odd"_s);
        const QString told = found.error().text() + found.error().detail;
        QVERIFY(!told.contains(QLatin1StringView(planted)));
    }

    void aHelperThatHangsIsLeft()
    {
        Settings settings("{}");
        settings.helper("slow", "exec sleep 60");
        std::optional<base::Result<RegistryCredentials>> found;
        QElapsedTimer timer;
        timer.start();
        engine::askCredentialHelper(
            u"slow"_s, u"r.io"_s, &settings.context, [&found](const auto &result) { found = result; }, 200ms);
        QVERIFY(QTest::qWaitFor([&found] { return found.has_value(); }));
        QVERIFY(timer.elapsed() < 2000);
        QCOMPARE(found->error().kind, base::Error::Kind::TimedOut);
        QCOMPARE(found->error().where, u"docker-credential-slow"_s);
    }

    void aHelperThatIsNotInstalledIsNamed()
    {
        Settings settings("{'credsStore':'absent'}");
        const auto found = settings.find(u"r.io"_s);
        QCOMPARE(found.error().kind, base::Error::Kind::NotFound);
    }

    void nobodyIsToldWhoIsGone()
    {
        Settings settings("{'credsStore':'slow'}");
        settings.helper("slow", "sleep 0.2; echo '{\"Username\":\"a\",\"Secret\":\"b\"}'");
        auto context = std::make_unique<QObject>();
        bool isTold = false;
        engine::findRegistryCredentials(settings.tree.path(), u"r.io"_s, context.get(),
                                        [&](const auto &) { isTold = true; });
        QTest::qWait(20);
        context.reset();
        QTest::qWait(400);
        QVERIFY(!isTold);
    }

    void theEngineIsAnswered_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("username");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<bool>("isProblem");
        QTest::newRow("password") << QByteArray("{'auths':{'r.io':{'auth':'" + basic("me", "pw") + "'}}}")
                                  << QByteArray("me") << QByteArray("pw") << false;
        QTest::newRow("token") << QByteArray("{'auths':{'r.io':{'identitytoken':'tok'}}}") << QByteArray()
                               << QByteArray("tok") << false;
        QTest::newRow("nothing") << QByteArray("{}") << QByteArray() << QByteArray() << false;
        QTest::newRow("a public image needs none")
            << QByteArray("{'credsStore':'absent'}") << QByteArray() << QByteArray() << true;
    }
    void theEngineIsAnswered()
    {
        QFETCH(QByteArray, config);
        Settings settings(config);
        std::vector<base::Error> problems;
        const auto service =
            engine::makeAuth(settings.tree.path(), [&](const auto &error) { problems.push_back(error); });
        const auto call = std::make_shared<FakeCall>("/moby.filesync.v1.Auth/Credentials");
        service->serve(call);
        proto::CredentialsRequest request;
        request.set_host("r.io");
        call->receive(request);
        QVERIFY(call->waitForEnd());
        QCOMPARE(call->code(), GrpcCode::Ok);
        const auto response = read<proto::CredentialsResponse>(call->sent.at(0));
        QTEST(QByteArray::fromStdString(response.username()), "username");
        QTEST(QByteArray::fromStdString(response.secret()), "secret");
        QTEST(!problems.empty(), "isProblem");
    }

    void theHeaderOfPullAndPushIsWhatDockerSends()
    {
        const auto decoded = [](const QByteArray &header) {
            return QJsonDocument::fromJson(QByteArray::fromBase64(header, QByteArray::Base64UrlEncoding))
                .object();
        };
        const QJsonObject password =
            decoded(engine::registryAuthHeader(u"docker.io"_s, {.username = u"me"_s, .password = u"pä?>"_s}));
        QCOMPARE(password[u"username"].toString(), u"me"_s);
        QCOMPARE(password[u"password"].toString(), u"pä?>"_s);
        QCOMPARE(password[u"serveraddress"].toString(), u"https://index.docker.io/v1/"_s);
        QCOMPARE(decoded(engine::registryAuthHeader(u"r.io"_s, {.identityToken = u"t"_s}))[u"identitytoken"]
                     .toString(),
                 u"t"_s);
        QCOMPARE(engine::registryAuthHeader(u"r.io"_s, {}), "e30=");
    }

    void theRegistryOfAReference()
    {
        QCOMPARE(engine::registryOf(u"alpine"_s), u"docker.io"_s);
        QCOMPARE(engine::registryOf(u"library/alpine:3"_s), u"docker.io"_s);
        QCOMPARE(engine::registryOf(u"ghcr.io/a/b@sha256:0"_s), u"ghcr.io"_s);
        QCOMPARE(engine::registryOf(u"localhost/x"_s), u"localhost"_s);
        QCOMPARE(engine::registryOf(u"host:5000/x"_s), u"host:5000"_s);
    }

    void secretsComeFromFileVariableAndMemory()
    {
        TreeFixture tree;
        tree.file("file", QByteArray("of\0file\xff", 8));
        qputenv("STAGELOOM_TEST_SECRET", "of environment");
        qunsetenv("STAGELOOM_TEST_NO_SECRET");
        tree.file("large", QByteArray(500 * 1024 + 1, 'x'));
        tree.file("just", QByteArray(500 * 1024, 'x'));
        tree.pipe("pipe");
        std::vector<base::Error> problems;
        QStringList missing;
        const auto service = engine::makeSecrets(
            {{.id = u"file"_s, .file = tree.path() + u"/file"},
             {.id = u"variable"_s, .environment = u"STAGELOOM_TEST_SECRET"_s},
             {.id = u"typed"_s, .typed = planted},
             {.id = u"empty"_s, .typed = QByteArray()},
             {.id = u"just"_s, .file = tree.path() + u"/just"},
             {.id = u"large"_s, .file = tree.path() + u"/large"},
             {.id = u"gone"_s, .file = tree.path() + u"/gone"},
             {.id = u"pipe"_s, .file = tree.path() + u"/pipe"},
             {.id = u"unset"_s, .environment = u"STAGELOOM_TEST_NO_SECRET"_s}},
            {.missing = [&](const QString &id) { missing << id; },
             .problem = [&](const QString &, const base::Error &error) { problems.push_back(error); }});
        const auto ask = [&](const char *id) {
            const auto call = std::make_shared<FakeCall>("/moby.buildkit.secrets.v1.Secrets/GetSecret");
            service->serve(call);
            proto::GetSecretRequest request;
            request.set_id(id);
            call->receive(request);
            return call;
        };
        const auto value = [&](const char *id) {
            return QByteArray::fromStdString(read<proto::GetSecretResponse>(ask(id)->sent.at(0)).data());
        };
        QCOMPARE(value("file"), QByteArray("of\0file\xff", 8));
        QCOMPARE(value("variable"), "of environment");
        QCOMPARE(value("typed"), planted);
        QCOMPARE(value("empty"), "");
        QCOMPARE(value("just").size(), 500 * 1024);
        QVERIFY(problems.empty());
        QCOMPARE(ask("large")->code(), GrpcCode::Unknown);
        for (const char *id : {"gone", "pipe", "unset"})
            QCOMPARE(ask(id)->code(), GrpcCode::NotFound);
        QCOMPARE(problems.size(), size_t(4));
        QVERIFY(missing.isEmpty());
        for (const char *id : {"npmrc", "HTTP_AUTH_HEADER_example.com", "GIT_AUTH_TOKEN"})
            QCOMPARE(ask(id)->code(), GrpcCode::NotFound);
        QCOMPARE(missing, QStringList({u"npmrc"_s}));
        for (const base::Error &problem : problems)
            QVERIFY(!problem.text().contains(QLatin1StringView(planted)));
    }

    void questionsThatNobodyUnderstandsAreRefused()
    {
        const auto secrets = engine::makeSecrets({});
        const auto auth = engine::makeAuth({});
        for (engine::SessionService *service : {secrets.get(), auth.get()}) {
            const auto call = std::make_shared<FakeCall>(service->methods().front());
            service->serve(call);
            call->receiveBytes("\xff\xff\xff");
            QCOMPARE(call->code(), GrpcCode::InvalidArgument);
            const auto silent = std::make_shared<FakeCall>(service->methods().front());
            service->serve(silent);
            silent->halfClosed();
            QCOMPARE(silent->code(), GrpcCode::InvalidArgument);
        }
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
