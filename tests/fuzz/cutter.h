// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <algorithm>

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

protected:
    QByteArrayView m_bytes;
};

}
