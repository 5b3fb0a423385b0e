// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/engineinfo.h"
#include "engine/rest/request.h"

namespace engine {

/// What the three answers say together. Errors: /version is no JSON object with a version.
base::Result<EngineInfo> readEngineInfo(const Endpoint &endpoint, const Reply &ping,
                                        const QByteArray &version, const QByteArray &info);

/// The version to speak, from the heads of /_ping and the body of /version. Errors: neither names one.
base::Result<ApiVersion> readApiVersion(const Endpoint &endpoint, const Reply &ping,
                                        const QByteArray &version);

/// The platforms whose programs this machine's kernel runs by emulation: the enabled entries of binfmt_misc.
QStringList emulatedPlatforms(const QString &binfmtFolder = QStringLiteral("/proc/sys/fs/binfmt_misc"));

}
