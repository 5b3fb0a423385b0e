// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/bytestream.h"
#include "fakebuildkit.h"
#include "faultyengine.h"

#include <QProcess>
#include <QTest>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

namespace {

constexpr auto socketVariable = "STAGELOOM_TEST_SSH_SOCKET";
constexpr auto logVariable = "STAGELOOM_TEST_SSH_LOG";

bool pass(int from, int to)
{
    char buffer[65536];
    const ssize_t got = ::read(from, buffer, sizeof buffer);
    for (ssize_t at = 0; at < got;) {
        const ssize_t put = ::write(to, buffer + at, size_t(got - at));
        if (put <= 0)
            return false;
        at += put;
    }
    return got > 0;
}

/// What this program is when it is called "ssh": it notes its arguments, and joins its input and output to
/// the socket that the far `docker system dial-stdio` would join them to.
int beSsh(int argc, char **argv)
{
    QFile log(qEnvironmentVariable(logVariable));
    if (log.open(QIODevice::Append)) {
        for (int i = 1; i < argc; ++i)
            log.write(QByteArray(argv[i]) + (i + 1 < argc ? " " : "\n"));
        log.close();
    }
    const QByteArray path = qgetenv(socketVariable);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    const int far = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (path.isEmpty() || ::connect(far, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        constexpr char words[] = "ssh: Could not resolve hostname build.example: Name or service not known\n";
        return ::write(2, words, sizeof words - 1) > 0 ? 255 : 254;
    }
    pollfd both[] = {{0, POLLIN, 0}, {far, POLLIN, 0}};
    while (::poll(both, 2, -1) > 0) {
        if (both[0].revents && !pass(0, far))
            break;
        if (both[1].revents && !pass(far, 1))
            break;
    }
    return 0;
}

bool hasNoChildren()
{
    siginfo_t info;
    return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

}

/// An engine behind ssh, by a program that plays ssh.
class TestSsh : public FaultyEngine
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QFile::link(QCoreApplication::applicationFilePath(), m_folder.filePath(u"ssh"_s)));
        qputenv("PATH", QByteArray(m_folder.path().toLocal8Bit() + ':' + qgetenv("PATH")));
        qputenv(logVariable, m_folder.filePath(u"log"_s).toLocal8Bit());
    }
    void init()
    {
        start();
        m_buildKit = std::make_unique<FakeBuildKit>(*m_fake);
        qputenv(socketVariable, m_fake->path().toLocal8Bit());
        const auto endpoint = engine::parseHost(u"ssh://me@build.example:2222"_s, {});
        QVERIFY(endpoint);
        m_client = std::make_shared<engine::Client>(*endpoint);
    }
    void cleanup()
    {
        m_buildKit.reset();
        stop();
        QTRY_VERIFY2(hasNoChildren(), "no ssh is left behind");
    }

    void theArgumentsAreDockersOwn_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("command");
        QTest::newRow("a host") << u"ssh://host"_s
                                << u"ssh -o ConnectTimeout=30 -T -- host docker system dial-stdio"_s;
        QTest::newRow("user and port")
            << u"ssh://me@host:22"_s
            << u"ssh -o ConnectTimeout=30 -T -l me -p 22 -- host docker system dial-stdio"_s;
        QTest::newRow("a socket of its own")
            << u"ssh://host/run/user/1000/docker.sock"_s
            << u"ssh -o ConnectTimeout=30 -T -- host docker --host unix:///run/user/1000/docker.sock system "
               "dial-stdio"_s;
    }
    void theArgumentsAreDockersOwn()
    {
        QFETCH(QString, url);
        QFETCH(QString, command);
        const auto endpoint = engine::parseHost(url, {});
        QVERIFY(endpoint);
        QCOMPARE(engine::sshCommand(*endpoint).join(u' '), command);
    }

    void whatWouldBeAnOptionOrShowAPasswordIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("an option as host") << u"ssh://-oProxyCommand=x"_s;
        QTest::newRow("an option as user") << u"ssh://-oProxyCommand=x@host"_s;
        QTest::newRow("a password") << u"ssh://me:planted-7f3a@host"_s;
        QTest::newRow("nothing") << u"ssh://"_s;
    }
    void whatWouldBeAnOptionOrShowAPasswordIsRefused()
    {
        QFETCH(QString, url);
        const auto endpoint = engine::parseHost(url, {});
        QVERIFY(!endpoint);
        QVERIFY2(!endpoint.error().text().contains("planted"_L1), qPrintable(endpoint.error().text()));
    }

    void anEngineBehindSshAnswersAndBuilds()
    {
        const auto info = connectNow();
        QVERIFY2(info, qPrintable(info ? QString() : info.error().text()));
        BuildRun run(m_client, requestFor());
        QVERIFY(run.wait(10s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(run.outcome->imageId, u"sha256:77"_s);
        QFile log(m_folder.filePath(u"log"_s));
        QVERIFY(log.open(QIODevice::ReadOnly));
        QCOMPARE(log.readLine().trimmed(),
                 "-o ConnectTimeout=30 -T -l me -p 2222 -- build.example docker system dial-stdio");
    }

    void anSshThatFailsIsQuoted()
    {
        qputenv(socketVariable, {});
        const auto info = connectNow();
        QVERIFY(!info);
        QCOMPARE(info.error().kind, Error::Kind::Unreachable);
        QVERIFY2(info.error().message.contains("Could not resolve"_L1), qPrintable(info.error().text()));
        QVERIFY(info.error().hint.contains("ssh -o"_L1));
    }

    void theWindowsThreadDoesNotWaitForAnSshThatItEnds_data()
    {
        QTest::addColumn<bool>("isOpen");
        QTest::newRow("one that runs") << true;
        QTest::newRow("one that is only beginning") << false;
    }
    void theWindowsThreadDoesNotWaitForAnSshThatItEnds()
    {
        QFETCH(const bool, isOpen);
        const auto endpoint = engine::parseHost(u"ssh://build.example"_s, {});
        QVERIFY(endpoint);
        auto stream = engine::makeByteStream(*endpoint, engine::WireProtocol::Http1);
        int opened = 0;
        connect(stream.get(), &engine::ByteStream::opened, this, [&opened] { ++opened; });
        stream->open();
        QVERIFY(!isOpen || QTest::qWaitFor([&opened] { return opened > 0; }));
        stream->close();
        stream.reset();
        // Nobody has heard of its end yet; cleanup() sees that somebody does.
        const auto letGo = [] { return qApp->findChild<QProcess *>(); };
        QVERIFY(letGo());
        QTRY_VERIFY(!letGo());
    }

    void anSshThatDiesInMidBuildEndsIt()
    {
        QVERIFY(connectNow());
        m_buildKit->control->solveEnd = FakeControl::End::Hang;
        BuildRun run(m_client, requestFor());
        QTRY_VERIFY(run.step(u"RUN x"_s));
        m_buildKit->hangUp();
        QVERIFY(run.wait(5s));
        QVERIFY(run.outcome->error);
        QCOMPARE(run.outcome->error->kind, Error::Kind::Unreachable);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<FakeBuildKit> m_buildKit;
};

int main(int argc, char **argv)
{
    if (QByteArray(argv[0]).endsWith("ssh") && !QByteArray(argv[0]).endsWith("tst_ssh"))
        return beSsh(argc, argv);
    QCoreApplication app(argc, argv);
    TestSsh test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ssh.moc"
