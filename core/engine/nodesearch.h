// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "engine/nodechoice.h"

namespace engine {

/// The nodes of a builder, by the name that `docker buildx ls` shows, with what each builds for as far as it
/// is written down. None for "default" and docker contexts, whose BuildKit is the engine's own.
base::Result<std::vector<KnownNode>> nodesOf(const QString &builder);

/// The same, after each node that nothing is written of was asked; a builder of one node is not asked, since
/// all goes to it. One that does not answer stays among them, with the reason as its problem. Answers once,
/// unless `owner` dies first.
void askNodes(QObject *owner, const QString &builder, Client::Answer<std::vector<KnownNode>> answer);

}
