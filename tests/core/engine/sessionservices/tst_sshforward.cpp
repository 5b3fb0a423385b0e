// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/agentfilter.h"
#include "engine/buildkit/sessionservices/health.h"
#include "engine/buildkit/sessionservices/sshforward.h"
#include "fakecall.h"
#include "treefixture.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QStandardPaths>
#include <QtEndian>
#include <QtTest>

using namespace Qt::StringLiterals;
using engine::AgentFilter;
using engine::GrpcCode;

namespace {

constexpr auto checkAgent = "/moby.sshforward.v1.SSH/CheckAgent";
constexpr auto forwardAgent = "/moby.sshforward.v1.SSH/ForwardAgent";
const QByteArray refusal("\0\0\0\1\5", 5);

QByteArray question(char type, const QByteArray &content = {})
{
    QByteArray message(4, 0);
    qToBigEndian(static_cast<quint32>(content.size() + 1), message.data());
    return message + type + content;
}

/// An agent that notes what it is asked and answers each question with its own bytes.
struct FakeAgent
{
    FakeAgent()
    {
        server.listen(folder.filePath(u"agent"_s));
        QObject::connect(&server, &QLocalServer::newConnection, [this] {
            QLocalSocket *socket = server.nextPendingConnection();
            QObject::connect(socket, &QLocalSocket::readyRead, [this, socket] {
                const QByteArray bytes = socket->readAll();
                asked += bytes;
                socket->write(bytes);
            });
        });
    }
    [[nodiscard]] QString socket() const { return server.fullServerName(); }

    QTemporaryDir folder;
    QLocalServer server;
    QByteArray asked;
};

struct Forward
{
    explicit Forward(engine::SshAgent agent)
        : service(engine::makeSshForward({std::move(agent)},
                                         [this](const auto &error) { problems.push_back(error); }))
    {}

    std::shared_ptr<FakeCall> check(const char *id)
    {
        auto call = std::make_shared<FakeCall>(checkAgent);
        service->serve(call);
        proto::CheckAgentRequest request;
        request.set_id(id);
        call->receive(request);
        return call;
    }
    std::shared_ptr<FakeCall> open(const char *id)
    {
        auto call = std::make_shared<FakeCall>(forwardAgent, engine::Metadata{{"buildkit.ssh.id", id}});
        service->serve(call);
        return call;
    }

    std::vector<base::Error> problems;
    std::unique_ptr<engine::SessionService> service;
};

void sendBytes(FakeCall &call, const QByteArray &bytes)
{
    proto::BytesMessage message;
    message.set_data(bytes.toStdString());
    call.receive(message);
}

QByteArray answersOf(const FakeCall &call)
{
    QByteArray all;
    for (const QByteArray &message : call.sent)
        all += QByteArray::fromStdString(read<proto::BytesMessage>(message).data());
    return all;
}

}

class TestSshForward : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyListingAndSigningReachTheAgent()
    {
        for (int type = 0; type < 256; ++type) {
            AgentFilter filter;
            const QByteArray asked = question(static_cast<char>(type), "content");
            QVERIFY(filter.fromClient(asked));
            const bool passes = type == 11 || type == 13;
            QCOMPARE(filter.takeForAgent(), passes ? asked : QByteArray());
            QCOMPARE(filter.takeForClient(), passes ? QByteArray() : refusal);
        }
    }

    void answersKeepTheOrderOfTheQuestions()
    {
        AgentFilter filter;
        QVERIFY(filter.fromClient(question(11) + question(17, "add a key") + question(13, "sign")));
        QCOMPARE(filter.takeForAgent(), question(11));
        QCOMPARE(filter.takeForClient(), QByteArray());
        QVERIFY(filter.fromAgent(question(12, "keys")));
        QCOMPARE(filter.takeForClient(), question(12, "keys") + refusal);
        QCOMPARE(filter.takeForAgent(), question(13, "sign"));
        QVERIFY(!filter.isIdle());
        QVERIFY(filter.fromAgent(question(14, "signature")));
        QVERIFY(filter.isIdle());
    }

    void questionsMayComeInAnyPieces()
    {
        const QByteArray all = question(11) + question(13, "data") + question(19);
        for (qsizetype cut = 0; cut <= all.size(); ++cut) {
            AgentFilter filter;
            QVERIFY(filter.fromClient(all.first(cut)));
            QVERIFY(filter.fromClient(all.sliced(cut)));
            QCOMPARE(filter.takeForAgent(), question(11));
            QVERIFY(filter.fromAgent(question(12)));
            QCOMPARE(filter.takeForAgent(), question(13, "data"));
            QVERIFY(filter.fromAgent(question(14)));
            QCOMPARE(filter.takeForClient(), question(12) + question(14) + refusal);
        }
    }

    void whatIsNoAgentsProtocolIsRefused()
    {
        QVERIFY(!AgentFilter().fromClient(QByteArray(4, 0)));
        QVERIFY(!AgentFilter().fromClient("\x7f\xff\xff\xff"));
        QVERIFY(!AgentFilter().fromAgent(question(12)));
        QVERIFY(!AgentFilter().fromClient(question(11).repeated(1000)));
    }

    void aStepTalksToTheAgent()
    {
        FakeAgent agent;
        Forward forward({.socket = agent.socket()});
        QCOMPARE(forward.check("")->code(), GrpcCode::Ok);
        const auto call = forward.open("default");
        sendBytes(*call, question(11));
        sendBytes(*call, question(18, "remove a key"));
        QVERIFY(QTest::qWaitFor([&] { return answersOf(*call) == question(11) + refusal; }));
        QCOMPARE(agent.asked, question(11));
        call->halfClosed();
        QCOMPARE(call->code(), GrpcCode::Ok);
    }

    void anAgentThatIsNotThereIsNamed()
    {
        Forward forward({.id = u"work"_s, .socket = u"/nowhere/agent"_s});
        const auto call = forward.open("work");
        QVERIFY(call->waitForEnd());
        QCOMPARE(call->code(), GrpcCode::Unavailable);
        QCOMPARE(forward.check("other")->code(), GrpcCode::NotFound);
        QVERIFY(forward.check("other")->status->message.contains(u"other"));
        QCOMPARE(forward.open("other")->code(), GrpcCode::NotFound);
        qunsetenv("SSH_AUTH_SOCK");
        Forward without{engine::SshAgent{}};
        QCOMPARE(without.check("")->code(), GrpcCode::NotFound);
        QCOMPARE(without.problems.front().where, u"SSH_AUTH_SOCK"_s);
    }

    void nonsenseEndsTheConnection()
    {
        FakeAgent agent;
        Forward forward({.socket = agent.socket()});
        const auto call = forward.open("");
        sendBytes(*call, "\xff\xff\xff\xff nonsense");
        QCOMPARE(call->code(), GrpcCode::InvalidArgument);
        const auto other = forward.open("");
        other->receiveBytes("\xff");
        QCOMPARE(other->code(), GrpcCode::InvalidArgument);
        const auto lost = forward.open("");
        lost->gone();
        QTest::qWait(20);
    }

    void keyFilesGetAnAgentOfTheirOwn()
    {
        if (QStandardPaths::findExecutable(u"ssh-agent"_s).isEmpty())
            QSKIP("OpenSSH's client is not installed");
        TreeFixture tree;
        const QString key = tree.path() + u"/key"_s;
        QCOMPARE(QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-C"_s,
                                                     u"planted comment"_s, u"-f"_s, key}),
                 0);
        Forward forward({.keys = {key}});
        const auto check = forward.check("");
        QVERIFY(check->waitForEnd());
        QVERIFY2(check->code() == GrpcCode::Ok, qPrintable(check->status->message));
        const auto call = forward.open("");
        sendBytes(*call, question(11));
        QVERIFY(QTest::qWaitFor([&] { return !answersOf(*call).isEmpty(); }));
        QVERIFY(answersOf(*call).contains("planted comment"));
    }

    void keysThatCannotBeUsedAreNamed()
    {
        if (QStandardPaths::findExecutable(u"ssh-agent"_s).isEmpty())
            QSKIP("OpenSSH's client is not installed");
        TreeFixture tree;
        const QString locked = tree.path() + u"/locked"_s;
        QCOMPARE(QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u"passphrase"_s,
                                                     u"-f"_s, locked}),
                 0);
        for (const QString &key : {locked, QString(tree.path() + u"/absent")}) {
            Forward forward({.keys = {key}});
            const auto check = forward.check("");
            QVERIFY(check->waitForEnd());
            QCOMPARE(check->code(), GrpcCode::NotFound);
            QCOMPARE(forward.problems.front().where, key);
        }
    }

    void theEngineIsToldThatWeAreThere()
    {
        const auto health = engine::makeHealth();
        const auto call = std::make_shared<FakeCall>(health->methods().front());
        health->serve(call);
        call->receiveBytes({});
        QCOMPARE(call->code(), GrpcCode::Ok);
        QCOMPARE(read<proto::HealthCheckResponse>(call->sent.at(0)).status(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSshForward)
#include "tst_sshforward.moc"
