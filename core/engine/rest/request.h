// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/rest/transport.h"

#include <QNetworkReply>
#include <QTimer>

#include <chrono>
#include <functional>

class QIODevice;

namespace engine {

/// What an engine answered with a status below 400.
struct Reply
{
    int status = 0;
    QByteArray body;                       ///< empty when the parts went to `onData`
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
};

/// What to ask, and how long to wait.
struct RequestSpec
{
    QByteArray verb = "GET";
    QNetworkRequest request;
    QByteArray body;
    QIODevice *upload =
        nullptr; ///< instead of body; its length is in the request's header. Must outlive the Request
    std::function<void()> onUpload = {}; ///< a part of it was sent
    /// The body goes here in parts instead of into the Reply.
    std::function<void(const QByteArray &)> onData = {};
    /// The head has come, with a status below 400.
    std::function<void()> onHead = {};
    std::chrono::milliseconds connectLimit{5000};
    std::chrono::milliseconds silenceLimit{30000};  ///< without a byte in either direction; 0: for ever
    std::chrono::milliseconds uploadedLimit{30000}; ///< the same after the upload has ended; 0: for ever
    bool isStream = false;                          ///< gets a connection of its own
};

/// One request and its answer. Deletes itself after the answer, which comes exactly once, unless the Request
/// is deleted or aborted first.
class Request : public QObject
{
public:
    using Answer = std::function<void(base::Result<Reply>)>;

    /// A child of `transport`. The request goes out at once, or when those before it leave room.
    Request(Transport *transport, RequestSpec spec, Answer answer);
    ~Request() override;

    /// Ends the connection; no answer will come.
    void abort();

private:
    void send();
    void noteActivity();
    [[nodiscard]] std::chrono::milliseconds currentLimit() const;
    void readParts();
    void handleHead();
    void handleEnd();
    void handleSilence();
    void settle(base::Result<Reply> result);

    Transport *m_transport;
    RequestSpec m_spec;
    Answer m_answer;
    std::shared_ptr<QNetworkAccessManager> m_manager;
    QNetworkReply *m_reply = nullptr; ///< belongs to it
    QTimer m_silence;
    bool m_isConnecting = false;
};

}
