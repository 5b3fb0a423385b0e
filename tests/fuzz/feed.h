// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "dockerfile/textfile.h"

#include <QtGlobal>

#include <algorithm>

namespace fuzz {

/// Ends the program when a law is broken.
inline void require(bool holds, const char *law)
{
    if (!holds)
        qFatal("broken: %s", law);
}

/// Cuts bytes into what a target wants, from the front.
class Feed
{
public:
    explicit Feed(QByteArrayView bytes)
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
    // Up to the next byte 1, which no text needs.
    QString text()
    {
        const qsizetype end = m_bytes.indexOf('\1');
        const QByteArrayView part = end < 0 ? m_bytes : m_bytes.first(end);
        m_bytes = end < 0 ? QByteArrayView() : m_bytes.sliced(end + 1);
        return dockerfile::textFromBytes(part.toByteArray());
    }
    base::TextRange range(qsizetype size)
    {
        const qsizetype start = (byte() * 256 + byte()) % (size + 1);
        return {start, std::min<qsizetype>(byte() % 64, size - start)};
    }

private:
    QByteArrayView m_bytes;
};

}
