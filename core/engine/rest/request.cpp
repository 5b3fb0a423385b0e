// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/request.h"

#include <QPointer>

#include "base/logging.h"
#include "engine/rest/failures.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QHash<QByteArray, QByteArray> headersOf(const QNetworkReply &reply)
{
    QHash<QByteArray, QByteArray> headers;
    for (const auto &[name, value] : reply.rawHeaderPairs())
        headers.insert(name.toLower(), value);
    return headers;
}

}

Request::Request(Transport *transport, RequestSpec spec, Answer answer)
    : QObject(transport)
    , m_transport(transport)
    , m_spec(std::move(spec))
    , m_answer(std::move(answer))
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &Request::handleSilence);
    if (m_spec.isStream) {
        send();
        return;
    }
    noteActivity(); // those before it may take their time
    m_transport->takeTurn(this, [this] { send(); });
}

Request::~Request()
{
    m_answer = nullptr;
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        delete m_reply;
    }
    m_transport->endTurn(this);
}

void Request::send()
{
    if (m_spec.isStream)
        m_manager.reset(Transport::newManager(nullptr));
    else
        m_manager = m_transport->shared();
    QNetworkRequest request = m_spec.request;
    if (!m_spec.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    qCDebug(logEngine) << m_spec.verb << request.url().path();
    if (m_spec.upload)
        m_reply = m_manager->sendCustomRequest(request, m_spec.verb, m_spec.upload);
    else if (m_spec.verb == "HEAD") // a custom HEAD would wait for the body that its answer announces
        m_reply = m_manager->head(request);
    else
        m_reply = m_manager->sendCustomRequest(request, m_spec.verb, m_spec.body);
    noteActivity();
    // A kept connection tells neither of these two.
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] {
        m_isConnecting = true;
        noteActivity();
    });
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_isConnecting = false;
        noteActivity();
    });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent) {
        m_isConnecting = m_isConnecting && sent == 0;
        noteActivity();
        if (m_spec.onUpload && sent > 0)
            m_spec.onUpload();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Request::handleHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Request::readParts);
    connect(m_reply, &QNetworkReply::finished, this, &Request::handleEnd);
}

void Request::noteActivity()
{
    if (const auto limit = currentLimit(); limit.count() > 0)
        m_silence.start(limit);
    else
        m_silence.stop();
}

std::chrono::milliseconds Request::currentLimit() const
{
    if (m_isConnecting)
        return m_spec.connectLimit;
    const bool isUploaded = m_spec.upload && m_spec.upload->bytesAvailable() == 0;
    return isUploaded ? m_spec.uploadedLimit : m_spec.silenceLimit;
}

void Request::handleHead()
{
    m_isConnecting = false;
    noteActivity();
    const int status = statusOf(*m_reply);
    if (m_spec.onHead && status >= 200 && status < 400)
        std::exchange(m_spec.onHead, nullptr)();
}

void Request::readParts()
{
    noteActivity();
    if (!m_spec.onData || statusOf(*m_reply) >= 400)
        return;
    const QByteArray part = m_reply->readAll();
    if (!part.isEmpty())
        m_spec.onData(part);
}

void Request::handleEnd()
{
    const int status = statusOf(*m_reply);
    const QPointer<Request> alive(this); // what gets the last part may end us
    readParts();
    if (!alive || !m_reply)
        return;
    const QByteArray body = m_reply->readAll();
    if (status >= 400)
        return settle(std::unexpected(answeredError(status, body)));
    if (m_reply->error() != QNetworkReply::NoError) {
        qCDebug(logEngine) << m_reply->error() << m_reply->errorString();
        if (status == 0 && !m_spec.isStream)
            m_transport->startAnew();
        return settle(std::unexpected(connectionError(m_transport->endpoint(), *m_reply)));
    }
    settle(Reply{.status = status, .body = body, .headers = headersOf(*m_reply)});
}

void Request::handleSilence()
{
    const auto limit = currentLimit();
    if (limit.count() == 0)
        return; // the upload has ended since the timer was set
    settle(std::unexpected(silenceError(m_transport->endpoint(), limit, m_isConnecting)));
}

void Request::settle(base::Result<Reply> result)
{
    m_silence.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    m_transport->endTurn(this);
    deleteLater();
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(std::move(result));
}

void Request::abort()
{
    m_answer = nullptr;
    m_spec.onData = nullptr;
    m_spec.onHead = nullptr;
    settle(std::unexpected(base::Error{}));
}

}
