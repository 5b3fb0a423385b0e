// SPDX-License-Identifier: Apache-2.0
#include "engine/endpoint.h"

#include "engine/contextstore.h"
#include "engine/words.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <unistd.h>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

std::unexpected<base::Error> cannotRead(const QString &host, const QString &message, const QString &hint,
                                        base::Error::Kind kind = base::Error::Kind::Malformed)
{
    return std::unexpected(
        base::Error{.kind = kind, .message = message, .where = host, .hint = hint, .detail = {}});
}

base::Result<Endpoint> parseUnix(const QString &host, Endpoint endpoint)
{
    endpoint.kind = Endpoint::Kind::Unix;
    endpoint.path = host.mid("unix://"_L1.size());
    if (!endpoint.path.startsWith(u'/')) {
        return cannotRead(host, Words::tr("the path of the socket must be absolute"),
                          Words::tr("Write it as unix:///var/run/docker.sock."));
    }
    return endpoint;
}

base::Result<Endpoint> parseTcp(const QString &host, Endpoint endpoint)
{
    const QUrl url(host);
    endpoint.kind = Endpoint::Kind::Tcp;
    endpoint.host = url.host();
    endpoint.port = url.port();
    if (endpoint.host.isEmpty())
        return cannotRead(host, Words::tr("names no host"), Words::tr("Write it as tcp://host:2375."));
    if (endpoint.port <= 0) {
        return cannotRead(host, Words::tr("names no port"),
                          Words::tr("Write it as tcp://host:2375, or tcp://host:2376 with TLS."));
    }
    return endpoint;
}

base::Result<Endpoint> parseSsh(const QString &host, Endpoint endpoint)
{
    const QUrl url(host);
    endpoint.kind = Endpoint::Kind::Ssh;
    endpoint.host = url.host();
    endpoint.user = url.userName();
    endpoint.port = std::max(0, url.port());
    endpoint.path = url.path() == "/"_L1 ? QString() : url.path();
    // A name that begins like an option would be one to ssh.
    const bool isOption = endpoint.host.startsWith(u'-') || endpoint.user.startsWith(u'-');
    if (endpoint.host.isEmpty() || isOption)
        return cannotRead(host, Words::tr("names no host"), Words::tr("Write it as ssh://user@host."));
    if (!url.password().isEmpty()) {
        return cannotRead(url.toString(QUrl::RemovePassword),
                          Words::tr("a password in the address would be seen by everybody"),
                          Words::tr("Use a key with the ssh agent."));
    }
    return endpoint;
}

/// The TLS files that DOCKER_CERT_PATH or ~/.docker hold; those that are not there stay empty.
void useTls(Endpoint &endpoint, const QString &folder, bool verify)
{
    endpoint.kind = Endpoint::Kind::Tls;
    endpoint.skipVerify = !verify;
    const auto existing = [&folder](const QString &name) {
        const QString path = folder + u'/' + name;
        return QFileInfo::exists(path) ? path : QString();
    };
    endpoint.caFile = existing(u"ca.pem"_s);
    endpoint.certFile = existing(u"cert.pem"_s);
    endpoint.keyFile = existing(u"key.pem"_s);
}

base::Result<Endpoint> fromDockerHost(const QProcessEnvironment &environment, const QString &configFolder)
{
    auto endpoint = parseHost(environment.value(u"DOCKER_HOST"_s), u"DOCKER_HOST"_s);
    const bool verify = !environment.value(u"DOCKER_TLS_VERIFY"_s).isEmpty();
    const bool tls = verify || !environment.value(u"DOCKER_TLS"_s).isEmpty();
    if (endpoint && endpoint->kind == Endpoint::Kind::Tcp && tls) {
        const QString folder = environment.value(u"DOCKER_CERT_PATH"_s);
        useTls(*endpoint, folder.isEmpty() ? configFolder : folder, verify);
    }
    return endpoint;
}

/// What a person chose, if anything: DOCKER_HOST, DOCKER_CONTEXT, or currentContext, in this order.
std::optional<base::Result<Endpoint>> chosenEndpoint(const QProcessEnvironment &environment,
                                                     const QString &configFolder)
{
    if (!environment.value(u"DOCKER_HOST"_s).isEmpty())
        return fromDockerHost(environment, configFolder);
    const ContextStore store(configFolder);
    QString name = environment.value(u"DOCKER_CONTEXT"_s);
    if (name.isEmpty())
        name = store.currentContext();
    if (name.isEmpty() || name == "default"_L1) // "default" is never stored: it means the socket below
        return std::nullopt;
    return store.endpoint(name);
}

Endpoint unixEndpoint(const QString &path, const QString &origin)
{
    return {.kind = Endpoint::Kind::Unix,
            .url = u"unix://"_s + path,
            .path = path,
            .host = {},
            .port = 0,
            .caFile = {},
            .certFile = {},
            .keyFile = {},
            .skipVerify = false,
            .origin = origin};
}

std::vector<Endpoint> usualEndpoints(const QProcessEnvironment &environment)
{
    const QString home = environment.value(u"HOME"_s, QDir::homePath());
    const QString runtime = environment.value(u"XDG_RUNTIME_DIR"_s, u"/run/user/%1"_s.arg(::getuid()));
    return {
        unixEndpoint(u"/var/run/docker.sock"_s, Words::tr("the system's Docker socket")),
        unixEndpoint(runtime + u"/docker.sock", Words::tr("this user's rootless Docker socket")),
        unixEndpoint(home + u"/.docker/desktop/docker.sock", Words::tr("Docker Desktop's socket")),
        unixEndpoint(runtime + u"/podman/podman.sock", Words::tr("this user's Podman socket")),
        unixEndpoint(u"/run/podman/podman.sock"_s, Words::tr("the system's Podman socket")),
        unixEndpoint(ownEngineSocket(environment), Words::tr("the engine that run.sh started")),
    };
}

}

base::Result<Endpoint> parseHost(const QString &host, const QString &origin)
{
    const QString trimmed = host.trimmed();
    Endpoint endpoint;
    endpoint.url = trimmed;
    endpoint.origin = origin;
    if (trimmed.startsWith("unix://"_L1))
        return parseUnix(trimmed, endpoint);
    if (trimmed.startsWith("tcp://"_L1) || trimmed.startsWith("http://"_L1))
        return parseTcp(trimmed, endpoint);
    if (trimmed.startsWith("https://"_L1)) {
        auto parsed = parseTcp(trimmed, endpoint);
        if (parsed)
            parsed->kind = Endpoint::Kind::Tls;
        return parsed;
    }
    if (trimmed.startsWith("ssh://"_L1))
        return parseSsh(trimmed, endpoint);
    if (trimmed.startsWith("npipe://"_L1) || trimmed.startsWith("fd://"_L1)) {
        return cannotRead(trimmed, Words::tr("this kind of address does not exist on this system"),
                          Words::tr("Use unix:///path or tcp://host:port."), base::Error::Kind::Unsupported);
    }
    return cannotRead(trimmed, Words::tr("this is no address of an engine"),
                      Words::tr("Use unix:///path, tcp://host:port or ssh://user@host."));
}

Candidates findEndpoints(const QProcessEnvironment &environment)
{
    Candidates found;
    const QString home = environment.value(u"HOME"_s, QDir::homePath());
    QString configFolder = environment.value(u"DOCKER_CONFIG"_s);
    if (configFolder.isEmpty())
        configFolder = home + u"/.docker";
    if (const auto chosen = chosenEndpoint(environment, configFolder)) {
        if (*chosen) {
            found.binding = 0;
            found.endpoints.push_back(**chosen);
        } else {
            found.problems.push_back(chosen->error());
        }
    }
    for (const Endpoint &usual : usualEndpoints(environment)) {
        const auto same = [&usual](const Endpoint &other) { return other.url == usual.url; };
        if (std::ranges::none_of(found.endpoints, same))
            found.endpoints.push_back(usual);
    }
    return found;
}

QString ownEngineSocket()
{
    return ownEngineSocket(QProcessEnvironment::systemEnvironment());
}

QString ownEngineSocket(const QProcessEnvironment &environment)
{
    const QString home = environment.value(u"HOME"_s, QDir::homePath());
    QString data = environment.value(u"XDG_DATA_HOME"_s);
    if (data.isEmpty())
        data = home + u"/.local/share";
    return data + u"/stageloom/engine/docker.sock";
}

}
