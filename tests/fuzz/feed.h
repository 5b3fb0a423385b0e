// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "cutter.h"
#include "dockerfile/textfile.h"

#include <QtGlobal>

namespace fuzz {

/// Ends the program when a law is broken.
inline void require(bool holds, const char *law)
{
    if (!holds)
        qFatal("broken: %s", law);
}

/// A Cutter for targets that want text, and places in it.
class Feed : public Cutter
{
public:
    using Cutter::Cutter;

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
};

}
