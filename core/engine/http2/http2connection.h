// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"

#include <QByteArray>
#include <QByteArrayView>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace engine {

class Http2Stream;

/// One end of an HTTP/2 connection as a pure state machine: what came goes into feed(), what is to be sent
/// comes out of take(). It has no descriptor, no thread and no clock, so that a socket, a process, and a
/// stream inside another connection are the same to it, and a test can cut the bytes anywhere. Nothing that
/// the other side sends can make it fail otherwise than by `failed`.
class Http2Connection
{
public:
    enum class Role : quint8 { Client, Server };

    explicit Http2Connection(Role role);
    virtual ~Http2Connection(); ///< close()s

    Http2Connection(const Http2Connection &) = delete;
    Http2Connection &operator=(const Http2Connection &) = delete;

    void feed(QByteArrayView bytes);
    /// What to send now, about `most` bytes; empty: nothing. What is not taken stays small: bodies wait in
    /// their streams.
    QByteArray take(qsizetype most);
    [[nodiscard]] bool hasOutput() const;
    /// New calls may be made: no GOAWAY came, and nothing failed.
    [[nodiscard]] bool isUsable() const;
    [[nodiscard]] bool hasStreams() const;
    /// The bytes' way is gone: every stream ends as lost. `failed` is not told.
    void close();

    /// hasOutput() may have become true, outside of feed().
    std::function<void()> outputReady;
    /// The other side broke the rules, or said good-bye: told once, when nothing more is to be sent. The
    /// owner closes the bytes' way.
    std::function<void()> failed;

protected:
    /// Begins a request; the stream is told of what comes. False when isUsable() is not.
    bool open(const std::shared_ptr<Http2Stream> &stream, const Metadata &headers);
    /// The other side begins one. Nothing refuses it.
    virtual std::shared_ptr<Http2Stream> accept() { return nullptr; }

private:
    friend class Http2Stream;
    struct State;
    struct Callbacks;
    std::shared_ptr<State> m_state; // shared with a dispatch that runs while we are deleted
};

/// One stream of it. Hooks are called after the bytes were read, never in the midst of it.
class Http2Stream
{
public:
    virtual ~Http2Stream() = default;

protected:
    void queue(const QByteArray &bytes);
    [[nodiscard]] qsizetype queuedBytes() const { return m_queued; }
    /// Answers (server): with `last` there is neither body nor trailers.
    void respond(const Metadata &headers, bool last);
    /// After what is queued; with trailers (server) or without.
    void endOutput(std::optional<Metadata> trailers = std::nullopt);
    /// Breaks it off in both directions. No hook but closed() is called any more.
    void reset(quint32 errorCode);
    [[nodiscard]] bool isOutputEnded() const { return m_isOutputEnded; }
    /// Held: the other side gets no new window for this stream, so that after one window more it has to wait.
    /// The rest of the connection goes on.
    void holdInput(bool isHeld);

    virtual void headersCame(const Metadata &headers) = 0;
    virtual void dataCame(const QByteArray &bytes) = 0;
    virtual void inputEnded() = 0;
    virtual void drained() = 0;
    /// The last; the error code of HTTP/2, or nothing when the connection was lost.
    virtual void closed(std::optional<quint32> errorCode) = 0;

private:
    friend class Http2Connection;
    Http2Connection::State *m_connection = nullptr; ///< null before the beginning and after the end
    qint32 m_id = -1;
    std::deque<QByteArray> m_out;
    qsizetype m_outAt = 0; ///< within the first
    qsizetype m_queued = 0;
    bool m_isOutputEnded = false;
    bool m_isDeferred = false; ///< nghttp2 waits to be told that there is more
    bool m_isReset = false;
    bool m_isHeld = false;
    qsizetype m_owed = 0; ///< window to be given back when it is not held any more
    std::optional<Metadata> m_trailers;
    Metadata m_incoming; ///< the header block that is being read
    qsizetype m_incomingBytes = 0;
};

}
