// SPDX-License-Identifier: Apache-2.0
#include "support/loopbackregistry.h"

#include "support/enginenetwork.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace enginenetwork;

namespace {

QByteArray digestOf(const QByteArray &bytes)
{
    return "sha256:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray reasonOf(int status)
{
    switch (status) {
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    default:
        return "OK";
    }
}

/// The chunks joined; nothing while some are missing. `bytes` keeps what follows them.
std::optional<QByteArray> takeChunks(QByteArray &bytes)
{
    QByteArray body;
    qsizetype at = 0;
    while (true) {
        const qsizetype lineEnd = bytes.indexOf("\r\n", at);
        if (lineEnd < 0)
            return {};
        const qsizetype size = bytes.mid(at, lineEnd - at).toLongLong(nullptr, 16);
        if (bytes.size() < lineEnd + 2 + size + 2)
            return {};
        body += bytes.mid(lineEnd + 2, size);
        at = lineEnd + 2 + size + 2;
        if (size == 0) {
            bytes.remove(0, at);
            return body;
        }
    }
}

}

LoopbackRegistry::LoopbackRegistry(const QString &engineSocket)
    : m_engineSocket(engineSocket)
{
    m_thread.start();
    auto inside = std::make_unique<QObject>();
    inside->moveToThread(&m_thread);
    QMetaObject::invokeMethod(inside.get(), [this] { listen(); }, Qt::BlockingQueuedConnection);
    inside.release()->deleteLater();
}

LoopbackRegistry::~LoopbackRegistry()
{
    if (!m_servers.empty())
        QMetaObject::invokeMethod(
            m_servers.front().get(), [this] { m_servers.clear(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

std::unique_ptr<QTcpServer> LoopbackRegistry::makeServer(quint16 port)
{
    auto server = std::make_unique<QTcpServer>();
    if (!server->listen(QHostAddress::LocalHost, port)) {
        m_problem = server->errorString();
        return {};
    }
    QObject::connect(server.get(), &QTcpServer::newConnection, server.get(), [this, at = server.get()] {
        while (QTcpSocket *socket = at->nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, at, [this, socket] {
                m_pending.remove(socket);
                socket->deleteLater();
            });
        }
    });
    return server;
}

// A socket stays in the network in which it was made.
void LoopbackRegistry::listen()
{
    auto here = makeServer(0);
    if (!here)
        return;
    const quint16 port = here->serverPort();
    m_host = u"127.0.0.1:"_s + QString::number(port);
    m_servers.push_back(std::move(here));
    if (m_engineSocket.isEmpty())
        return;
    const int engine = ownerOf(m_engineSocket);
    if (engine > 0 && isNetworkOf(engine))
        return;
    if (engine <= 0 || !enterNetworkOf(engine)) {
        m_problem = u"the network of the engine at %1 cannot be entered; it takes root"_s.arg(m_engineSocket);
        return;
    }
    if (auto there = makeServer(port))
        m_servers.push_back(std::move(there));
}

void LoopbackRegistry::wantTokens()
{
    const QMutexLocker lock(&m_mutex);
    m_wantsTokens = true;
}

void LoopbackRegistry::answer(const QByteArray &part, int status, const QByteArray &body)
{
    const QMutexLocker lock(&m_mutex);
    if (status == 0)
        m_scripted.remove(part);
    else
        m_scripted.insert(part, {status, body});
}

QStringList LoopbackRegistry::manifests() const
{
    const QMutexLocker lock(&m_mutex);
    QStringList names;
    for (auto it = m_manifests.keyBegin(); it != m_manifests.keyEnd(); ++it) {
        if (!it->contains('@'))
            names += QString::fromUtf8(*it);
    }
    return names;
}

QByteArray LoopbackRegistry::manifest(const QString &name) const
{
    const QMutexLocker lock(&m_mutex);
    return m_manifests.value(name.toUtf8()).second;
}

QList<QByteArray> LoopbackRegistry::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

void LoopbackRegistry::read(QTcpSocket *socket)
{
    QByteArray &pending = m_pending[socket];
    pending += socket->readAll();
    if (pending.startsWith('\x16')) { // TLS is tried first, and given up for this answer
        socket->write("HTTP/1.0 400 Bad Request\r\n\r\nthis is plain HTTP");
        return socket->disconnectFromHost();
    }
    while (const auto request = takeRequest(pending)) {
        const QMutexLocker lock(&m_mutex);
        m_requests += request->verb + ' ' + request->path;
        const Answer answer = answerTo(*request);
        socket->write("HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonOf(answer.status) +
                      "\r\nDocker-Distribution-Api-Version: registry/2.0\r\n" + answer.headers +
                      "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n");
        if (request->verb != "HEAD")
            socket->write(answer.body);
    }
}

std::optional<LoopbackRegistry::Request> LoopbackRegistry::takeRequest(QByteArray &pending)
{
    const qsizetype headEnd = pending.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return {};
    const QList<QByteArray> lines = pending.first(headEnd).split('\n');
    const QList<QByteArray> words = lines.front().trimmed().split(' ');
    const QList<QByteArray> target = words.value(1).split('?');
    Request request{.verb = words.front(), .path = target.front(), .query = target.value(1)};
    qsizetype length = 0;
    bool isChunked = false;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.first(std::max<qsizetype>(0, colon)).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (name == "content-length")
            length = value.toLongLong();
        else if (name == "transfer-encoding")
            isChunked = value == "chunked";
        else if (name == "content-type")
            request.type = value;
        else if (name == "authorization")
            request.authorization = value;
    }
    QByteArray rest = pending.sliced(headEnd + 4);
    if (isChunked) {
        auto body = takeChunks(rest);
        if (!body)
            return {};
        request.body = *std::move(body);
    } else {
        if (rest.size() < length)
            return {};
        request.body = rest.first(length);
        rest.remove(0, length);
    }
    pending = rest;
    return request;
}

std::optional<LoopbackRegistry::Answer> LoopbackRegistry::whyNotIn(const Request &request) const
{
    const QByteArray basic = "Basic " + QByteArray(QByteArray(user) + ':' + QByteArray(password)).toBase64();
    const bool isLoggedIn = request.authorization == basic;
    if (m_wantsTokens && request.path == "/token" && isLoggedIn)
        return Answer{.body = R"({"token":"planted-registry-token","expires_in":300})"};
    if (m_wantsTokens ? request.authorization == "Bearer planted-registry-token" : isLoggedIn)
        return {};
    const QByteArray challenge =
        m_wantsTokens && request.path != "/token"
            ? "Bearer realm=\"http://" + m_host.toUtf8() + "/token\",service=\"a test\""
            : QByteArray("Basic realm=\"a test\"");
    return Answer{.status = 401,
                  .body = R"({"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]})",
                  .headers = "WWW-Authenticate: " + challenge + "\r\n"};
}

LoopbackRegistry::Answer LoopbackRegistry::answerTo(const Request &request)
{
    for (const auto &[part, scripted] : m_scripted.asKeyValueRange()) {
        if (QByteArray(request.verb + ' ' + request.path).contains(part))
            return {.status = scripted.first, .body = scripted.second};
    }
    if (const auto refusal = whyNotIn(request))
        return *refusal;
    if (request.path == "/v2/")
        return {.body = "{}"};
    if (request.path.contains("/blobs/uploads"))
        return upload(request);
    if (const qsizetype at = request.path.indexOf("/blobs/"); at > 0)
        return blob(request, request.path.sliced(at + 7));
    if (request.path.contains("/manifests/"))
        return manifestAnswer(request);
    return {.status = 404};
}

LoopbackRegistry::Answer LoopbackRegistry::blob(const Request &request, const QByteArray &digest) const
{
    const auto found = m_blobs.find(digest);
    if (found == m_blobs.end() || (request.verb != "GET" && request.verb != "HEAD"))
        return {.status = 404};
    return {.body = *found,
            .headers = "Content-Type: application/octet-stream\r\nDocker-Content-Digest: " + digest + "\r\n"};
}

LoopbackRegistry::Answer LoopbackRegistry::upload(const Request &request)
{
    const QByteArray base = request.path.first(request.path.indexOf("/uploads") + 8);
    QByteArray id = request.path.mid(base.size() + 1);
    if (request.verb == "POST")
        id = QByteArray::number(m_requests.size());
    QByteArray &content = m_uploads[id];
    content += request.body;
    const QByteArray digest =
        QUrlQuery(QString::fromUtf8(request.query)).queryItemValue(u"digest"_s, QUrl::FullyDecoded).toUtf8();
    if (!digest.isEmpty()) {
        const QByteArray bytes = m_uploads.take(id);
        if (digestOf(bytes) != digest)
            return {.status = 400, .body = R"({"errors":[{"code":"DIGEST_INVALID"}]})"};
        m_blobs.insert(digest, bytes);
        return {.status = 201,
                .headers = "Location: " + base.chopped(8) + '/' + digest +
                           "\r\nDocker-Content-Digest: " + digest + "\r\n"};
    }
    return {.status = 202,
            .headers = "Location: http://" + m_host.toUtf8() + base + '/' + id + "\r\nRange: 0-" +
                       QByteArray::number(std::max<qsizetype>(1, content.size()) - 1) +
                       "\r\nDocker-Upload-UUID: " + id + "\r\n"};
}

LoopbackRegistry::Answer LoopbackRegistry::manifestAnswer(const Request &request)
{
    const qsizetype at = request.path.indexOf("/manifests/");
    const QByteArray name = request.path.first(at).sliced(4); // without "/v2/"
    const QByteArray reference = request.path.sliced(at + 11);
    const QByteArray key = name + (reference.contains(':') ? '@' : ':') + reference;
    if (request.verb == "PUT") {
        const QByteArray digest = digestOf(request.body);
        m_manifests.insert(key, {request.type, request.body});
        m_manifests.insert(name + '@' + digest, {request.type, request.body});
        return {.status = 201,
                .headers = "Location: " + request.path + "\r\nDocker-Content-Digest: " + digest + "\r\n"};
    }
    const auto found = m_manifests.find(key);
    if (found == m_manifests.end())
        return {.status = 404,
                .body = R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]})"};
    return {.body = found->second,
            .headers = "Content-Type: " + found->first +
                       "\r\nDocker-Content-Digest: " + digestOf(found->second) + "\r\n"};
}
