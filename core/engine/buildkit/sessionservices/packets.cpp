// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/packets.h"

#include <array>
#include <cstring>

namespace engine {

namespace {

QByteArray plain(proto::Packet::Type type, quint32 id)
{
    proto::Packet packet;
    packet.set_type(type);
    packet.set_id(id);
    return serialized(packet);
}

void put(QByteArray &bytes, quint32 number)
{
    for (; number >= 0x80; number >>= 7)
        bytes.append(static_cast<char>(number | 0x80));
    bytes.append(static_cast<char>(number));
}

/// Everything of a DATA packet before the content: type (field 1), ID (3), and the length of data (4).
QByteArray dataHead(quint32 id, qsizetype size)
{
    QByteArray head("\x08\x02", 2);
    if (id != 0) {
        head.append('\x18');
        put(head, id);
    }
    head.append('\x22');
    put(head, static_cast<quint32>(size));
    return head;
}

}

QByteArray packets::stat(const SyncEntry &entry)
{
    proto::Packet packet;
    proto::Stat &stat = *packet.mutable_stat();
    stat.set_path(entry.path.constData(), static_cast<size_t>(entry.path.size()));
    stat.set_mode(entry.mode);
    stat.set_size(entry.sizeBytes);
    stat.set_mod_time(entry.modifiedNs);
    stat.set_linkname(entry.linkTarget.constData(), static_cast<size_t>(entry.linkTarget.size()));
    stat.set_devmajor(entry.deviceMajor);
    stat.set_devminor(entry.deviceMinor);
    if (!entry.capability.isEmpty())
        (*stat.mutable_xattrs())["security.capability"] = entry.capability.toStdString();
    return serialized(packet);
}

QByteArray packets::lastStat()
{
    return plain(proto::Packet::STAT, 0);
}

QByteArray packets::request(quint32 id)
{
    return plain(proto::Packet::REQ, id);
}

QByteArray packets::end(quint32 id)
{
    return plain(proto::Packet::DATA, id);
}

QByteArray packets::finished()
{
    return plain(proto::Packet::FIN, 0);
}

QByteArray packets::error(const QString &text)
{
    proto::Packet packet;
    packet.set_type(proto::Packet::ERR);
    packet.set_data(text.toStdString());
    return serialized(packet);
}

QByteArray packets::data(quint32 id, qsizetype size, const std::function<qint64(char *, qint64)> &read)
{
    const QByteArray head = dataHead(id, size);
    QByteArray bytes(head.size() + size, Qt::Uninitialized);
    std::memcpy(bytes.data(), head.constData(), static_cast<size_t>(head.size()));
    const qint64 got = read(bytes.data() + head.size(), size);
    if (got <= 0)
        return {};
    // The file got shorter: the head says less now.
    return got == size ? bytes
                       : QByteArray(dataHead(id, got) + QByteArrayView(bytes).sliced(head.size(), got));
}

}
