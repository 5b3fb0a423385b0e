// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.pb.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace engine {

namespace proto = stageloom::session;

/// False for what is no such message.
template <class Message>
bool parse(const QByteArray &bytes, Message &message)
{
    return message.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size()));
}

template <class Message>
QByteArray serialized(const Message &message)
{
    QByteArray bytes(static_cast<qsizetype>(message.ByteSizeLong()), Qt::Uninitialized);
    message.SerializeToArray(bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

inline QByteArray bytesOf(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

inline QString textOf(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}
