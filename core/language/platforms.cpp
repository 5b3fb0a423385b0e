// SPDX-License-Identifier: Apache-2.0
#include "language/platforms.h"

using namespace Qt::StringLiterals;

namespace language {

QStringList goPlatforms()
{
    // `go tool dist list`, of it what images are made for; arm with its GOARM as the variant.
    return {u"linux/amd64"_s,   u"linux/arm64"_s,    u"linux/arm/v7"_s,  u"linux/arm/v6"_s,
            u"linux/386"_s,     u"linux/riscv64"_s,  u"linux/ppc64le"_s, u"linux/s390x"_s,
            u"linux/loong64"_s, u"linux/mips64le"_s, u"windows/amd64"_s};
}

QStringList platformsToOffer(const QStringList &ofBuilder)
{
    QStringList offered;
    for (const QString &platform : ofBuilder)
        offered.append(platform == "linux/arm64/v8"_L1 ? u"linux/arm64"_s : platform);
    offered += goPlatforms();
    offered.removeDuplicates();
    return offered;
}

}
