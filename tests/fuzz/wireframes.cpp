// SPDX-License-Identifier: Apache-2.0
#include "wireframes.h"

#include <QtEndian>

#include <session.pb.h>

namespace {

enum Type : quint8 {
    Data,
    Headers,
    Priority,
    Reset,
    Settings,
    Push,
    Ping,
    GoAway,
    WindowUpdate,
    Continuation
};
constexpr uint endStream = 1;
constexpr uint endHeaders = 4;

QByteArray literal(const QByteArray &name, const QByteArray &value)
{
    constexpr qsizetype most = 126; // lengths of one byte
    return QByteArray(1, '\0') + char(std::min(name.size(), most)) + name.left(most) +
           char(std::min(value.size(), most)) + value.left(most);
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// Of each size: a byte, or much.
quint32 numberFrom(fuzz::Cutter &in)
{
    const quint32 base = in.byte();
    return base << (in.byte() % 32);
}

QByteArray grpcMessage(const QByteArray &message)
{
    return QByteArray(1, '\0') + bigEndian(quint32(message.size())) + message;
}

QByteArray frameFrom(fuzz::Cutter &in)
{
    const uint kind = in.byte() % 16;
    const quint32 stream = in.byte() % 8;
    const auto some = [&in] { return in.bytes(in.byte()); };
    switch (kind) {
    case 0: // an answer begins
        return fuzz::frame(Headers, endHeaders, stream,
                           QByteArray("\x88") + literal("content-type", "application/grpc"));
    case 1: { // and ends
        const QByteArray code = QByteArray::number(in.byte() % 20);
        return fuzz::frame(Headers, endHeaders | endStream, stream,
                           literal("grpc-status", code) + literal("grpc-message", some()) +
                               literal("grpc-status-details-bin", some().toBase64()));
    }
    case 2: // a call begins
        return fuzz::frame(
            Headers, endHeaders, stream,
            QByteArray("\x83\x86") +
                literal(":path", in.byte() % 4 ? QByteArray("/test/Echo")
                                               : QByteArray("/moby.buildkit.secrets.v1.Secrets/GetSecret")) +
                literal(":authority", "localhost") + literal("content-type", "application/grpc") +
                literal("k" + some().toHex(), some()));
    case 3:
        return fuzz::frame(Data, in.byte() & endStream, stream, grpcMessage(some()));
    case 4: // a message that is longer, or shorter, than it says
        return fuzz::frame(Data, in.byte() & endStream, stream,
                           QByteArray(1, char(in.byte() % 2)) + bigEndian(numberFrom(in)) + some());
    case 5:
        return fuzz::frame(WindowUpdate, 0, stream, bigEndian(numberFrom(in)));
    case 6:
        return fuzz::frame(Reset, 0, stream, bigEndian(in.byte()));
    case 7:
        return fuzz::frame(GoAway, 0, 0, bigEndian(stream) + bigEndian(in.byte()) + some());
    case 8:
        return fuzz::frame(Settings, 0, 0,
                           QByteArray(1, '\0') + char(in.byte() % 8) + bigEndian(numberFrom(in)));
    case 9:
        return fuzz::frame(Settings, in.byte() & 1, 0, {});
    case 10:
        return fuzz::frame(Ping, in.byte() & 1, 0, QByteArray(8, char(in.byte())));
    case 11:
        return fuzz::frame(Headers, in.byte(), stream, some());
    case 12:
        return fuzz::frame(Continuation, in.byte(), stream, some());
    case 13: // many of one
        return fuzz::frame(in.byte() % 10, in.byte(), stream, in.bytes(in.byte() % 16)).repeated(in.byte());
    default:
        return fuzz::frame(in.byte(), in.byte(), numberFrom(in), some());
    }
}

}

QByteArray fuzz::frame(uint type, uint flags, quint32 stream, const QByteArray &payload)
{
    QByteArray bytes = bigEndian(quint32(payload.size())).sliced(1);
    bytes += char(type);
    bytes += char(flags);
    return bytes + bigEndian(stream) + payload;
}

QByteArray fuzz::framesFrom(Cutter &in, bool greets)
{
    QByteArray all = greets ? frame(Settings, 0, 0, {}) : QByteArray();
    constexpr qsizetype most = 1 << 20;
    while (!in.isEmpty() && all.size() < most)
        all += frameFrom(in);
    return all;
}

QByteArray fuzz::packetFrom(Cutter &in)
{
    static const char *const names[]{
        "a",         "b",  "a/b", "a/c",  "b/d",    "..",   ".", "../outside/evil",
        "/tmp/evil", "a/", "",    "a//b", "a/../b", "a/b/c"};
    static constexpr quint32 modes[]{0644,     0755, 1U << 31 | 0755, 1U << 31 | 0, 1U << 27 | 0777, 1U << 26,
                                     1U << 24, 0};
    static const char *const links[]{"",  "",    "",           "../outside", "../outside/precious",
                                     "a", "a/b", "/etc/passwd"};
    const uint kind = in.byte() % 12;
    if (kind == 0)
        return in.bytes(in.byte());
    stageloom::session::Packet packet;
    if (kind < 7) {
        packet.set_type(stageloom::session::Packet::STAT);
        auto &stat = *packet.mutable_stat();
        stat.set_path(names[in.byte() % std::size(names)]);
        stat.set_mode(modes[in.byte() % std::size(modes)]);
        stat.set_linkname(links[in.byte() % std::size(links)]);
        stat.set_size(qint64(numberFrom(in)));
        stat.set_mod_time(qint64(numberFrom(in)) * 1'000'000'007);
    } else if (kind == 7) {
        packet.set_type(stageloom::session::Packet::STAT); // the last
    } else if (kind < 11) {
        packet.set_type(stageloom::session::Packet::DATA);
        packet.set_id(in.byte() % 8);
        packet.set_data(in.bytes(in.byte()).toStdString());
    } else {
        packet.set_type(stageloom::session::Packet::Type(in.byte() % 6));
        packet.set_id(in.byte());
    }
    return QByteArray::fromStdString(packet.SerializeAsString());
}
