// SPDX-License-Identifier: Apache-2.0
#include "engine/contextstore.h"
#include "engine/words.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

}

QString ContextStore::currentContext() const
{
    return readObject(m_folder + u"/config.json")["currentContext"_L1].toString();
}

QStringList ContextStore::names() const
{
    QStringList names;
    const QDir meta(m_folder + u"/contexts/meta");
    const QStringList folders = meta.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &folder : folders) {
        const QString name = readObject(meta.filePath(folder + u"/meta.json"))["Name"_L1].toString();
        if (!name.isEmpty())
            names += name;
    }
    names.sort();
    return names;
}

base::Result<Endpoint> ContextStore::endpoint(const QString &contextName) const
{
    // The CLI names the folders by the hash of the name, so that any name will do.
    const QString hash = QString::fromLatin1(
        QCryptographicHash::hash(contextName.toUtf8(), QCryptographicHash::Sha256).toHex());
    const QString origin = Words::tr("docker context \"%1\"").arg(contextName);
    const QString metaFile = m_folder + u"/contexts/meta/" + hash + u"/meta.json";
    if (!QFileInfo::exists(metaFile)) {
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::NotFound,
                        .message = Words::tr("there is no docker context called \"%1\"").arg(contextName),
                        .where = m_folder,
                        .hint = Words::tr("\"docker context ls\" lists those that exist."),
                        .detail = {}});
    }
    const QJsonObject docker = readObject(metaFile)["Endpoints"_L1]["docker"_L1].toObject();
    auto endpoint = parseHost(docker["Host"_L1].toString(), origin);
    if (!endpoint)
        return std::unexpected(endpoint.error().in(Words::tr("reading %1").arg(origin)));
    endpoint->skipVerify = docker["SkipTLSVerify"_L1].toBool();
    const QString tls = m_folder + u"/contexts/tls/" + hash + u"/docker/";
    const auto existing = [&tls](const QString &name) {
        return QFileInfo::exists(tls + name) ? QString(tls + name) : QString();
    };
    endpoint->caFile = existing(u"ca.pem"_s);
    endpoint->certFile = existing(u"cert.pem"_s);
    endpoint->keyFile = existing(u"key.pem"_s);
    const bool hasTls = endpoint->skipVerify || !endpoint->caFile.isEmpty() || !endpoint->certFile.isEmpty();
    if (endpoint->kind == Endpoint::Kind::Tcp && hasTls)
        endpoint->kind = Endpoint::Kind::Tls;
    return endpoint;
}

}
