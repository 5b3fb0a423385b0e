// SPDX-License-Identifier: Apache-2.0
// What the build options promise, used from the window on a real engine: keys, registries, attestations,
// limits.
#include "support/loopbackregistry.h"
#include "windowbuild.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

class TestWindowOptions : public WindowBuild
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (engineUrl().isEmpty())
            QSKIP(whyNot);
        qputenv("DOCKER_HOST", engineUrl().toLocal8Bit());
    }
    void init() { QVERIFY(start()); }
    void cleanup()
    {
        m_program.reset();
        m_registry.reset();
        qunsetenv("DOCKER_CONFIG");
        qunsetenv("SSH_AUTH_SOCK");
        if (m_agent.state() != QProcess::NotRunning) {
            m_agent.kill();
            m_agent.waitForFinished();
        }
    }

    void anSshAgentIsAskedForItsKeysAndForNothingElse()
    {
        if (!m_can.ssh.can)
            QSKIP(qPrintable(m_can.ssh.reason));
        if (QStandardPaths::findExecutable(u"ssh-agent"_s).isEmpty())
            QSKIP("OpenSSH's client is not installed");
        const auto &images = m_program->hub.images();
        if (!QTest::qWaitFor([&images] { return !images.empty(); }) ||
            std::ranges::none_of(images, [](const auto &it) { return it.tags.contains(u"golang:alpine"_s); }))
            QSKIP("this engine has no golang:alpine to build the asker with");
        QVERIFY(startAgent());
        write(u"main.go"_s, contentOf(QStringLiteral(TEST_DATA_DIR "/askagent/main.go")));
        open(
            "FROM golang:alpine AS builder\nWORKDIR /b\nCOPY main.go .\nRUN go build -o ask main.go\n"
            "FROM alpine\nCOPY --from=builder /b/ask /ask\nRUN --mount=type=ssh,required=true /ask && echo " +
            unique() + "\n");
        QVERIFY2(!build(), "no agent was offered yet");
        addEntry(u"SSH agents"_s, {{u"name"_s, u"default"_s}});
        QVERIFY2(build(), qPrintable(m_error));
        QVERIFY2(log().contains("agent: true 5 true"_L1), qPrintable(log()));
    }

    void anImageIsPushedToARegistryWithAPassword()
    {
        if (!m_can.push.can)
            QSKIP(qPrintable(m_can.push.reason));
        if (const QString why = startRegistry(); !why.isEmpty())
            QSKIP(qPrintable(why));
        open("FROM scratch\nCOPY a.txt /\n");
        write(u"a.txt"_s, unique());
        tag(u"pushed:v1"_s);
        addEntry(u"Result"_s, {{u"kind"_s, u"registry"_s}});
        QVERIFY2(build(), qPrintable(m_error));
        QCOMPARE(m_registry->manifests(), QStringList(u"stageloom-test/pushed:v1"_s));

        m_registry->answer("/manifests/", 500);
        write(u"a.txt"_s, unique() + "x");
        QVERIFY(!build());
        QVERIFY2(m_error.contains("registry"_L1, Qt::CaseInsensitive), qPrintable(m_error));
        QVERIFY2(!m_error.contains(QLatin1StringView(LoopbackRegistry::password)), qPrintable(m_error));
    }

    void theCacheIsKeptInARegistryAndFoundThere()
    {
        if (!m_can.cacheExport.can)
            QSKIP(qPrintable(m_can.cacheExport.reason));
        if (const QString why = startRegistry(); !why.isEmpty())
            QSKIP(qPrintable(why));
        const QString cache = m_registry->host() + u"/stageloom-test/cache:v1"_s;
        open("FROM alpine\nRUN echo " + unique() + " > /made\n");
        addEntry(u"Keep the cache in"_s, {{u"kind"_s, u"registry"_s}, {u"reference or folder"_s, cache}});
        QVERIFY2(build(), qPrintable(m_error));
        QVERIFY(m_registry->manifests().contains(u"stageloom-test/cache:v1"_s));
        const auto before = m_registry->requests().size();
        addEntry(u"Begin with the cache of"_s,
                 {{u"kind"_s, u"registry"_s}, {u"reference or folder"_s, cache}});
        QVERIFY2(build(), qPrintable(m_error));
        QVERIFY2(m_registry->requests().sliced(before).join('\n').contains("stageloom-test/cache/manifests"),
                 "the engine looked for it there");
        QVERIFY(std::ranges::any_of(m_report.steps, [](const engine::BuildStep &step) {
            return step.state == engine::BuildStep::State::Cached;
        }));
    }

    void theCacheIsKeptInTheImage()
    {
        if (!m_can.inlineCache.can || !m_can.push.can)
            QSKIP(whyNotAll({m_can.inlineCache, m_can.push}));
        if (const QString why = startRegistry(); !why.isEmpty())
            QSKIP(qPrintable(why));
        open("FROM alpine\nRUN echo " + unique() + " > /made\n");
        tag(u"inline:v1"_s);
        addEntry(u"Result"_s, {{u"kind"_s, u"registry"_s}});
        addEntry(u"Keep the cache in"_s, {{u"kind"_s, u"inline"_s}});
        QVERIFY2(build(), qPrintable(m_error));
        addEntry(u"Begin with the cache of"_s,
                 {{u"kind"_s, u"registry"_s},
                  {u"reference or folder"_s, m_registry->host() + u"/stageloom-test/inline:v1"_s}});
        QVERIFY2(build(), qPrintable(m_error));
    }

    void provenanceIsAttachedAndTheSizesAreThoseOfTheImage()
    {
        if (!m_can.attestations.can)
            QSKIP(qPrintable(m_can.attestations.reason));
        if (const QString why = startRegistry(); !why.isEmpty())
            QSKIP(qPrintable(why));
        open("FROM scratch\nCOPY a.txt /\n");
        write(u"a.txt"_s, QByteArray(30'000, 'x') + unique());
        tag(u"attested:v1"_s);
        addEntry(u"Result"_s, {{u"kind"_s, u"registry"_s}});
        choose(u"Provenance"_s, u"mode=max"_s);
        QVERIFY2(build(), qPrintable(m_error));
        QCOMPARE(attestationsOf(u"stageloom-test/attested:v1"_s), 1);
        QVERIFY(m_report.sizes && m_report.sizes->unpackedBytes() >= 30'000);

        choose(u"Provenance"_s, u"false"_s);
        QVERIFY2(build(), qPrintable(m_error));
        QCOMPARE(attestationsOf(u"stageloom-test/attested:v1"_s), 0);
    }

    void aListOfPackagesThatCannotBeMadeSaysWhatIsMissing()
    {
        if (!m_can.attestations.can)
            QSKIP(qPrintable(m_can.attestations.reason));
        open("FROM scratch\nCOPY a.txt /\n");
        write(u"a.txt"_s, unique());
        choose(u"List of packages (SBOM)"_s, u"true"_s);
        if (build())
            QSKIP("the engine reaches Docker Hub, and the scanner there");
        QVERIFY2(m_error.contains("scanner"_L1), qPrintable(m_error));
    }

    void limitsHostsAndNetworkHoldInRun()
    {
        if (!m_can.limits.can || !m_can.addHosts.can || !m_can.networkMode.can)
            QSKIP(whyNotAll({m_can.limits, m_can.addHosts, m_can.networkMode}));
        open("FROM alpine\nRUN echo files=$(ulimit -n) && df -k /dev/shm && cat /etc/hosts && cat "
             "/proc/net/dev "
             "&& echo " +
             unique() + "\n");
        addEntry(u"Limits"_s, {{u"nofile"_s, u"nofile"_s}, {u"soft:hard"_s, u"1234:2345"_s}});
        type(u"Shared memory (/dev/shm)"_s, u"32m"_s);
        addEntry(u"Further hosts"_s, {{u"name"_s, u"planted.test"_s}, {u"address"_s, u"10.1.2.3"_s}});
        choose(u"Network"_s, u"none"_s);
        QVERIFY2(build(), qPrintable(m_error));
        const QString said = log();
        QVERIFY2(said.contains("files=1234"_L1), qPrintable(said));
        QVERIFY2(said.contains("32768"_L1), qPrintable(said));
        QVERIFY2(said.contains(QRegularExpression(u"10\\.1\\.2\\.3\\s+planted\\.test"_s)), qPrintable(said));
        QVERIFY2(!said.contains("eth0:"_L1), qPrintable(said));
    }

    void filesAndImageAreOfTheTimeThatWasAskedFor()
    {
        if (!m_can.sourceDateEpoch.can)
            QSKIP(qPrintable(m_can.sourceDateEpoch.reason));
        open("FROM scratch\nCOPY a.txt /\n");
        write(u"a.txt"_s, unique());
        type(u"Time of all files (SOURCE_DATE_EPOCH)"_s, u"86400"_s);
        QVERIFY2(build(), qPrintable(m_error));
        QVERIFY(m_report.sizes);
        QCOMPARE(m_report.sizes->created.toSecsSinceEpoch(), 86400);
    }

    void whatWasAllowedIsDoneOrTheEngineSaysWhyNot()
    {
        if (!m_can.networkMode.can)
            QSKIP(qPrintable(m_can.networkMode.reason));
        open("FROM alpine\nRUN --security=insecure echo " + unique() + "\n");
        QSignalSpy finished(&m_program->page().build(), &app::BuildController::finished);
        QSignalSpy failed(&m_program->page().build(), &app::BuildController::failed);
        m_program->press(Qt::CTRL | Qt::Key_B);
        QVERIFY2(m_program->notice().contains("security.insecure"_L1), qPrintable(m_program->notice()));
        QVERIFY(finished.isEmpty() && failed.isEmpty());
        Q_EMIT m_program->page().findChild<ui::NoticeBar *>(u"notice"_s)->actionTriggered(u"allow"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty() || !failed.isEmpty(), 60'000);
        const auto outcome = finished.isEmpty()
                                 ? engine::BuildOutcome{.error = failed.first().first().value<base::Error>()}
                                 : finished.first().first().value<app::BuildReport>().outcome;
        if (outcome.succeeded())
            return;
        QVERIFY2(!outcome.error->hint.isEmpty(), qPrintable(outcome.error->text()));
        QVERIFY2(!outcome.error->message.contains("rpc error"_L1), qPrintable(outcome.error->text()));
    }

private:
    void tag(const QString &name)
    {
        auto settings = m_program->snapshot().settings;
        settings.tag = m_registry->host() + u"/stageloom-test/"_s + name;
        m_program->stack().pushSettings(settings, u"tag"_s);
    }

    /// Why there is none.
    QString startRegistry()
    {
        const engine::Endpoint endpoint = m_program->hub.info()->endpoint;
        if (endpoint.kind != engine::Endpoint::Kind::Unix)
            return u"the network of this engine cannot be entered"_s;
        m_registry = std::make_unique<LoopbackRegistry>(endpoint.path);
        if (!m_registry->problem().isEmpty())
            return m_registry->problem();
        const QByteArray login = QByteArray(LoopbackRegistry::user) + ':' + LoopbackRegistry::password;
        const QJsonObject entry{{u"auth"_s, QString::fromLatin1(login.toBase64())}};
        const QJsonObject auths{{m_registry->host(), entry}};
        write(u"config.json"_s, QJsonDocument(QJsonObject{{u"auths"_s, auths}}).toJson());
        qputenv("DOCKER_CONFIG", m_program->home.path().toLocal8Bit());
        return {};
    }

    int attestationsOf(const QString &name)
    {
        const auto index = QJsonDocument::fromJson(m_registry->manifest(name)).object();
        int count = 0;
        for (const QJsonValue &manifest : index["manifests"_L1].toArray())
            count += manifest["platform"_L1]["architecture"_L1].toString() == "unknown"_L1 ? 1 : 0;
        return count;
    }

    bool startAgent()
    {
        const QString socket = m_program->home.filePath(u"agent.sock"_s);
        const QString key = m_program->home.filePath(u"key"_s);
        if (QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-C"_s,
                                                u"planted comment"_s, u"-f"_s, key}) != 0)
            return false;
        m_agent.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, socket});
        if (!QTest::qWaitFor([&socket] { return QFile::exists(socket); }))
            return false;
        qputenv("SSH_AUTH_SOCK", socket.toLocal8Bit());
        return QProcess::execute(u"ssh-add"_s, {u"-q"_s, key}) == 0;
    }

    std::unique_ptr<LoopbackRegistry> m_registry;
    QProcess m_agent;
};

QTEST_MAIN(TestWindowOptions)
#include "tst_windowoptions.moc"
