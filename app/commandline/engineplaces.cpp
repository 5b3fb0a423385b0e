// SPDX-License-Identifier: Apache-2.0
#include "commandline/engineplaces.h"

#include "engine/contextstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EnginePlaces", text);
}

engine::ContextStore contexts(const QProcessEnvironment &environment)
{
    const QString home = environment.value(u"HOME"_s, QDir::homePath());
    return engine::ContextStore(environment.value(u"DOCKER_CONFIG"_s, home + u"/.docker"_s));
}

void add(std::vector<EnginePlace> &places, EnginePlace place)
{
    const auto same = [&place](const EnginePlace &other) {
        return !place.address.isEmpty() && other.address == place.address;
    };
    if (std::ranges::none_of(places, same))
        places.push_back(std::move(place));
}

EnginePlace placeOf(const engine::Endpoint &endpoint, const QString &name)
{
    return {.name = name.isEmpty() ? endpoint.url : name,
            .origin = endpoint.origin,
            .address = endpoint.url,
            .endpoint = endpoint,
            .buildKit = {},
            .problem = {}};
}

void addBuilders(std::vector<EnginePlace> &places, const QProcessEnvironment &environment)
{
    const auto found = engine::findBuilders(environment);
    for (const auto &builder : found.builders) {
        for (const auto &node : builder.nodes) {
            // Nodes of one builder may share an address: they are parted by the name.
            const QString name = builder.nodes.size() > 1 ? builder.name + u'/' + node.name : builder.name;
            places.push_back({.name = name,
                              .origin = tr("builder (%1)").arg(builder.driver),
                              .address = node.endpoint,
                              .endpoint = {},
                              .buildKit = node.address,
                              .problem = node.problem});
        }
    }
    for (const auto &problem : found.problems)
        places.push_back({.name = problem.where,
                          .origin = tr("builder"),
                          .address = {},
                          .endpoint = {},
                          .buildKit = {},
                          .problem = problem.message});
}

}

std::vector<EnginePlace> enginePlaces(const QProcessEnvironment &environment)
{
    std::vector<EnginePlace> places;
    const auto candidates = engine::findEndpoints(environment);
    const auto store = contexts(environment);
    if (candidates.binding >= 0) {
        const auto &chosen = candidates.endpoints[std::size_t(candidates.binding)];
        add(places, placeOf(chosen, {}));
        places.back().isChosen = true;
    }
    for (const auto &problem : candidates.problems)
        places.push_back({.name = problem.where,
                          .origin = {},
                          .address = {},
                          .endpoint = {},
                          .buildKit = {},
                          .problem = problem.message,
                          .isChosen = true});
    for (const auto &name : store.names()) {
        const auto endpoint = store.endpoint(name);
        if (endpoint)
            add(places, placeOf(*endpoint, name));
        else
            places.push_back({.name = name,
                              .origin = tr("docker context"),
                              .address = {},
                              .endpoint = {},
                              .buildKit = {},
                              .problem = endpoint.error().message});
    }
    for (const auto &endpoint : candidates.endpoints) {
        if (endpoint.kind != engine::Endpoint::Kind::Unix || QFileInfo::exists(endpoint.path))
            add(places, placeOf(endpoint, {}));
    }
    addBuilders(places, environment);
    return places;
}

base::Result<std::optional<engine::BuildKitAddress>> builderCalled(const QString &name)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    QStringList names{u"default"_s};
    for (const auto &builder : engine::findBuilders(environment).builders) {
        names.append(builder.name);
        if (builder.name != name)
            continue;
        for (const auto &node : builder.nodes) {
            if (node.address)
                return node.address;
        }
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Unsupported,
                        .message = tr("the builder \"%1\" cannot be reached from here").arg(name),
                        .where = builder.nodes.empty() ? QString() : builder.nodes.front().endpoint,
                        .hint = builder.nodes.empty() ? QString() : builder.nodes.front().problem});
    }
    if (name == "default"_L1)
        return std::optional<engine::BuildKitAddress>();
    return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                       .message = tr("there is no builder \"%1\"").arg(name),
                                       .hint = tr("There are: %1.").arg(names.join(u", "_s))});
}

}
