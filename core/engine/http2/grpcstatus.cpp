// SPDX-License-Identifier: Apache-2.0
#include "engine/http2/grpcstatus.h"

#include "engine/words.h"

#include <nghttp2/nghttp2.h>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

GrpcStatus plain(GrpcCode code, const QString &message)
{
    return {.code = code, .message = message, .details = {}};
}

// gRPC's own rule: everything but printable ASCII, and '%' itself (PROTOCOL-HTTP2.md, Percent-Encoded).
QByteArray percentEncoded(const QByteArray &text)
{
    QByteArray encoded;
    for (const char c : text) {
        if (c >= ' ' && c <= '~' && c != '%')
            encoded += c;
        else
            encoded += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return encoded;
}

}

std::optional<QByteArray> headerValue(const Metadata &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

std::optional<GrpcStatus> readStatus(const Metadata &trailers)
{
    const auto number = headerValue(trailers, "grpc-status");
    if (!number)
        return std::nullopt;
    bool isNumber = false;
    const int code = number->toInt(&isNumber);
    GrpcStatus status;
    status.code = isNumber ? GrpcCode(code) : GrpcCode::Unknown;
    status.message = QString::fromUtf8(
        QByteArray::fromPercentEncoding(headerValue(trailers, "grpc-message").value_or(QByteArray())));
    // Padding is optional on the wire, and fromBase64 reads both.
    status.details =
        QByteArray::fromBase64(headerValue(trailers, "grpc-status-details-bin").value_or(QByteArray()));
    return status;
}

Metadata statusTrailers(const GrpcStatus &status)
{
    Metadata trailers{{"grpc-status", QByteArray::number(int(status.code))}};
    if (!status.message.isEmpty())
        trailers.emplace_back("grpc-message", percentEncoded(status.message.toUtf8()));
    if (!status.details.isEmpty())
        trailers.emplace_back("grpc-status-details-bin",
                              status.details.toBase64(QByteArray::OmitTrailingEquals));
    return trailers;
}

GrpcStatus statusOfHttp(const QByteArray &httpStatus)
{
    const QString number = QString::fromLatin1(httpStatus.left(3));
    if (httpStatus == "404" || httpStatus == "415")
        return plain(GrpcCode::Unimplemented, Words::tr("what answers speaks no gRPC (%1)").arg(number));
    if (httpStatus == "401" || httpStatus == "403")
        return plain(GrpcCode::PermissionDenied, Words::tr("the engine refused the call (%1)").arg(number));
    if (httpStatus == "429" || httpStatus.startsWith("50"))
        return plain(GrpcCode::Unavailable, Words::tr("the engine cannot answer now (%1)").arg(number));
    if (httpStatus == "200")
        return plain(GrpcCode::Internal, Words::tr("the engine's answer ended without a status"));
    return plain(GrpcCode::Unknown, Words::tr("the engine answered with status %1").arg(number));
}

GrpcStatus statusOfReset(quint32 errorCode)
{
    switch (errorCode) {
    case NGHTTP2_CANCEL:
        return plain(GrpcCode::Cancelled, Words::tr("the engine cancelled the call"));
    case NGHTTP2_REFUSED_STREAM:
        return plain(GrpcCode::Unavailable, Words::tr("the engine takes no more calls on this connection"));
    case NGHTTP2_ENHANCE_YOUR_CALM:
        return plain(GrpcCode::ResourceExhausted, Words::tr("the engine is asked too much"));
    case NGHTTP2_INADEQUATE_SECURITY:
        return plain(GrpcCode::PermissionDenied,
                     Words::tr("the connection is not safe enough for the engine"));
    default:
        return plain(GrpcCode::Internal, Words::tr("the engine broke the call off (%1)")
                                             .arg(QString::fromLatin1(nghttp2_http2_strerror(errorCode))));
    }
}

GrpcStatus lostStatus()
{
    return plain(GrpcCode::Unavailable, Words::tr("the engine closed the connection"));
}

}
