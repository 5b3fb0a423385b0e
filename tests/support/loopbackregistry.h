// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QMutex>
#include <QStringList>
#include <QThread>

#include <memory>
#include <optional>
#include <vector>

class QTcpServer;
class QTcpSocket;

/// A small image registry with a password, on the loopback of this machine and at the same port of an
/// engine's own network, as tests/support/engine.sh gives each. Lives in a thread of its own; keeps what is
/// pushed in memory.
class LoopbackRegistry
{
public:
    /// `engineSocket` is that of the engine that will use it; none: this machine alone does. problem() tells
    /// why it does not listen: to enter another network takes root.
    explicit LoopbackRegistry(const QString &engineSocket = {});
    ~LoopbackRegistry();

    [[nodiscard]] QString problem() const { return m_problem; }
    /// "127.0.0.1:5000"
    [[nodiscard]] QString host() const { return m_host; }

    static constexpr const char *user = "somebody";
    static constexpr const char *password = "planted-registry-password";

    /// From now on a password gets one a token, as with Docker Hub, and only a token lets one in.
    void wantTokens();
    /// Answers so to every request from now on whose verb and path contain `part`; 0 ends it.
    void answer(const QByteArray &part, int status, const QByteArray &body = {});
    [[nodiscard]] QStringList manifests() const; ///< "name:tag"
    [[nodiscard]] QByteArray manifest(const QString &name) const;
    [[nodiscard]] QList<QByteArray> requests() const; ///< verb and path

private:
    struct Request
    {
        QByteArray verb, path, query, type, authorization, body;
    };
    struct Answer
    {
        int status = 200;
        QByteArray body = {};
        QByteArray headers = {};
    };

    void listen();
    [[nodiscard]] std::unique_ptr<QTcpServer> makeServer(quint16 port);
    void read(QTcpSocket *socket);
    [[nodiscard]] std::optional<Answer> whyNotIn(const Request &request) const;
    [[nodiscard]] Answer answerTo(const Request &request);
    [[nodiscard]] Answer blob(const Request &request, const QByteArray &digest) const;
    [[nodiscard]] Answer upload(const Request &request);
    [[nodiscard]] Answer manifestAnswer(const Request &request);
    static std::optional<Request> takeRequest(QByteArray &pending);

    QString m_engineSocket;
    QString m_problem;
    QString m_host;
    mutable QMutex m_mutex; ///< of what follows
    QList<QByteArray> m_requests;
    QHash<QByteArray, std::pair<int, QByteArray>> m_scripted;
    QHash<QByteArray, QByteArray> m_blobs; ///< by digest
    QHash<QByteArray, std::pair<QByteArray, QByteArray>>
        m_manifests; ///< "name:tag", "name@digest": type, bytes
    QHash<QByteArray, QByteArray> m_uploads;
    QHash<QTcpSocket *, QByteArray> m_pending;
    bool m_wantsTokens = false;
    std::vector<std::unique_ptr<QTcpServer>> m_servers; ///< live in the thread, one a network
    QThread m_thread;
};
