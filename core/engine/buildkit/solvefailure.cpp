// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/solvefailure.h"

#include "engine/buildkit/messages.h"
#include "engine/steps/failurewords.h"
#include "engine/words.h"

#include <control.pb.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

void readSource(const QJsonObject &json, FailureDetails &into)
{
    const QJsonArray ranges = json["ranges"_L1].toArray();
    if (ranges.isEmpty() || into.rows.first > 0)
        return;
    into.file = json["info"_L1]["filename"_L1].toString();
    into.rows.first = ranges.first()["start"_L1]["line"_L1].toInt();
    into.rows.last = std::max(into.rows.first, ranges.first()["end"_L1]["line"_L1].toInt());
}

Error::Kind kindOf(GrpcCode code)
{
    switch (code) {
    case GrpcCode::Cancelled:
        return Error::Kind::Cancelled;
    case GrpcCode::InvalidArgument:
        return Error::Kind::Malformed;
    case GrpcCode::NotFound:
        return Error::Kind::NotFound;
    case GrpcCode::PermissionDenied:
        return Error::Kind::Refused;
    case GrpcCode::Unimplemented:
        return Error::Kind::Unsupported;
    case GrpcCode::Unavailable:
        return Error::Kind::Unreachable;
    case GrpcCode::Ok:
    case GrpcCode::Unknown:
    case GrpcCode::AlreadyExists:
    case GrpcCode::ResourceExhausted:
    case GrpcCode::FailedPrecondition:
    case GrpcCode::OutOfRange:
    case GrpcCode::Internal:
        break;
    }
    return Error::Kind::Failed;
}

}

FailureDetails readFailureDetails(const QByteArray &details)
{
    FailureDetails out;
    stageloom::control::RpcStatus status;
    if (!readMessage(details, status))
        return out;
    for (const auto &any : status.details()) {
        const QString type = text(any.type_url());
        // The values are JSON, whatever an Any should hold.
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(any.value())).object();
        if (type.contains("errdefs.Source"_L1))
            readSource(json, out);
        else if (type.contains("errdefs.Vertex"_L1))
            out.vertex = json["digest"_L1].toString();
        else if (type.contains("ExitMessage"_L1))
            out.exitCode = json["Code"_L1].toInt(json["code"_L1].toInt());
    }
    return out;
}

Error callFailure(const GrpcStatus &status, const Endpoint &endpoint)
{
    Error error{.kind = kindOf(status.code),
                .message = withoutPrefixes(status.message),
                .where = endpoint.url,
                .hint = {},
                .detail = {}};
    if (error.kind == Error::Kind::Unreachable)
        error.hint = Words::tr("See whether it still runs; its log tells why it stopped.");
    if (error.message.isEmpty())
        error.message = Words::tr("the engine gave no reason (code %1)").arg(int(status.code));
    return error;
}

}
