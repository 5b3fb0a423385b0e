// SPDX-License-Identifier: Apache-2.0
#include "engine/engineplaces.h"

#include "engine/contextstore.h"
#include "engine/words.h"

#include <QDir>
#include <QFileInfo>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

ContextStore contexts(const QProcessEnvironment &environment)
{
    const QString home = environment.value(u"HOME"_s, QDir::homePath());
    return ContextStore(environment.value(u"DOCKER_CONFIG"_s, home + u"/.docker"_s));
}

// The same address twice is one place. A context's name says more than its address.
void add(std::vector<EnginePlace> &places, const EnginePlace &place, const QString &origin)
{
    const auto same = std::ranges::find(places, place.address, &EnginePlace::address);
    if (same == places.end()) {
        places.push_back(place);
        places.back().origin = origin;
    } else if (same->origin == place.origin) {
        std::tie(same->id, same->name) = std::tie(place.id, place.name);
    }
}

EnginePlace unreadable(const QString &id, const QString &name, const QString &origin, const QString &problem)
{
    EnginePlace place{.id = id, .name = name, .origin = origin, .address = {}};
    place.problem = problem;
    return place;
}

void addContexts(std::vector<EnginePlace> &places, const ContextStore &store)
{
    for (const auto &name : store.names()) {
        const QString id = u"context:"_s + name;
        const auto endpoint = store.endpoint(name);
        if (!endpoint) {
            places.push_back(unreadable(id, name, Words::tr("docker context"), endpoint.error().message));
            continue;
        }
        EnginePlace place = placeOf(*endpoint);
        place.id = id;
        place.name = name;
        add(places, place, Words::tr("docker context"));
    }
}

void addBuilders(std::vector<EnginePlace> &places, const QProcessEnvironment &environment)
{
    const auto found = findBuilders(environment);
    for (const auto &builder : found.builders) {
        for (const auto &node : builder.nodes) {
            // Nodes of one builder may share an address: they are parted by the name.
            EnginePlace place{.id = u"builder:%1/%2"_s.arg(builder.name, node.name),
                              .name = builder.name,
                              .origin = Words::tr("builder (%1)").arg(builder.driver),
                              .address = node.endpoint};
            if (builder.nodes.size() > 1)
                place.name += u'/' + node.name;
            place.buildKit = node.address;
            place.builder = builder.name;
            place.platforms = node.platforms;
            place.problem = node.problem;
            places.push_back(place);
        }
    }
    for (const auto &problem : found.problems)
        places.push_back(unreadable(problem.where, problem.where, Words::tr("builder"), problem.message));
}

}

EnginePlace placeOf(const Endpoint &endpoint)
{
    EnginePlace place{
        .id = endpoint.url, .name = endpoint.url, .origin = endpoint.origin, .address = endpoint.url};
    place.endpoint = endpoint;
    return place;
}

std::vector<EnginePlace> enginePlaces(const QProcessEnvironment &environment)
{
    std::vector<EnginePlace> places;
    const auto candidates = findEndpoints(environment);
    if (candidates.binding >= 0) {
        places.push_back(placeOf(candidates.endpoints[std::size_t(candidates.binding)]));
        places.back().isChosen = true;
    }
    for (const auto &problem : candidates.problems) {
        places.push_back(unreadable(problem.where, problem.where, {}, problem.message));
        places.back().isChosen = true;
    }
    addContexts(places, contexts(environment));
    for (const auto &endpoint : candidates.endpoints) {
        EnginePlace place = placeOf(endpoint);
        place.isAbsent = endpoint.kind == Endpoint::Kind::Unix && !QFileInfo::exists(endpoint.path);
        add(places, place, endpoint.origin);
    }
    addBuilders(places, environment);
    return places;
}

}
