// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace fuzz {

/// Takes what a target wants from the front of its input; zeros when nothing is left.
class Cutter
{
public:
    explicit Cutter(QByteArrayView bytes)
        : m_bytes(bytes)
    {}

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    uint byte()
    {
        if (m_bytes.isEmpty())
            return 0;
        const auto value = static_cast<uchar>(m_bytes.front());
        m_bytes = m_bytes.sliced(1);
        return value;
    }
    QByteArray bytes(qsizetype count)
    {
        const QByteArrayView part = m_bytes.first(std::min(count, m_bytes.size()));
        m_bytes = m_bytes.sliced(part.size());
        return part.toByteArray();
    }
    QByteArray rest() { return bytes(m_bytes.size()); }

private:
    QByteArrayView m_bytes;
};

/// The rest as frames of HTTP/2 whose lengths and headers are sound, so that what is odd in them gets far.
/// `greets`: SETTINGS come first.
QByteArray framesFrom(Cutter &in, bool greets);

/// A message of the files that an exporter sends, mostly a sound one.
QByteArray packetFrom(Cutter &in);

/// One frame.
QByteArray frame(uint type, uint flags, quint32 stream, const QByteArray &payload);

}
