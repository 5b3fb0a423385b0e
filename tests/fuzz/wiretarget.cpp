// SPDX-License-Identifier: Apache-2.0
#include "wiretarget.h"

#include "engine/buildkit/controlvalues.h"
#include "engine/buildkit/frontendanswers.h"
#include "engine/buildkit/sessionservices/agentfilter.h"
#include "engine/buildkit/sessionservices/filesend.h"
#include "engine/buildkit/sessionservices/health.h"
#include "engine/buildkit/sessionservices/secrets.h"
#include "engine/buildkit/solvefailure.h"
#include "engine/buildkit/solverequest.h"
#include "engine/buildkit/upgrade.h"
#include "engine/http2/grpcclient.h"
#include "engine/http2/grpcserver.h"
#include "engine/rest/jsonstream.h"
#include "engine/rest/multiplexed.h"
#include "engine/steps/buildfailure.h"
#include "engine/steps/buildtrace.h"
#include "wireframes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <control.pb.h>
#include <session.pb.h>
#include <status.pb.h>

using namespace Qt::StringLiterals;

namespace {

void require(bool holds, const char *law)
{
    if (!holds)
        qFatal("broken: %s", law);
}

/// Sends back what it gets.
class Echo final : public engine::SessionService
{
public:
    [[nodiscard]] QByteArrayList methods() const override { return {"/test/Echo"}; }
    void serve(const std::shared_ptr<engine::ServerCall> &call) override
    {
        ++begun;
        auto *raw = call.get();
        call->gone = [this] { ++gone; };
        call->received = [raw](const QByteArray &message) { raw->send(message); };
        call->halfClosed = [raw] { raw->finish({}); };
    }

    int begun = 0;
    int gone = 0;
};

/// Feeds `bytes` in pieces and takes the answers, as a connection would.
void converse(engine::Http2Connection &connection, const QByteArray &bytes, qsizetype piece)
{
    qsizetype answered = 0;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        connection.feed(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
        for (QByteArray out = connection.take(65536); !out.isEmpty(); out = connection.take(65536))
            answered += out.size();
        constexpr qsizetype greeting = 100'000;
        constexpr qsizetype share = 64; // a question of 9 bytes has an answer of some hundred
        require(answered < greeting + share * (at + piece), "answers stay in proportion");
    }
}

void calls(fuzz::Cutter in)
{
    const qsizetype piece = 1 + in.byte();
    const uint choice = in.byte();
    engine::GrpcClient client;
    int finished[4] = {};
    qsizetype received = 0;
    const auto call = [&](int number, bool cancels) {
        return client.call("/test/Call", {}, [&, number, cancels](engine::ClientCall &it) {
            it.received = [&received, &it, cancels](const QByteArray &message) {
                received += message.size();
                if (cancels)
                    it.cancel();
            };
            it.finished = [&finished, number](const engine::GrpcStatus &) { ++finished[number]; };
        });
    };
    const auto unary = call(0, false);
    unary->send("question");
    unary->halfClose();
    const auto stream = call(1, false);
    stream->send("more follows");
    const auto cancelled = call(2, true);
    client.take(65536);
    const QByteArray bytes = (choice & 1) ? in.rest() : fuzz::framesFrom(in, choice & 2);
    converse(client, bytes, piece);
    const auto late = call(3, false);
    client.take(65536);
    client.close();
    require(finished[0] == 1 && finished[1] == 1 && finished[3] == 1, "each call ends once");
    require(finished[2] <= 1, "a cancelled call ends at most once");
    require(received <= bytes.size(), "no message is longer than what came");
}

void session(fuzz::Cutter in)
{
    const qsizetype piece = 1 + in.byte();
    const uint choice = in.byte();
    const auto echo = std::make_shared<Echo>();
    {
        engine::GrpcServer server(
            {echo, engine::makeHealth(), engine::makeSecrets({{.id = u"token"_s, .typed = "secret"}}, {})});
        const QByteArray bytes =
            (choice & 1) ? in.rest() : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + fuzz::framesFrom(in, true);
        converse(server, bytes, piece);
        server.close();
    }
    require(echo->gone == echo->begun, "each call of theirs ends once");
}

void messages(fuzz::Cutter in)
{
    const qsizetype piece = 1 + in.byte();
    const QByteArray bytes = in.rest();
    engine::readWorkers(bytes);
    engine::readDiskUsage(bytes);
    engine::readCacheRecord(bytes);
    engine::readHistoryEvent(bytes);
    engine::readSolveResponse(bytes);
    engine::readFailureDetails(bytes);
    engine::readOutline(bytes);
    engine::readTargets(bytes);
    engine::readChecks(bytes);
    engine::readDescription(bytes);
    require(engine::demultiplexed(bytes).size() <= bytes.size(), "a log does not grow");
    engine::BuildStep step;
    step.name = step.instruction = u"COPY --from=a b c"_s;
    engine::buildFailure(QString::fromUtf8(bytes), u"Dockerfile"_s, &step, {});

    engine::BuildTrace trace;
    engine::JsonStream json;
    engine::AgentFilter agent;
    QByteArray head, words;
    bool isAgent = true;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        const QByteArray part = bytes.mid(at, piece);
        trace.feed(part);
        (void)json.feed(part);
        head += part;
        if (isAgent)
            isAgent = agent.fromClient(part) && agent.fromAgent(part);
        require(agent.takeForAgent().size() + agent.takeForClient().size() <= at + piece + 65536,
                "an agent is asked what was asked");
    }
    trace.feed(bytes);
    trace.endRunning(engine::BuildStep::State::Cancelled, {});
    engine::takeUpgradeAnswer(head, words);
}

/// A call that an exporter makes.
class OutputCall final : public engine::ServerCall
{
public:
    [[nodiscard]] QByteArray method() const override { return "/moby.filesync.v1.FileSend/DiffCopy"; }
    [[nodiscard]] const engine::Metadata &metadata() const override { return m_metadata; }
    void send(const QByteArray &message) override { sent += message.size(); }
    [[nodiscard]] qsizetype queuedBytes() const override { return 0; }
    void finish(const engine::GrpcStatus &) override { ++finished; }

    qsizetype sent = 0;
    int finished = 0;

private:
    engine::Metadata m_metadata;
};

void output(fuzz::Cutter in)
{
    static const QTemporaryDir root;
    const QDir folder(root.path());
    const QString precious = folder.filePath(u"outside/precious"_s);
    if (!folder.exists(u"outside"_s)) {
        folder.mkpath(u"outside"_s);
        QFile file(precious);
        require(file.open(QIODevice::WriteOnly) && file.write("mine") == 4, "there is room");
    }
    {
        const auto service =
            engine::makeFileSend({{engine::OutputTarget::Kind::Folder, folder.filePath(u"out"_s)}});
        const auto call = std::make_shared<OutputCall>();
        service->serve(call);
        while (!in.isEmpty() && call->finished == 0 && call->received)
            call->received(fuzz::packetFrom(in));
        if (call->finished == 0 && call->halfClosed)
            call->halfClosed();
        if (call->gone)
            call->gone();
        require(call->finished <= 1, "an output ends once");
    }
    QFile file(precious);
    require(folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot).size() <=
                    2 &&
                QDir(folder.filePath(u"outside"_s)).count() == 3 && file.open(QIODevice::ReadOnly) &&
                file.readAll() == "mine",
            "nothing is written outside");
    QDir(folder.filePath(u"out"_s)).removeRecursively();
}

}

void fuzz::wire(const QByteArray &bytes)
{
#if GOOGLE_PROTOBUF_VERSION < 4022000
    google::protobuf::SetLogHandler(nullptr); // it would speak of each message that is none
#endif
    Cutter in(bytes);
    switch (in.byte() % 4) {
    case 0:
        return calls(in);
    case 1:
        return session(in);
    case 2:
        return messages(in);
    default:
        return output(in);
    }
}

QByteArrayList fuzz::wireSeeds()
{
    const auto path = QByteArray("\x0a\x05:path\x0a/test/Echo");
    stageloom::buildkit::StatusResponse status;
    auto *vertex = status.add_vertexes();
    vertex->set_digest("sha256:d");
    vertex->set_name("[linux/amd64 builder 2/3] RUN x");
    vertex->mutable_started()->set_seconds(1);
    auto *log = status.add_logs();
    log->set_vertex("sha256:d");
    log->set_msg("caf\xc3");
    stageloom::control::RpcStatus details;
    auto *source = details.add_details();
    source->set_type_url("errdefs.Source+json");
    source->set_value(
        R"({"info":{"filename":"Dockerfile"},"ranges":[{"start":{"line":2},"end":{"line":3}}]})");
    const QByteArray answer = frame(4, 0, 0, {}) + frame(1, 4, 1, "\x88") +
                              frame(0, 0, 1, QByteArray("\0\0\0\0\1x", 6)) +
                              frame(1, 5, 1,
                                    QByteArray("\0\x0bgrpc-status\1"
                                               "0",
                                               15));
    return {
        QByteArray("\0\0\1", 3) + answer,
        QByteArray("\0\xff\2\0\1\3\1\0\5hello\1\1\0\0", 17),
        QByteArray("\1\x20\2", 3) + QByteArray("\2\1\1\0\0\3\1\1\5hello", 14),
        QByteArray("\1\xff\1PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 27) + frame(4, 0, 0, {}) +
            frame(1, 4, 1, "\x83\x86" + path),
        QByteArray("\2\xff", 2) + QByteArray::fromStdString(status.SerializeAsString()),
        QByteArray("\2\xff", 2) + QByteArray::fromStdString(details.SerializeAsString()),
        QByteArray("\2\7", 2) +
            R"({"warnings":[{"ruleName":"x","location":{"ranges":[{"start":{"line":1}}]}}]})",
        QByteArray("\2\3", 2) +
            R"({"targets":[{"name":"a","default":true}],"args":[{"name":"A","value":"b"}]})",
        QByteArray("\2\5HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\n\r\n"),
        QByteArray(
            "\2\5failed to solve: rpc error: code = Unknown desc = process \"/bin/sh -c x\" did not complete "
            "successfully: exit code: 9"),
        QByteArray("\3\1\0\2\0\0\0\0\0\1\2\0\0\0\0\0\0\7\x08\1\3abc\x08\1\0\x0b\3", 29)};
}
