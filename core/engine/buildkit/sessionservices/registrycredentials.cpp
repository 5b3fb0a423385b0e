// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/registrycredentials.h"

#include "engine/buildkit/sessionservices/credentialhelper.h"
#include "engine/words.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

// The key of Docker Hub in config.json, whatever the host that is asked for its images.
constexpr auto hubKey = "https://index.docker.io/v1/"_L1;

bool isHub(QStringView registry)
{
    return registry == u"docker.io" || registry == u"index.docker.io" || registry == u"registry-1.docker.io";
}

QString keyOf(const QString &registry)
{
    return isHub(registry) ? QString(hubKey) : registry;
}

/// Keys of config.json may be URLs.
QStringView hostOfKey(QStringView key)
{
    if (const qsizetype scheme = key.indexOf(u"://"); scheme >= 0)
        key = key.sliced(scheme + 3);
    const qsizetype slash = key.indexOf(u'/');
    return slash < 0 ? key : key.first(slash);
}

Result<QJsonObject> parsed(const QByteArray &bytes, const QString &place)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (document.isObject())
        return document.object();
    return std::unexpected(Error{.kind = Error::Kind::Malformed,
                                 .message = Words::tr("docker's settings cannot be understood"),
                                 .where = place,
                                 .hint = Words::tr("Mend the file, or log in again with docker login.")});
}

Result<QJsonObject> readConfig(const QString &folder)
{
    QFile file(folder + u"/config.json");
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.kind = Error::Kind::Refused,
                                     .message = Words::tr("docker's settings cannot be read"),
                                     .where = file.fileName(),
                                     .hint = Words::tr("Give yourself the right to read it: chmod u+r.")});
    constexpr qint64 most = 4 * 1024 * 1024;
    return parsed(file.read(most), file.fileName());
}

RegistryCredentials credentialsOf(const QJsonObject &entry)
{
    RegistryCredentials credentials{.username = entry[u"username"].toString(),
                                    .password = entry[u"password"].toString(),
                                    .identityToken = entry[u"identitytoken"].toString()};
    const QByteArray auth = QByteArray::fromBase64(entry[u"auth"].toString().toLatin1());
    if (const qsizetype colon = auth.indexOf(':'); colon > 0) {
        QByteArray password = auth.sliced(colon + 1);
        while (password.endsWith('\0')) // old clients padded it
            password.chop(1);
        credentials.username = QString::fromUtf8(auth.first(colon));
        credentials.password = QString::fromUtf8(password);
    }
    if (!credentials.identityToken.isEmpty())
        credentials.username = credentials.password = QString();
    return credentials;
}

RegistryCredentials foundIn(const QJsonObject &config, const QString &registry)
{
    const QJsonObject auths = config[u"auths"].toObject();
    if (const auto exact = auths.find(keyOf(registry)); exact != auths.end())
        return credentialsOf(exact->toObject());
    for (auto entry = auths.begin(); entry != auths.end(); ++entry) {
        const QString key = entry.key();
        const QStringView host = hostOfKey(key);
        if (host == registry || (isHub(host) && isHub(registry)))
            return credentialsOf(entry->toObject());
    }
    return {};
}

}

QString dockerConfigFolder()
{
    const QString named = qEnvironmentVariable("DOCKER_CONFIG");
    return named.isEmpty() ? QString(QDir::homePath() + u"/.docker") : named;
}

QString registryOf(const QString &imageReference)
{
    const qsizetype slash = imageReference.indexOf(u'/');
    const QString first = imageReference.first(std::max<qsizetype>(0, slash));
    const bool isHost = first.contains(u'.') || first.contains(u':') || first == u"localhost";
    return isHost ? first : u"docker.io"_s;
}

void findRegistryCredentials(const QString &configFolder, const QString &registry, QObject *context,
                             std::function<void(const Result<RegistryCredentials> &)> done)
{
    // For CI: a config.json in a variable, which is asked first.
    if (const QByteArray given = qgetenv("DOCKER_AUTH_CONFIG"); !given.isEmpty()) {
        const auto config = parsed(given, u"DOCKER_AUTH_CONFIG"_s);
        const RegistryCredentials found = config ? foundIn(*config, registry) : RegistryCredentials();
        if (!found.isAnonymous())
            return done(found);
    }
    const auto config = readConfig(configFolder);
    if (!config)
        return done(std::unexpected(config.error()));
    const QString key = keyOf(registry);
    QString helper = (*config)[u"credHelpers"].toObject()[key].toString();
    if (helper.isEmpty() && isHub(registry))
        helper = (*config)[u"credHelpers"].toObject()[u"docker.io"].toString();
    if (helper.isEmpty())
        helper = (*config)[u"credsStore"].toString();
    if (helper.isEmpty())
        return done(foundIn(*config, registry));
    askCredentialHelper(helper, key, context, std::move(done));
}

QByteArray registryAuthHeader(const QString &registry, const RegistryCredentials &credentials)
{
    QJsonObject auth;
    if (!credentials.identityToken.isEmpty()) {
        auth[u"identitytoken"] = credentials.identityToken;
    } else if (!credentials.username.isEmpty()) {
        auth[u"username"] = credentials.username;
        auth[u"password"] = credentials.password;
    }
    if (!auth.isEmpty())
        auth[u"serveraddress"] = keyOf(registry);
    return QJsonDocument(auth).toJson(QJsonDocument::Compact).toBase64(QByteArray::Base64UrlEncoding);
}

}
