// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool makeKey(const QString &path)
{
    return QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, {}, u"-f"_s, path}) ==
           0;
}

}

/// The engine behind a real ssh server of this machine, with the docker command at its far end. The user's
/// ssh is called with a config of the test's own: OpenSSH looks for a home in the system's list, not in HOME.
class TestSshServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!RealEngine::isThere())
            QSKIP(RealEngine::whyNot);
        const QString helper = qEnvironmentVariable("STAGELOOM_TEST_ENGINE_HELPER");
        if (helper.isEmpty())
            QSKIP("STAGELOOM_TEST_ENGINE_HELPER names no script; packaging/test.sh sets it");
        m_script = QFileInfo(helper).dir().filePath(u"sshd.sh"_s);
        m_ssh = QStandardPaths::findExecutable(u"ssh"_s);
        if (m_ssh.isEmpty() || QStandardPaths::findExecutable(u"ssh-keygen"_s).isEmpty())
            QSKIP("there is no OpenSSH client here");
        RealEngine engine;
        QVERIFY2(engine.client, qPrintable(engine.problem));
        if (engine.client->endpoint().kind != engine::Endpoint::Kind::Unix)
            QSKIP("the far docker needs a socket");
        m_socket = engine.client->endpoint().url;
        m_hasSession = engine.client->info()->hasBuildKit;
        for (const auto &key : {u"host_key"_s, u"mine"_s, u"strange"_s})
            QVERIFY(makeKey(path(key)));
        write(path(u"authorized_keys"_s), read(path(u"mine.pub"_s)));
        QVERIFY(QDir(m_folder.path()).mkdir(u"bin"_s));
        write(path(u"bin/ssh"_s),
              "#!/bin/sh\nexec " + m_ssh.toUtf8() + " -F " + path(u"config"_s).toUtf8() + " \"$@\"\n");
        QVERIFY(QFile::setPermissions(path(u"bin/ssh"_s), QFile::ReadOwner | QFile::ExeOwner));
        m_path = qgetenv("PATH");
        qputenv("PATH", QByteArray(path(u"bin"_s).toUtf8() + ':' + m_path));
        if (!start())
            QSKIP(qPrintable(m_problem));
    }
    void cleanupTestCase()
    {
        qputenv("PATH", m_path);
        stop();
    }
    void init() { configure(u"mine"_s, knownHost()); }

    void anEngineBehindSshIsUsedAsAnyOther()
    {
        const auto connected = connectThere();
        QVERIFY2(connected, qPrintable(connected ? QString() : connected.error().text()));
        const auto images =
            await<std::vector<engine::ImageSummary>>([this](auto answer) { m_client->listImages(answer); });
        QVERIFY2(images, qPrintable(images ? QString() : images.error().text()));
    }

    void aBuildGoesThroughSsh()
    {
        if (!m_hasSession)
            QSKIP("this engine builds without BuildKit");
        QVERIFY(connectThere());
        QTemporaryDir context;
        QTemporaryDir out;
        QByteArray large(3 * 1024 * 1024, 'x');
        write(context.filePath(u"large"_s), large);
        engine::BuildRequest request;
        request.contextFolder = context.path();
        request.dockerfile =
            "FROM alpine AS run\nRUN --mount=type=secret,id=word cat /run/secrets/word > /word && echo "
            "through ssh\nFROM scratch\nCOPY large /\nCOPY --from=run /word /\n";
        request.noCache = true;
        request.options.secrets = {
            {.id = u"word"_s, .file = {}, .environment = {}, .typed = QByteArray("planted-word")}};
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_client, request);
        QVERIFY(run.wait(90s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY(run.log.contains("through ssh"_L1));
        QCOMPARE(read(out.filePath(u"large"_s)), large);
        QCOMPARE(read(out.filePath(u"word"_s)), "planted-word");
    }

    void aBuildThroughSshIsCancelled()
    {
        if (!m_hasSession)
            QSKIP("this engine builds without BuildKit");
        QVERIFY(connectThere());
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo begun && sleep 87652\n";
        request.noCache = true;
        BuildRun run(m_client, request);
        QTRY_VERIFY_WITH_TIMEOUT(run.outcome || run.log.contains("begun"_L1), 60s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        run.job.cancel();
        QVERIFY(run.wait(2s));
        QCOMPARE(run.outcome->error->kind, Error::Kind::Cancelled);
    }

    void whoIsNotLetInIsToldWhy_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("known"); // whose host key: "", "host_key", "strange"
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("hint");
        QTest::newRow("a host key that is not known")
            << u"mine"_s << QString() << Error::Kind::Refused << u"does not know the host key of 127.0.0.1"_s
            << u"compare the key"_s;
        QTest::newRow("a host key that is another") << u"mine"_s << u"strange"_s << Error::Kind::Refused
                                                    << u"is another than before"_s << u"ssh-keygen -R '["_s;
        QTest::newRow("a key that is not wanted") << u"strange"_s << u"host_key"_s << Error::Kind::Refused
                                                  << u"does not let you in"_s << u"ssh-copy-id"_s;
    }
    void whoIsNotLetInIsToldWhy()
    {
        QFETCH(QString, key);
        QFETCH(QString, known);
        QFETCH(Error::Kind, kind);
        QFETCH(QString, message);
        QFETCH(QString, hint);
        configure(key, known.isEmpty() ? QByteArray() : hostLine(known));
        const auto refused = connectThere();
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(message), qPrintable(refused.error().text()));
        QVERIFY2(refused.error().hint.contains(hint), qPrintable(refused.error().text()));
        QCOMPARE(refused.error().kind, kind);
        // And so does who builds there without asking first.
        engine::BuildRequest request;
        request.dockerfile = "FROM scratch\n";
        engine::BuildKitAddress address;
        address.endpoint = endpoint();
        BuildRun run(m_client, address, request);
        QVERIFY(run.wait(30s));
        QVERIFY2(run.error().contains(message), qPrintable(run.error()));
    }

    void whatIsNotThereIsTold_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("hint");
        QTest::newRow("no docker command")
            << m_socket << u"/nowhere"_s << u"no docker command on 127.0.0.1"_s << u"Install it there"_s;
        QTest::newRow("no engine") << u"unix:///nowhere/docker.sock"_s << u"/usr/bin:/bin"_s
                                   << u"no engine answers on 127.0.0.1"_s << u"Start it there"_s;
    }
    void whatIsNotThereIsTold()
    {
        QFETCH(QString, host);
        QFETCH(QString, path);
        QFETCH(QString, message);
        QFETCH(QString, hint);
        stop();
        QVERIFY2(start(host, path), qPrintable(m_problem));
        configure(u"mine"_s, knownHost());
        const auto missed = connectThere();
        stop();
        QVERIFY2(start(), qPrintable(m_problem));
        QVERIFY(!missed);
        QVERIFY2(missed.error().message.contains(message), qPrintable(missed.error().text()));
        QVERIFY2(missed.error().hint.contains(hint), qPrintable(missed.error().text()));
    }

    void aServerThatIsNotThereIsTold()
    {
        stop();
        const auto missed = connectThere();
        QVERIFY2(start(), qPrintable(m_problem));
        QVERIFY(!missed);
        QVERIFY2(missed.error().message.contains("refused"_L1), qPrintable(missed.error().text()));
        QVERIFY(missed.error().hint.contains("terminal"_L1));
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] engine::Endpoint endpoint() const
    {
        return *engine::parseHost(u"ssh://root@127.0.0.1:%1"_s.arg(m_port), u"the test"_s);
    }
    base::Result<engine::EngineInfo> connectThere()
    {
        m_client = std::make_shared<engine::Client>(endpoint());
        return await<engine::EngineInfo>([this](auto answer) { m_client->connectToEngine(answer); });
    }

    /// As known_hosts has it.
    [[nodiscard]] QByteArray hostLine(const QString &key) const
    {
        const QList<QByteArray> words = read(path(key + u".pub"_s)).split(' ');
        return "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + words.value(0) + ' ' + words.value(1) +
               '\n';
    }
    [[nodiscard]] QByteArray knownHost() const { return hostLine(u"host_key"_s); }
    void configure(const QString &key, const QByteArray &knownHosts)
    {
        write(path(u"known_hosts"_s), knownHosts);
        write(path(u"config"_s), "BatchMode yes\nIdentitiesOnly yes\nIdentityAgent none\nIdentityFile " +
                                     path(key).toUtf8() + "\nUserKnownHostsFile " +
                                     path(u"known_hosts"_s).toUtf8() + "\nGlobalKnownHostsFile /dev/null\n");
    }

    bool start(const QString &host = {}, const QString &farPath = u"/usr/bin:/bin"_s)
    {
        QTcpServer free;
        if (m_port == 0 && free.listen(QHostAddress::LocalHost))
            m_port = free.serverPort();
        free.close();
        return runScript({u"start"_s, m_folder.path(), QString::number(m_port),
                          host.isEmpty() ? m_socket : host, farPath});
    }
    void stop()
    {
        if (!m_port)
            return;
        runScript({u"stop"_s, m_folder.path()});
        QTRY_VERIFY(!QFileInfo::exists(path(u"sshd.pid"_s)));
    }
    bool runScript(const QStringList &arguments)
    {
        QProcess script;
        script.start(m_script, arguments);
        constexpr int patience = 240'000; // it may have to fetch packages
        if (!script.waitForFinished(patience))
            script.kill();
        m_problem = QString::fromLocal8Bit(script.readAllStandardError()).trimmed();
        return script.exitStatus() == QProcess::NormalExit && script.exitCode() == 0;
    }

    QTemporaryDir m_folder;
    QString m_script;
    QString m_ssh;
    QString m_socket;
    QString m_problem;
    QByteArray m_path;
    quint16 m_port = 0;
    bool m_hasSession = false;
    std::shared_ptr<engine::Client> m_client;
};

QTEST_GUILESS_MAIN(TestSshServer)
#include "tst_sshserver.moc"
