// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/endpoint.h"
#include "engine/rest/apiversion.h"

#include <QNetworkRequest>
#include <QObject>

#include <deque>
#include <functional>
#include <utility>

class QNetworkAccessManager;

namespace engine {

class Remote;
class SshProxy;

using Query = std::vector<std::pair<QString, QString>>;

/// How the paths of the API become network requests to one endpoint. The manager's connections serve the
/// small requests; a stream gets a manager of its own, since one manager keeps at most six connections to a
/// host, and an upload and a pull must not make the image list wait.
///
/// It also holds what leads to the engine's BuildKit, since that is as long-lived and shared as it is itself.
class Transport : public QObject
{
public:
    explicit Transport(Endpoint endpoint, QObject *parent = nullptr);
    ~Transport() override;

    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }
    /// Prefixed to every path from now on.
    void setVersion(ApiVersion version) { m_version = version; }

    /// `path` without the version: "/images/json". Names in it must be quoted by inPath().
    [[nodiscard]] QNetworkRequest request(const QByteArray &path, const Query &query = {}) const;
    [[nodiscard]] QNetworkRequest unversioned(const QByteArray &path) const;
    /// To be held until the reply is gone.
    [[nodiscard]] std::shared_ptr<QNetworkAccessManager> shared() const { return m_shared; }
    /// Calls `send` when it is the turn of `who` to use the shared manager: at once, mostly. endTurn() must
    /// follow, before `who` dies.
    void takeTurn(const QObject *who, std::function<void()> send);
    void endTurn(const QObject *who);
    /// No connection could be made: whoever asks next does it by a fresh manager.
    void startAnew();
    [[nodiscard]] static QNetworkAccessManager *newManager(QObject *parent);
    /// The engine's own BuildKit; nothing is opened before it is asked.
    [[nodiscard]] std::shared_ptr<Remote> buildKit();

private:
    Endpoint m_endpoint;
    std::optional<ApiVersion> m_version;
    std::shared_ptr<QNetworkAccessManager> m_shared;
    std::vector<const QObject *> m_inside; ///< whose turn it is
    std::deque<std::pair<const QObject *, std::function<void()>>> m_waiting;
    std::unique_ptr<SshProxy> m_proxy; ///< Ssh only
    std::shared_ptr<Remote> m_buildKit;
};

/// A name as part of a path: "a/b:tag" stays, "?" and "%" do not.
QByteArray inPath(const QString &name);

}
