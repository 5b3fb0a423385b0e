// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/solverequest.h"

#include "engine/buildkit/messages.h"

#include <control.pb.h>

#include <QRandomGenerator>

namespace engine {

namespace {

namespace wire = stageloom::control;

template <class Map>
void put(Map *map, const std::vector<std::pair<QString, QString>> &attributes)
{
    for (const auto &[key, value] : attributes)
        (*map)[key.toStdString()] = value.toStdString();
}

template <class Entry>
void fill(Entry *entry, const TypedAttributes &from)
{
    entry->set_type(from.type.toStdString());
    put(entry->mutable_attrs(), from.attributes);
}

}

QByteArray solveRequest(const SolvePlan &plan, const QByteArray &ref, const QByteArray &session)
{
    wire::SolveRequest request;
    request.set_ref(ref.toStdString());
    request.set_session(session.toStdString());
    request.set_frontend("dockerfile.v0");
    for (const auto &[key, value] : plan.attributes)
        (*request.mutable_frontend_attrs())[key.toStdString()] = value.toStdString();
    if (!plan.exporters.empty()) {
        request.set_exporter(plan.exporters.front().type.toStdString());
        put(request.mutable_exporter_attrs(), plan.exporters.front().attributes);
    }
    for (const TypedAttributes &exporter : plan.exporters)
        fill(request.add_exporters(), exporter);
    for (const TypedAttributes &entry : plan.cacheExports)
        fill(request.mutable_cache()->add_exports(), entry);
    for (const TypedAttributes &entry : plan.cacheImports)
        fill(request.mutable_cache()->add_imports(), entry);
    for (const QString &entitlement : plan.entitlements)
        request.add_entitlements(entitlement.toStdString());
    return serializedMessage(request);
}

QByteArray questionRequest(const QByteArray &ref, const QByteArray &session)
{
    wire::SolveRequest request;
    request.set_ref(ref.toStdString());
    request.set_session(session.toStdString());
    request.set_internal(true);
    return serializedMessage(request);
}

QByteArray entitledRequest(const QByteArray &ref, const QString &entitlement)
{
    wire::SolveRequest request;
    request.set_ref(ref.toStdString());
    request.set_internal(true);
    request.add_entitlements(entitlement.toStdString());
    return serializedMessage(request);
}

QByteArray statusRequest(const QByteArray &ref)
{
    wire::StatusRequest request;
    request.set_ref(ref.toStdString());
    return serializedMessage(request);
}

std::optional<QHash<QString, QString>> readSolveResponse(const QByteArray &message)
{
    wire::SolveResponse response;
    if (!readMessage(message, response))
        return std::nullopt;
    QHash<QString, QString> values;
    for (const auto &[key, value] : response.exporter_response())
        values.insert(text(key), text(value));
    return values;
}

QByteArray newReference()
{
    constexpr char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    QByteArray name;
    for (int i = 0; i < 25; ++i)
        name += letters[QRandomGenerator::system()->bounded(36)];
    return name;
}

}
