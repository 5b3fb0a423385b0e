// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// The network of an engine that tests/support/engine.sh started is one of its own; a thread can enter it,
/// which takes root. Sockets stay in the network in which they were made.
namespace enginenetwork {

/// The process that listens on a unix socket; not above 0: none.
int ownerOf(const QString &socket);
/// This thread is in it already.
bool isNetworkOf(int process);
/// This thread is in it from now on.
bool enterNetworkOf(int process);

}
