// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/subrequest.h"

#include "engine/buildkit/messages.h"
#include "engine/buildkit/solverequest.h"

#include <gateway.pb.h>

#include <QPointer>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

namespace wire = stageloom::gateway;

const QByteArray bridge = "/moby.buildkit.v1.frontend.LLBBridge/";

QByteArray returnRequest(const GrpcStatus &status)
{
    wire::ReturnRequest request;
    if (status.code == GrpcCode::Ok) {
        request.mutable_result();
    } else {
        request.mutable_error()->set_code(int(status.code));
        request.mutable_error()->set_message(status.message.toStdString());
    }
    return serializedMessage(request);
}

}

SubRequest::SubRequest(SolvePlan plan, QString configFolder, QByteArray name, QString frontendImage,
                       Ended ended)
    : m_plan(std::move(plan))
    , m_configFolder(std::move(configFolder))
    , m_name(std::move(name))
    , m_frontendImage(std::move(frontendImage))
    , m_ended(std::move(ended))
    , m_ref(newReference())
{}

SubRequest::~SubRequest()
{
    for (const auto &call : {m_question, m_return, m_solve}) {
        if (call)
            call->cancel();
    }
}

void SubRequest::start(Connection &connection)
{
    connection.use([self = QPointer(this), &connection](const base::Result<GrpcClient *> &grpc) {
        if (!self)
            return;
        if (grpc)
            return self->begin(connection, **grpc);
        self->m_end.unreachable = grpc.error();
        self->finish();
    });
}

void SubRequest::begin(Connection &connection, GrpcClient &grpc)
{
    const QByteArray sessionId = newReference();
    const SessionParts parts{
        .sources = m_plan.sources, .places = m_plan.layouts.places, .configFolder = m_configFolder};
    m_session = std::make_unique<Session>(connection, sessionId, m_plan.sharedKey,
                                          makeServices(parts, m_troubles, {}));
    m_solve = grpc.call("/moby.buildkit.v1.Control/Solve", {}, [this](ClientCall &call) {
        call.finished = [this](const GrpcStatus &status) {
            // Before it was asked to end: this is the answer.
            if (!m_return)
                m_end.status = status;
            finish();
        };
    });
    m_solve->send(questionRequest(m_ref, sessionId));
    m_solve->halfClose();
    ask(grpc);
}

QByteArray SubRequest::question() const
{
    wire::SolveRequest request;
    auto &options = *request.mutable_frontend_opt();
    for (const auto &[key, value] : m_plan.attributes)
        options[key.toStdString()] = value.toStdString();
    options["requestid"] = m_name.toStdString();
    options["frontend.caps"] = "moby.buildkit.frontend.subrequests+forward";
    if (m_frontendImage.isEmpty()) {
        request.set_frontend("dockerfile.v0");
    } else {
        request.set_frontend("gateway.v0");
        options["source"] = m_frontendImage.toStdString();
        options["cmdline"] = m_frontendImage.toStdString();
    }
    request.set_allow_result_return(true);
    request.set_allow_result_array_ref(true);
    return serializedMessage(request);
}

void SubRequest::ask(GrpcClient &grpc)
{
    m_question = grpc.call(bridge + "Solve", {{"buildkit-controlapi-buildid", m_ref}},
                           [this, &grpc](ClientCall &call) {
                               call.received = [this](const QByteArray &message) {
                                   wire::SolveResponse response;
                                   if (!readMessage(message, response))
                                       return;
                                   for (const auto &[key, value] : response.result().metadata())
                                       m_end.values.insert(text(key), QByteArray::fromStdString(value));
                               };
                               call.finished = [this, &grpc](const GrpcStatus &status) {
                                   m_end.status = status;
                                   if (status.code == GrpcCode::Unavailable)
                                       return finish(); // with the connection
                                   give(grpc, status);
                               };
                           });
    m_question->send(question());
    m_question->halfClose();
}

// Ends the build that was opened for the question.
void SubRequest::give(GrpcClient &grpc, const GrpcStatus &status)
{
    m_return = grpc.call(bridge + "Return", {{"buildkit-controlapi-buildid", m_ref}}, {});
    m_return->send(returnRequest(status));
    m_return->halfClose();
}

void SubRequest::finish()
{
    m_end.trouble = m_troubles->sync;
    if (const auto ended = std::exchange(m_ended, nullptr))
        ended(m_end);
}

}
