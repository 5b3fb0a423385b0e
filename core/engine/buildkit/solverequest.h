// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/solveplan.h"

namespace engine {

/// The plan as the serialized SolveRequest. Exporters are named in both forms: engines before 26 read the old
/// one, later ones the new one.
QByteArray solveRequest(const SolvePlan &plan, const QByteArray &ref, const QByteArray &session);

/// A request that builds nothing and waits until LLBBridge.Return ends it.
QByteArray questionRequest(const QByteArray &ref, const QByteArray &session);

/// The same, asking for an entitlement.
QByteArray entitledRequest(const QByteArray &ref, const QString &entitlement);

/// The serialized StatusRequest.
QByteArray statusRequest(const QByteArray &ref);

/// What the exporters answered; nothing when it cannot be read.
std::optional<QHash<QString, QString>> readSolveResponse(const QByteArray &message);

/// A name for a build or a session: 25 letters and digits, as buildx makes them.
QByteArray newReference();

}
