// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/apiversion.h"

namespace engine {

using namespace Qt::StringLiterals;

std::optional<ApiVersion> ApiVersion::parse(QStringView text)
{
    const qsizetype dot = text.indexOf(u'.');
    if (dot < 1)
        return std::nullopt;
    bool majorRead = false;
    bool minorRead = false;
    const ApiVersion version{text.first(dot).toInt(&majorRead), text.sliced(dot + 1).toInt(&minorRead)};
    if (!majorRead || !minorRead || version.major < 1 || version.minor < 0)
        return std::nullopt;
    return version;
}

QString ApiVersion::text() const
{
    return u"%1.%2"_s.arg(major).arg(minor);
}

ApiVersion negotiated(ApiVersion newest, std::optional<ApiVersion> minimum)
{
    const ApiVersion common = std::min(newest, newestKnownApi);
    return minimum ? std::max(common, *minimum) : common;
}

}
