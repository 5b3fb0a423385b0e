// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/filesend.h"
#include "fakecall.h"
#include "treefixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QtTest>

inline constexpr quint32 folderBit = 1U << 31;
inline constexpr quint32 linkBit = 1U << 27;
inline constexpr auto diffCopy = "/moby.filesync.v1.FileSend/DiffCopy";

struct Send
{
    explicit Send(std::vector<engine::OutputTarget> targets)
        : service(engine::makeFileSend(std::move(targets),
                                       {.failed = [this](const auto &error) { failures.push_back(error); },
                                        .leftOut = [this](const auto &error) { leftOut.push_back(error); }}))
    {}

    std::shared_ptr<FakeCall> call(const engine::Metadata &metadata = {})
    {
        auto made = std::make_shared<FakeCall>(diffCopy, metadata);
        service->serve(made);
        return made;
    }

    std::vector<base::Error> failures, leftOut;
    std::unique_ptr<engine::SessionService> service;
};

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

inline void sendBytes(FakeCall &call, const QByteArray &bytes)
{
    proto::BytesMessage message;
    message.set_data(bytes.toStdString());
    call.receive(message);
}

struct Entry
{
    QByteArray path;
    quint32 mode = 0644;
    QByteArray link = {};
    QByteArray content = {};
    qint64 modifiedNs = 1'000'000'000'000'000'001;
};

inline void tell(FakeCall &call, const Entry &entry)
{
    proto::Packet packet;
    packet.set_type(proto::Packet::STAT);
    proto::Stat &stat = *packet.mutable_stat();
    stat.set_path(entry.path.toStdString());
    stat.set_mode(entry.mode);
    stat.set_uid(12345);
    stat.set_size(entry.content.size());
    stat.set_mod_time(entry.modifiedNs);
    stat.set_linkname(entry.link.toStdString());
    call.receive(packet);
}

/// All of a folder as BuildKit sends it: every entry, then what was asked for.
inline void sendAll(FakeCall &call, const std::vector<Entry> &entries)
{
    for (const Entry &entry : entries) {
        if (!call.status)
            tell(call, entry);
    }
    if (call.status)
        return;
    call.receivePacket(proto::Packet::STAT);
    for (const QByteArray &message : std::vector(call.sent)) {
        const auto packet = read<proto::Packet>(message);
        if (packet.type() != proto::Packet::REQ)
            continue;
        const QByteArray &content = entries.at(packet.id()).content;
        if (!content.isEmpty())
            call.receivePacket(proto::Packet::DATA, packet.id(), content);
        call.receivePacket(proto::Packet::DATA, packet.id());
    }
    if (call.status)
        return;
    QCOMPARE(read<proto::Packet>(call.sent.back()).type(), proto::Packet::FIN);
    call.receivePacket(proto::Packet::FIN);
}

inline QStringList namesBelow(const QString &folder)
{
    QStringList names;
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        names << QDir(folder).relativeFilePath(all.next());
    names.sort();
    return names;
}
