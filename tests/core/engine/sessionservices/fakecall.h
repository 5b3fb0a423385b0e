// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"
#include "session.pb.h"

#include <QTest>

#include <optional>

namespace proto = stageloom::session;

/// A call as the connection makes one, without a connection: what the service sends is kept.
class FakeCall final : public engine::ServerCall
{
public:
    explicit FakeCall(QByteArray method, engine::Metadata metadata = {})
        : m_method(std::move(method))
        , m_metadata(std::move(metadata))
    {}

    [[nodiscard]] QByteArray method() const override { return m_method; }
    [[nodiscard]] const engine::Metadata &metadata() const override { return m_metadata; }
    void send(const QByteArray &message) override
    {
        sent.push_back(message);
        queued += isStuck ? message.size() : 0;
        if (onSent)
            onSent(message);
    }
    [[nodiscard]] qsizetype queuedBytes() const override { return queued; }
    void finish(const engine::GrpcStatus &how) override { status = how; }

    /// As if the connection had taken everything.
    void drain()
    {
        queued = 0;
        if (drained)
            drained();
    }
    template <class Message>
    void receive(const Message &message)
    {
        receiveBytes(QByteArray::fromStdString(message.SerializeAsString()));
    }
    void receiveBytes(const QByteArray &bytes)
    {
        if (received)
            received(bytes);
    }
    void receivePacket(proto::Packet::Type type, quint32 id = 0, const QByteArray &data = {})
    {
        proto::Packet packet;
        packet.set_type(type);
        packet.set_id(id);
        packet.set_data(data.toStdString());
        receive(packet);
    }
    [[nodiscard]] bool waitForEnd(int milliseconds = 20000) const
    {
        return QTest::qWaitFor([this] { return status.has_value(); }, milliseconds);
    }
    [[nodiscard]] engine::GrpcCode code() const { return status ? status->code : engine::GrpcCode(-1); }

    std::vector<QByteArray> sent;
    std::optional<engine::GrpcStatus> status;
    std::function<void(const QByteArray &)> onSent;
    qsizetype queued = 0;
    bool isStuck = false; ///< nothing is taken until drain()

private:
    QByteArray m_method;
    engine::Metadata m_metadata;
};

template <class Message>
Message read(const QByteArray &bytes)
{
    Message message;
    if (!message.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())))
        QTest::qFail("this is no such message", __FILE__, __LINE__);
    return message;
}
