// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/registry/registryname.h"

#include <QNetworkRequest>
#include <QObject>

#include <functional>

class QNetworkAccessManager;
class QNetworkReply;

namespace engine {

/// Manifests of one repository of a registry, over its own protocol (distribution, version 2), with the
/// credentials of docker's config.json: Basic, or the token that the registry sends one to fetch. Deleting it
/// ends what runs without an answer.
class RegistryClient : public QObject
{
public:
    template <class T>
    using Answer = std::function<void(base::Result<T>)>;

    struct Manifest
    {
        QByteArray bytes;
        QString mediaType;
    };

    /// `isInsecure`: a person said that this registry speaks plain HTTP, or shows a certificate of its own
    /// making. TLS is tried first then, so that no login is offered in the clear where it need not be; on
    /// this machine plain HTTP is.
    RegistryClient(const RegistryName &name, bool isInsecure, const QString &configFolder,
                   QObject *parent = nullptr);
    ~RegistryClient() override;

    /// `reference`: a tag or a digest.
    void get(const QString &reference, Answer<Manifest> answer);
    void put(const QString &reference, const Manifest &manifest, Answer<void> answer);

private:
    struct Call
    {
        QByteArray verb;
        QString reference;
        Manifest manifest; ///< to put
        Answer<Manifest> answer;
        int tries = 0;
        bool isSecondScheme = false; ///< the first was not spoken there
        bool hasAuthorized = false;
    };
    using CallPtr = std::shared_ptr<Call>;

    void begin(const CallPtr &call);
    void send(const CallPtr &call);
    void handleEnd(const CallPtr &call, QNetworkReply *reply);
    bool takeOtherScheme(const CallPtr &call, bool isRefused);
    bool tryAgain(const CallPtr &call, int status);
    void authorize(const CallPtr &call, const QByteArray &challenge, const QString &words);
    void fetchToken(const CallPtr &call, const QHash<QString, QString> &parts, const QString &words);
    [[nodiscard]] QNetworkRequest request(const QUrl &url) const;
    [[nodiscard]] base::Error refusal(int status, const QString &words) const;

    RegistryName m_name;
    bool m_isInsecure;
    QString m_configFolder;
    QString m_scheme;
    QString m_otherScheme; ///< to be tried where m_scheme is not spoken; empty: it is, or has to be
    std::optional<RegistryCredentials> m_credentials;
    QByteArray m_authorization;
    QNetworkAccessManager *m_manager;
};

}
