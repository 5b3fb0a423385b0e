// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessiontunnel.h"

namespace engine {

namespace {

constexpr char dataTag = 0x0a; // field 1, with a length
constexpr qsizetype piece = 64 * 1024;

}

QByteArray bytesMessage(QByteArrayView data)
{
    QByteArray message;
    message.reserve(data.size() + 11);
    message += dataTag;
    auto length = quint64(data.size());
    for (; length >= 0x80; length >>= 7)
        message += char(length | 0x80);
    message += char(length);
    message.append(data);
    return message;
}

std::optional<QByteArrayView> readBytesMessage(const QByteArray &message)
{
    if (message.isEmpty())
        return QByteArrayView();
    if (message.front() != dataTag)
        return std::nullopt;
    quint64 length = 0;
    qsizetype at = 1;
    for (int shift = 0; at < message.size() && shift < 63; shift += 7, ++at) {
        const auto byte = quint8(message.at(at));
        length |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80) {
            ++at;
            const bool isWhole = length == quint64(message.size() - at);
            return isWhole ? std::optional(QByteArrayView(message).sliced(at)) : std::nullopt;
        }
    }
    return std::nullopt;
}

SessionTunnel::SessionTunnel(GrpcClient &grpc, const Metadata &announced,
                             const GrpcServer::Services &services)
    : m_server(services)
{
    m_server.outputReady = [this] { pump(); };
    m_call = grpc.call("/moby.buildkit.v1.Control/Session", announced, [this](ClientCall &call) {
        call.received = [this](const QByteArray &message) {
            const auto data = readBytesMessage(message);
            if (!data)
                return;
            m_server.feed(*data);
            pump();
        };
        call.drained = [this] { pump(); };
        call.finished = [this](const GrpcStatus &) { m_server.close(); };
    });
    pump();
}

SessionTunnel::~SessionTunnel()
{
    m_call->cancel();
    m_server.outputReady = nullptr;
}

void SessionTunnel::pump()
{
    m_pumpAgain = true;
    if (!m_call || std::exchange(m_isPumping, true))
        return;
    while (std::exchange(m_pumpAgain, false)) {
        while (m_call->queuedBytes() < ServerCall::sendMark) {
            const QByteArray bytes = m_server.take(piece);
            if (bytes.isEmpty())
                break;
            m_call->send(bytesMessage(bytes));
        }
    }
    m_isPumping = false;
}

}
