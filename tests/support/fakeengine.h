// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QLocalServer>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>

/// What the fake engine does with a request.
struct FakeAnswer
{
    enum class End {
        Complete, ///< as HTTP has it
        Die,      ///< closes the connection after what it has sent
        Hang      ///< keeps the connection and is silent
    };

    int status = 200;
    QByteArray body;
    End end = End::Complete;
    QByteArray headers = {};    ///< further ones, each with its line end
    QByteArray raw = {};        ///< sent instead of an HTTP answer
    bool isChunked = false;     ///< as streams are: an end by Die is then in the middle
    bool beforeTheBody = false; ///< does not wait for the request's body
    bool inSingleBytes = false; ///< each byte of the body in a write of its own
};

/// A scripted engine on a socket of its own. It plays the faults that a real daemon cannot be asked for, and
/// answers like an Engine 26.1 to what it has no script for. Lives in the thread of the test.
class FakeEngine : public QObject
{
    Q_OBJECT

public:
    FakeEngine();
    ~FakeEngine() override;

    /// `request` is the verb and the path without version and query: "GET /images/json".
    void answer(const QByteArray &request, const FakeAnswer &answer) { m_answers.insert(request, answer); }
    /// Whoever takes the connections of POST /grpc from now on; the request is read, nothing is answered.
    void handOver(std::function<void(QLocalSocket *)> take) { m_take = std::move(take); }
    /// As if the process had died: closes all and listens no more.
    void kill();
    void listen();

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("engine.sock")); }
    [[nodiscard]] QString url() const { return QStringLiteral("unix://") + path(); }
    /// What was asked so far, with version and query: "GET /v1.45/images/json?all=1".
    [[nodiscard]] const QList<QByteArray> &requests() const { return m_requests; }
    [[nodiscard]] bool wasAsked(const QByteArray &part) const;

private:
    void serve(QLocalSocket *socket);
    void send(QLocalSocket *socket, const FakeAnswer &answer, bool isHead);

    QTemporaryDir m_folder;
    QHash<QByteArray, FakeAnswer> m_answers;
    QList<QByteArray> m_requests;
    QHash<QLocalSocket *, QByteArray> m_pending;
    QLocalServer m_server;
    std::function<void(QLocalSocket *)> m_take;
};
