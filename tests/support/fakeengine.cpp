// SPDX-License-Identifier: Apache-2.0
#include "support/fakeengine.h"

#include <QLocalSocket>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

FakeEngine::FakeEngine()
{
    answer("HEAD /_ping", {.headers = "Api-Version: 1.45\r\nOstype: linux\r\n"});
    answer("GET /version",
           {.body = R"({"Version":"26.1.5","ApiVersion":"1.45","MinAPIVersion":"1.24","Arch":"amd64"})"});
    answer("GET /info", {.body = R"({"Driver":"overlay2","OSType":"linux","Architecture":"x86_64"})"});
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { serve(socket); });
            connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
                m_pending.remove(socket);
                socket->deleteLater();
            });
        }
    });
    listen();
}

// The sockets die with the server, and must tell nobody any more.
FakeEngine::~FakeEngine()
{
    kill();
}

void FakeEngine::listen()
{
    QLocalServer::removeServer(path());
    if (!m_server.listen(path()))
        qFatal("no socket for the fake engine");
}

void FakeEngine::kill()
{
    m_server.close();
    const auto sockets = m_server.findChildren<QLocalSocket *>();
    for (QLocalSocket *socket : sockets)
        socket->abort();
}

bool FakeEngine::wasAsked(const QByteArray &part) const
{
    return std::ranges::any_of(m_requests,
                               [&part](const QByteArray &request) { return request.contains(part); });
}

void FakeEngine::serve(QLocalSocket *socket)
{
    QByteArray &pending = m_pending[socket];
    pending += socket->readAll();
    const qsizetype headEnd = pending.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const QByteArray head = pending.first(headEnd);
    if (head.startsWith("PRI ")) // HTTP/2 without an upgrade: engines up to 29.1 hang up
        return socket->disconnectFromServer();
    static const QRegularExpression lengthLine(u"^content-length: *(\\d+)"_s,
                                               QRegularExpression::CaseInsensitiveOption |
                                                   QRegularExpression::MultilineOption);
    const qsizetype length = lengthLine.match(QString::fromLatin1(head)).captured(1).toLongLong();
    if (head.startsWith("POST /grpc ") && m_take) {
        m_pending.remove(socket);
        disconnect(socket, &QLocalSocket::readyRead, nullptr, nullptr);
        return m_take(socket);
    }
    const QList<QByteArray> words = head.first(head.indexOf("\r\n")).split(' ');
    QByteArray path = words.value(1).split('?').front();
    if (path.startsWith("/v1."))
        path = path.sliced(path.indexOf('/', 1));
    const FakeAnswer answer = m_answers.value(QByteArray(words.front() + ' ' + path),
                                              {.status = 404, .body = R"({"message":"page not found"})"});
    if (!answer.beforeTheBody && pending.size() < headEnd + 4 + length)
        return;
    m_requests += QByteArray(words.front() + ' ' + words.value(1));
    pending.remove(0, headEnd + 4 + length);
    send(socket, answer, words.front() == "HEAD");
}

void FakeEngine::send(QLocalSocket *socket, const FakeAnswer &answer, bool isHead)
{
    const bool isEnded = answer.end == FakeAnswer::End::Complete;
    if (!answer.raw.isEmpty()) {
        socket->write(answer.raw);
    } else if (isEnded || !answer.body.isEmpty()) {
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Said\r\n" + answer.headers;
        if (answer.isChunked)
            head += "Transfer-Encoding: chunked\r\n";
        else // a promise that an early end breaks
            head +=
                "Content-Length: " + QByteArray::number(answer.body.size() + (isEnded ? 0 : 100)) + "\r\n";
        socket->write(head + "\r\n");
        const qsizetype piece = answer.inSingleBytes ? 1 : std::max(qsizetype(1), answer.body.size());
        for (qsizetype at = 0; at < answer.body.size() && !isHead; at += piece) {
            const QByteArray part = answer.body.mid(at, piece);
            socket->write(answer.isChunked
                              ? QByteArray(QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n")
                              : part);
            socket->flush();
        }
        if (answer.isChunked && isEnded)
            socket->write("0\r\n\r\n");
    }
    socket->flush();
    if (answer.end == FakeAnswer::End::Die)
        socket->disconnectFromServer();
}
