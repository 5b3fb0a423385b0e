// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <string>

namespace engine {

// Between protobuf's types and Qt's.

template <class Message>
QByteArray serializedMessage(const Message &message)
{
    return QByteArray::fromStdString(message.SerializeAsString());
}

template <class Message>
bool readMessage(const QByteArray &bytes, Message &message)
{
    return message.ParseFromArray(bytes.constData(), int(bytes.size()));
}

inline QString text(const std::string &bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

/// Of a message with seconds and nanos.
template <class Stamp>
QDateTime timeOf(const Stamp &stamp)
{
    return QDateTime::fromMSecsSinceEpoch(stamp.seconds() * 1000 + stamp.nanos() / 1'000'000, QTimeZone::UTC);
}

}
