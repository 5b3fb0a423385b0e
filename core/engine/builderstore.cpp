// SPDX-License-Identifier: Apache-2.0
#include "engine/builderstore.h"

#include "engine/contextstore.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

QString dockerFolder(const QProcessEnvironment &environment)
{
    const QString config = environment.value(u"DOCKER_CONFIG"_s);
    return config.isEmpty() ? environment.value(u"HOME"_s, QDir::homePath()) + u"/.docker" : config;
}

QString buildxFolder(const QProcessEnvironment &environment)
{
    const QString config = environment.value(u"BUILDX_CONFIG"_s);
    return config.isEmpty() ? dockerFolder(environment) + u"/buildx" : config;
}

base::Result<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                           .message = file.errorString(),
                                           .where = path,
                                           .hint = {},
                                           .detail = {}});
    }
    QJsonParseError problem;
    const QJsonDocument json = QJsonDocument::fromJson(file.readAll(), &problem);
    if (!json.isObject()) {
        return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                           .message = Words::tr("this is no description of a builder"),
                                           .where = path,
                                           .hint = Words::tr("\"docker buildx rm NAME\" removes it."),
                                           .detail = problem.errorString()});
    }
    return json.object();
}

// A node of driver "remote": a buildkitd that listens.
void addressRemote(BuilderNode &node, const QJsonObject &options)
{
    auto endpoint = parseHost(node.endpoint, Words::tr("buildx builder"));
    if (!endpoint) {
        node.problem = endpoint.error().text();
        return;
    }
    endpoint->caFile = options["cacert"_L1].toString();
    endpoint->certFile = options["cert"_L1].toString();
    endpoint->keyFile = options["key"_L1].toString();
    if (endpoint->kind == Endpoint::Kind::Tcp &&
        !(endpoint->caFile.isEmpty() && endpoint->certFile.isEmpty()))
        endpoint->kind = Endpoint::Kind::Tls;
    node.address = BuildKitAddress{.kind = BuildKitAddress::Kind::Daemon,
                                   .endpoint = *endpoint,
                                   .container = {},
                                   .serverName = options["servername"_L1].toString()};
}

// A node of driver "docker-container": buildkitd in a container of an engine, which is named by a docker
// context or by its host.
void addressContainer(BuilderNode &node, const QProcessEnvironment &environment)
{
    base::Result<Endpoint> endpoint = Endpoint{};
    if (node.endpoint.contains("://"_L1)) {
        endpoint = parseHost(node.endpoint, Words::tr("buildx builder"));
    } else if (node.endpoint == "default"_L1 || node.endpoint.isEmpty()) {
        QProcessEnvironment plain = environment;
        plain.remove(u"DOCKER_CONTEXT"_s);
        endpoint = findEndpoints(plain).endpoints.front();
    } else {
        endpoint = ContextStore(dockerFolder(environment)).endpoint(node.endpoint);
    }
    if (!endpoint) {
        node.problem = endpoint.error().text();
        return;
    }
    node.address = BuildKitAddress{.kind = BuildKitAddress::Kind::Container,
                                   .endpoint = *endpoint,
                                   .container = u"buildx_buildkit_"_s + node.name,
                                   .serverName = {}};
}

BuilderNode readNode(const QJsonObject &json, const QString &driver, const QProcessEnvironment &environment)
{
    BuilderNode node;
    node.name = json["Name"_L1].toString();
    node.endpoint = json["Endpoint"_L1].toString();
    const QJsonArray platforms = json["Platforms"_L1].toArray();
    for (const QJsonValue &platform : platforms) {
        // {"architecture":"arm64","os":"linux"}, in older stores a word
        node.platforms += platform.isString()
                              ? platform.toString()
                              : platform["os"_L1].toString() + u'/' + platform["architecture"_L1].toString();
    }
    if (driver == "remote"_L1)
        addressRemote(node, json["DriverOpts"_L1].toObject());
    else if (driver == "docker-container"_L1)
        addressContainer(node, environment);
    else
        node.problem = Words::tr("builders of driver \"%1\" cannot be reached from Stageloom").arg(driver);
    return node;
}

Builder readBuilder(const QJsonObject &json, const QProcessEnvironment &environment)
{
    Builder builder{.name = json["Name"_L1].toString(), .driver = json["Driver"_L1].toString(), .nodes = {}};
    const QJsonArray nodes = json["Nodes"_L1].toArray();
    for (const QJsonValue &node : nodes)
        builder.nodes.push_back(readNode(node.toObject(), builder.driver, environment));
    return builder;
}

}

Builders findBuilders(const QProcessEnvironment &environment)
{
    Builders found;
    const QString folder = buildxFolder(environment);
    QString current = environment.value(u"BUILDX_BUILDER"_s);
    if (const auto chosen = readObject(folder + u"/current"); current.isEmpty() && chosen)
        current = (*chosen)["Name"_L1].toString();
    const QStringList names = QDir(folder + u"/instances").entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const auto json = readObject(folder + u"/instances/" + name);
        if (!json) {
            found.problems.push_back(json.error());
            continue;
        }
        found.builders.push_back(readBuilder(*json, environment));
        found.builders.back().isCurrent = found.builders.back().name == current;
    }
    return found;
}

}
