// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace lint {

/// The name of a variable that tells that its value is secret: API_KEY, DB_PASSWORD; not PUBLIC_KEY.
bool soundsSecret(const QString &name);

/// Stars in the place of who logs in by an address: "http://***@proxy:3128". Before the @ of a web address
/// all is secret (a token has no name beside it); of any other scheme only a name with a password is, so that
/// ssh://git@host and docker-image://alpine:3@sha256:... stay as they are.
QString withoutLogins(QString text);

}
