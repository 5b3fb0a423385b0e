// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/upgrade.h"

namespace engine {

namespace {

constexpr qsizetype largestAnswer = 64 * 1024;

}

QByteArray upgradeRequest(const QByteArray &path, const Metadata &headers)
{
    QByteArray request = "POST " + path +
                         " HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"
                         "Content-Length: 0\r\nUser-Agent: Stageloom/" STAGELOOM_VERSION "\r\n";
    for (const auto &[key, value] : headers)
        request += key + ": " + value + "\r\n";
    return request + "\r\n";
}

UpgradeAnswer takeUpgradeAnswer(QByteArray &bytes, QByteArray &words)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return bytes.size() > largestAnswer ? UpgradeAnswer::Refused : UpgradeAnswer::Incomplete;
    if (bytes.startsWith("HTTP/1.1 101")) {
        bytes.remove(0, end + 4);
        return UpgradeAnswer::Granted;
    }
    words = bytes.first(bytes.indexOf('\r'));
    return UpgradeAnswer::Refused;
}

}
