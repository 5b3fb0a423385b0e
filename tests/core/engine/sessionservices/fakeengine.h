// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fakecall.h"

#include <QMap>

/// BuildKit's side of a DiffCopy: lists what it is told, asks for the files it wants, ends when it has them.
class FakeReceiver
{
public:
    explicit FakeReceiver(engine::Metadata metadata)
        : call(std::make_shared<FakeCall>("/moby.filesync.v1.FileSync/DiffCopy", std::move(metadata)))
    {
        call->onSent = [this](const QByteArray &message) { take(read<proto::Packet>(message)); };
    }

    std::shared_ptr<FakeCall> call;
    std::function<bool(const QByteArray &path)> wants = [](const QByteArray &) { return true; };
    bool asksByItself = true;
    QByteArrayList paths;
    std::vector<proto::Stat> stats;
    QMap<QByteArray, QByteArray> contents; ///< of files that came whole
    qsizetype largestPiece = 0;
    bool isAllTold = false;
    bool isFinAnswered = false;
    QByteArray error; ///< of an ERR packet

    [[nodiscard]] const proto::Stat &stat(const QByteArray &path) const
    {
        const qsizetype at = paths.indexOf(path);
        if (at < 0)
            qFatal("%s was not told", path.constData());
        return stats[static_cast<size_t>(at)];
    }
    void ask(quint32 id)
    {
        ++m_awaited;
        call->receivePacket(proto::Packet::REQ, id);
    }

private:
    void take(const proto::Packet &packet)
    {
        switch (packet.type()) {
        case proto::Packet::STAT:
            return takeStat(packet);
        case proto::Packet::DATA:
            takeData(packet);
            return;
        case proto::Packet::FIN:
            isFinAnswered = true;
            return;
        case proto::Packet::ERR:
            error = QByteArray::fromStdString(packet.data());
            return;
        default:
            QTest::qFail("a packet that only an engine sends", __FILE__, __LINE__);
        }
    }

    void takeStat(const proto::Packet &packet)
    {
        if (!packet.has_stat()) {
            isAllTold = true;
            return finishWhenWhole();
        }
        paths.append(QByteArray::fromStdString(packet.stat().path()));
        stats.push_back(packet.stat());
        constexpr quint32 type = 0x8f280000; // os.ModeType
        if (!asksByItself || (packet.stat().mode() & type) != 0 || !wants(paths.back()))
            return;
        const auto id = static_cast<quint32>(stats.size() - 1);
        ++m_awaited;
        // The answer comes over the network: never while we are still being told.
        QMetaObject::invokeMethod(
            &m_context, [this, id] { call->receivePacket(proto::Packet::REQ, id); }, Qt::QueuedConnection);
    }

    void takeData(const proto::Packet &packet)
    {
        QByteArray &content = m_coming[packet.id()];
        content += QByteArray::fromStdString(packet.data());
        largestPiece = std::max(largestPiece, static_cast<qsizetype>(packet.data().size()));
        if (!packet.data().empty())
            return;
        contents[paths.at(packet.id())] = m_coming.take(packet.id());
        --m_awaited;
        finishWhenWhole();
    }

    void finishWhenWhole()
    {
        if (isAllTold && m_awaited == 0 && asksByItself)
            QMetaObject::invokeMethod(
                &m_context, [this] { call->receivePacket(proto::Packet::FIN); }, Qt::QueuedConnection);
    }

    QMap<quint32, QByteArray> m_coming;
    int m_awaited = 0;
    QObject m_context;
};
