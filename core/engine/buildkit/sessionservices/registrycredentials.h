// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

class QObject;

namespace engine {

/// What to show a registry: nothing (anonymous), a name with a password, or an identity token.
struct RegistryCredentials
{
    QString username;      ///< empty with an identity token
    QString password;      ///< never in a log, a record or an error text
    QString identityToken; ///< the same

    [[nodiscard]] bool isAnonymous() const { return username.isEmpty() && identityToken.isEmpty(); }
    friend bool operator==(const RegistryCredentials &, const RegistryCredentials &) = default;
};

/// $DOCKER_CONFIG or ~/.docker.
QString dockerConfigFolder();

/// The registry that a reference names: "localhost:5000", "ghcr.io", "docker.io" without one.
QString registryOf(const QString &imageReference);

/// Looks a registry up in docker's config.json, read anew each time: credHelpers, credsStore (by
/// docker-credential-NAME, 10 s at most), auths. `done` is called exactly once, at once or later in this
/// thread, unless `context` died before. A registry that is not there is anonymous; an error is a config.json
/// that cannot be read or a helper that failed, hung or talked rubbish.
void findRegistryCredentials(const QString &configFolder, const QString &registry, QObject *context,
                             std::function<void(const base::Result<RegistryCredentials> &)> done);

/// The value of X-Registry-Auth of POST /images/create and /images/NAME/push ("{}" when anonymous: push wants
/// one).
QByteArray registryAuthHeader(const QString &registry, const RegistryCredentials &credentials);

}
