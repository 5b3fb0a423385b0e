// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/multiplexed.h"

#include <QtEndian>

namespace engine {

QByteArray demultiplexed(const QByteArray &log)
{
    constexpr qsizetype headSize = 8;
    QByteArray out;
    qsizetype at = 0;
    while (at < log.size()) {
        const bool isHead = log.size() - at >= headSize && log.at(at) >= 0 && log.at(at) <= 2 &&
                            log.at(at + 1) == 0 && log.at(at + 2) == 0 && log.at(at + 3) == 0;
        if (!isHead)
            return at == 0 ? log : out;
        const qsizetype length = qFromBigEndian<quint32>(log.constData() + at + 4);
        out += log.mid(at + headSize, length);
        at += headSize + length;
    }
    return out;
}

}
