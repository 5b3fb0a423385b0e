// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"
#include "commandline/command.h"
#include "commandline/enginetest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

using namespace Qt::StringLiterals;

namespace {

using engine::EnginePlace;

QString tr(const char *text)
{
    return QCoreApplication::translate("EngineCommand", text);
}

QByteArray listJson(const std::vector<EnginePlace> &places)
{
    QJsonArray all;
    for (const auto &place : places) {
        all.append(QJsonObject{{u"name"_s, place.name},
                               {u"kind"_s, place.endpoint ? u"engine"_s : u"builder"_s},
                               {u"address"_s, place.address},
                               {u"origin"_s, place.origin},
                               {u"chosen"_s, place.isChosen},
                               {u"problem"_s, place.problem}});
    }
    return QJsonDocument(all).toJson();
}

int list(const std::vector<EnginePlace> &places, bool isJson, const Console &console)
{
    if (isJson) {
        console.outBytes(listJson(places));
        return Done;
    }
    if (places.empty())
        return console.fail({.kind = base::Error::Kind::NotFound,
                             .message = tr("no engine is known"),
                             .hint = tr("Start docker or podman, or set DOCKER_HOST.")});
    for (const auto &place : places) {
        console.out(u"%1 %2\n"_s.arg(place.isChosen ? u"*"_s : u" "_s, place.name));
        const QString rest =
            place.name == place.address ? place.origin : place.origin + u", "_s + place.address;
        console.out(
            u"    %1\n"_s.arg(place.problem.isEmpty() ? rest : place.origin + u": "_s + place.problem));
    }
    return Done;
}

// Those that were named, or all of them.
base::Result<std::vector<EnginePlace>> wanted(const std::vector<EnginePlace> &places,
                                              const QStringList &names)
{
    if (names.isEmpty())
        return places;
    std::vector<EnginePlace> chosen;
    for (const auto &name : names) {
        const auto found = std::ranges::find_if(places, [&name](const EnginePlace &place) {
            return place.name == name || place.address == name;
        });
        if (found != places.end()) {
            chosen.push_back(*found);
            continue;
        }
        const auto endpoint = engine::parseHost(name, tr("the command line"));
        if (!endpoint)
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::NotFound,
                            .message = tr("no engine is called \"%1\"").arg(name),
                            .hint = tr("\"stageloom engine list\" names those that are known; an "
                                       "address such as tcp://host:2375 will do too.")});
        chosen.push_back(engine::placeOf(*endpoint));
    }
    return chosen;
}

}

int runEngine(const QStringList &arguments, const Console &console)
{
    constexpr int many = 100;
    Arguments options(u"engine"_s,
                      tr("Lists the engines and builders that are known, or asks what they can do."));
    options.positional(u"list|test"_s, tr("What to do."));
    options.positional(u"NAME"_s, tr("test: a name or an address of the list; all of them when left out."),
                       u"[NAME...]"_s);
    options.option({u"format"_s}, tr("How the result is printed."), u"text|json"_s, u"text"_s);
    if (const auto over = options.parse(arguments, console, 1, many))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"text"_s, u"json"_s}, console);
    if (!format)
        return WrongUsage;
    const QString verb = options.positionals().constFirst();
    const QStringList names = options.positionals().mid(1);
    const bool isKnown = verb == "test"_L1 || (verb == "list"_L1 && names.isEmpty());
    if (!isKnown)
        return console.fail(
            {.kind = base::Error::Kind::Malformed,
             .message =
                 tr("\"%1\" is nothing that can be done with engines").arg(options.positionals().join(u' ')),
             .hint = tr("Write \"stageloom engine list\" or \"stageloom engine test [NAME]\".")},
            WrongUsage);
    auto places = engine::enginePlaces();
    std::erase_if(places, [](const EnginePlace &place) { return place.isAbsent && !place.isChosen; });
    const bool isJson = *format == "json"_L1;
    if (verb == "list"_L1)
        return list(places, isJson, console);
    const auto chosen = wanted(places, names);
    if (!chosen)
        return console.fail(chosen.error());
    return testEngines(*chosen, isJson, console);
}

}
