// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/endpoint.h"

#include <QSslConfiguration>

namespace engine {

/// The certificates and the protocol that an endpoint wants; `protocols` are offered by ALPN, in this order.
QSslConfiguration tlsConfiguration(const Endpoint &endpoint, const QList<QByteArray> &protocols);

}
