// SPDX-License-Identifier: Apache-2.0
#include "engine/http2/grpcframes.h"

#include <QtEndian>

namespace engine {

namespace {

constexpr qsizetype headSize = 5;

}

void GrpcReader::feed(QByteArrayView bytes)
{
    if (m_problem == Problem::None)
        m_bytes += bytes;
}

std::optional<QByteArray> GrpcReader::next()
{
    if (m_problem != Problem::None || m_bytes.size() < headSize)
        return std::nullopt;
    const qsizetype length = qFromBigEndian<quint32>(m_bytes.constData() + 1);
    if (m_bytes.front() != 0)
        m_problem = Problem::Compressed;
    else if (length > largestMessage)
        m_problem = Problem::TooLarge;
    if (m_problem != Problem::None) {
        m_bytes.clear();
        return std::nullopt;
    }
    if (m_bytes.size() < headSize + length)
        return std::nullopt;
    QByteArray message = m_bytes.mid(headSize, length);
    m_bytes.remove(0, headSize + length);
    return message;
}

QByteArray grpcFrame(QByteArrayView message)
{
    QByteArray frame(headSize + message.size(), Qt::Uninitialized);
    frame[0] = 0;
    qToBigEndian(quint32(message.size()), frame.data() + 1);
    std::copy(message.begin(), message.end(), frame.begin() + headSize);
    return frame;
}

}
