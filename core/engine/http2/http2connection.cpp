// SPDX-License-Identifier: Apache-2.0
#include "engine/http2/http2connection.h"

#include "engine/http2/headerfields.h"

#include <nghttp2/nghttp2.h>

#include <map>

namespace engine {

namespace {

constexpr quint32 streamWindow = 8 * 1024 * 1024;
constexpr qsizetype largestHeaders = 4 * 1024 * 1024; // an error's details hold the Dockerfile, several times
constexpr qsizetype mostHeaders = 32 * 1024 * 1024;   // of all streams together
constexpr quint32 mostStreams = 256;
constexpr quint32 largestFrame = 256 * 1024; // both ways, where the other side takes more than the usual

}

struct Http2Connection::State
{
    struct Event
    {
        std::shared_ptr<Http2Stream> stream;
        std::function<void(Http2Stream &)> tell;
    };

    Http2Connection *owner = nullptr; ///< null once it is gone
    nghttp2_session *session = nullptr;
    std::map<qint32, std::shared_ptr<Http2Stream>> streams;
    std::deque<Event> events;
    qsizetype headerBytes = 0; ///< of all streams
    bool isDispatching = false;
    bool isInside = false; ///< of nghttp2, which must not be entered again
    bool hasGoaway = false;
    bool isClosed = false;
    bool isFailureTold = false;

    ~State() { nghttp2_session_del(session); }

    [[nodiscard]] std::shared_ptr<Http2Stream> find(qint32 id) const
    {
        const auto it = streams.find(id);
        return it == streams.end() ? nullptr : it->second;
    }
    void later(qint32 id, std::function<void(Http2Stream &)> tell)
    {
        if (auto stream = find(id); stream && !stream->m_isReset)
            events.push_back({std::move(stream), std::move(tell)});
    }
    void dispatch();
    void tellIfOver();
    void notify() const
    {
        if (owner && owner->outputReady && !isInside && !isClosed)
            owner->outputReady();
    }
};

/// What nghttp2 calls. They only note what happened.
struct Http2Connection::Callbacks
{
    static State &state(void *user) { return *static_cast<State *>(user); }

    static int beginHeaders(nghttp2_session *, const nghttp2_frame *frame, void *user)
    {
        State &it = state(user);
        const qint32 id = frame->hd.stream_id;
        if (frame->headers.cat == NGHTTP2_HCAT_REQUEST && !it.find(id)) {
            auto stream = it.owner ? it.owner->accept() : nullptr;
            if (!stream)
                return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
            stream->m_connection = &it;
            stream->m_id = id;
            it.streams.emplace(id, std::move(stream));
        }
        return 0;
    }

    static int header(nghttp2_session *, const nghttp2_frame *frame, const uint8_t *name, size_t nameLength,
                      const uint8_t *value, size_t valueLength, uint8_t, void *user)
    {
        State &it = state(user);
        const auto stream = it.find(frame->hd.stream_id);
        if (!stream)
            return 0;
        stream->m_incomingBytes += qsizetype(nameLength + valueLength);
        it.headerBytes += qsizetype(nameLength + valueLength);
        if (stream->m_incomingBytes > largestHeaders || it.headerBytes > mostHeaders)
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE; // resets the stream
        stream->m_incoming.emplace_back(
            QByteArray(reinterpret_cast<const char *>(name), qsizetype(nameLength)),
            QByteArray(reinterpret_cast<const char *>(value), qsizetype(valueLength)));
        return 0;
    }

    static int frameReceived(nghttp2_session *, const nghttp2_frame *frame, void *user)
    {
        State &it = state(user);
        if (frame->hd.type == NGHTTP2_GOAWAY)
            it.hasGoaway = true;
        const auto stream = it.find(frame->hd.stream_id);
        if (!stream)
            return 0;
        if (frame->hd.type == NGHTTP2_HEADERS) {
            it.later(frame->hd.stream_id, [headers = std::exchange(stream->m_incoming, {})](Http2Stream &to) {
                to.headersCame(headers);
            });
        }
        const bool hasEnd = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
        if (hasEnd && frame->hd.flags & NGHTTP2_FLAG_END_STREAM)
            it.later(frame->hd.stream_id, [](Http2Stream &to) { to.inputEnded(); });
        return 0;
    }

    static int data(nghttp2_session *session, uint8_t, int32_t id, const uint8_t *bytes, size_t length,
                    void *user)
    {
        const auto stream = state(user).find(id);
        nghttp2_session_consume_connection(session, length);
        if (stream && stream->m_isHeld)
            stream->m_owed += qsizetype(length);
        else
            nghttp2_session_consume_stream(session, id, length);
        QByteArray copy(reinterpret_cast<const char *>(bytes), qsizetype(length));
        state(user).later(id, [copy = std::move(copy)](Http2Stream &to) { to.dataCame(copy); });
        return 0;
    }

    static int streamClosed(nghttp2_session *, int32_t id, uint32_t code, void *user)
    {
        State &it = state(user);
        const auto stream = it.find(id);
        if (!stream)
            return 0;
        it.streams.erase(id);
        it.headerBytes -= stream->m_incomingBytes;
        stream->m_connection = nullptr;
        it.events.push_back({stream, [code](Http2Stream &to) { to.closed(code); }});
        return 0;
    }

    static nghttp2_ssize body(nghttp2_session *session, int32_t id, uint8_t *buffer, size_t length,
                              uint32_t *flags, nghttp2_data_source *, void *user)
    {
        State &it = state(user);
        const auto stream = it.find(id);
        if (!stream)
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        const bool wasFull = stream->m_queued >= ServerCall::sendMark;
        qsizetype taken = 0;
        while (taken < qsizetype(length) && !stream->m_out.empty()) {
            const QByteArray &first = stream->m_out.front();
            const qsizetype part = std::min(qsizetype(length) - taken, first.size() - stream->m_outAt);
            std::copy_n(first.constData() + stream->m_outAt, part, buffer + taken);
            taken += part;
            stream->m_outAt += part;
            if (stream->m_outAt == first.size()) {
                stream->m_out.pop_front();
                stream->m_outAt = 0;
            }
        }
        stream->m_queued -= taken;
        if (wasFull && stream->m_queued < ServerCall::sendMark)
            it.later(id, [](Http2Stream &to) { to.drained(); });
        if (stream->m_queued > 0)
            return taken;
        if (stream->m_isOutputEnded) {
            *flags |= NGHTTP2_DATA_FLAG_EOF;
            if (stream->m_trailers) {
                *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
                const auto nv = asNv(*stream->m_trailers);
                nghttp2_submit_trailer(session, id, nv.data(), nv.size());
            }
            return taken;
        }
        if (taken > 0)
            return taken;
        stream->m_isDeferred = true;
        return NGHTTP2_ERR_DEFERRED;
    }

    static nghttp2_ssize frameSize(nghttp2_session *, uint8_t, int32_t, int32_t sessionWindow,
                                   int32_t theStreams, uint32_t theirLargest, void *)
    {
        const auto window = std::max(1, std::min(sessionWindow, theStreams));
        return std::min({nghttp2_ssize(window), nghttp2_ssize(theirLargest), nghttp2_ssize(largestFrame)});
    }

    static nghttp2_session *newSession(Role role, State *state)
    {
        nghttp2_session_callbacks *callbacks = nullptr;
        nghttp2_session_callbacks_new(&callbacks);
        nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, beginHeaders);
        nghttp2_session_callbacks_set_on_header_callback(callbacks, header);
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, frameReceived);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, data);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, streamClosed);
        nghttp2_session_callbacks_set_data_source_read_length_callback2(callbacks, frameSize);
        nghttp2_option *option = nullptr;
        nghttp2_option_new(&option);
        nghttp2_option_set_no_auto_window_update(option, 1); // data() gives it, where the stream is not held
        nghttp2_option_set_max_continuations(option, largestHeaders / 16384);
        nghttp2_option_set_max_send_header_block_length(option, largestHeaders);
        nghttp2_session *session = nullptr;
        if (role == Role::Client)
            nghttp2_session_client_new2(&session, callbacks, state, option);
        else
            nghttp2_session_server_new2(&session, callbacks, state, option);
        nghttp2_option_del(option);
        nghttp2_session_callbacks_del(callbacks);

        std::vector<nghttp2_settings_entry> settings{{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, streamWindow},
                                                     {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, largestFrame}};
        if (role == Role::Client)
            settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
        else
            settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, mostStreams});
        nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
        nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, qint32(2 * streamWindow));
        return session;
    }
};

void Http2Connection::State::dispatch()
{
    if (std::exchange(isDispatching, true))
        return; // the one further up goes on with it
    while (!events.empty()) {
        const Event event = std::move(events.front());
        events.pop_front();
        event.tell(*event.stream);
    }
    isDispatching = false;
}

void Http2Connection::State::tellIfOver()
{
    const bool isOver =
        !isClosed && !nghttp2_session_want_read(session) && !nghttp2_session_want_write(session);
    if (isOver && !std::exchange(isFailureTold, true) && owner && owner->failed)
        owner->failed();
}

Http2Connection::Http2Connection(Role role)
    : m_state(std::make_shared<State>())
{
    m_state->owner = this;
    m_state->session = Callbacks::newSession(role, m_state.get());
}

Http2Connection::~Http2Connection()
{
    close();
    m_state->owner = nullptr;
}

void Http2Connection::feed(QByteArrayView bytes)
{
    const auto state = m_state;
    if (state->isClosed)
        return;
    state->isInside = true;
    const auto read = nghttp2_session_mem_recv2(
        state->session, reinterpret_cast<const uint8_t *>(bytes.constData()), size_t(bytes.size()));
    state->isInside = false;
    if (read < 0) // not HTTP/2 at all, or a flood: there is no sense in telling them why
        nghttp2_session_terminate_session(state->session, NGHTTP2_PROTOCOL_ERROR);
    state->dispatch();
    if (read < 0 && state->owner && !state->isClosed && !std::exchange(state->isFailureTold, true)) {
        if (state->owner->failed)
            state->owner->failed();
        return;
    }
    state->tellIfOver();
}

QByteArray Http2Connection::take(qsizetype most)
{
    const auto state = m_state;
    QByteArray out;
    while (!state->isClosed && out.size() < most) {
        const uint8_t *bytes = nullptr;
        state->isInside = true;
        const auto length = nghttp2_session_mem_send2(state->session, &bytes);
        state->isInside = false;
        if (length <= 0)
            break;
        out.append(reinterpret_cast<const char *>(bytes), qsizetype(length));
    }
    state->dispatch();
    if (out.isEmpty())
        state->tellIfOver();
    return out;
}

bool Http2Connection::hasOutput() const
{
    return !m_state->isClosed && nghttp2_session_want_write(m_state->session) != 0;
}

bool Http2Connection::isUsable() const
{
    return !m_state->isClosed && !m_state->hasGoaway && !m_state->isFailureTold &&
           nghttp2_session_check_request_allowed(m_state->session) != 0;
}

bool Http2Connection::hasStreams() const
{
    return !m_state->streams.empty();
}

void Http2Connection::close()
{
    const auto state = m_state;
    if (std::exchange(state->isClosed, true))
        return;
    const auto streams = std::exchange(state->streams, {});
    for (const auto &[id, stream] : streams) {
        stream->m_connection = nullptr;
        state->events.push_back({stream, [](Http2Stream &to) { to.closed(std::nullopt); }});
    }
    state->dispatch();
}

bool Http2Connection::open(const std::shared_ptr<Http2Stream> &stream, const Metadata &headers)
{
    if (!isUsable())
        return false;
    const auto nv = asNv(headers);
    nghttp2_data_provider2 provider{};
    provider.read_callback = Callbacks::body;
    const qint32 id =
        nghttp2_submit_request2(m_state->session, nullptr, nv.data(), nv.size(), &provider, nullptr);
    if (id < 0)
        return false;
    stream->m_connection = m_state.get();
    stream->m_id = id;
    m_state->streams.emplace(id, stream);
    m_state->notify();
    return true;
}

void Http2Stream::queue(const QByteArray &bytes)
{
    if (m_isOutputEnded || m_isReset || !m_connection)
        return;
    m_out.push_back(bytes);
    m_queued += bytes.size();
    if (std::exchange(m_isDeferred, false))
        nghttp2_session_resume_data(m_connection->session, m_id);
    m_connection->notify();
}

void Http2Stream::respond(const Metadata &headers, bool last)
{
    if (!m_connection || m_isReset)
        return;
    const auto nv = asNv(headers);
    nghttp2_data_provider2 provider{};
    provider.read_callback = Http2Connection::Callbacks::body;
    nghttp2_submit_response2(m_connection->session, m_id, nv.data(), nv.size(), last ? nullptr : &provider);
    m_isOutputEnded = last;
    m_connection->notify();
}

void Http2Stream::endOutput(std::optional<Metadata> trailers)
{
    if (std::exchange(m_isOutputEnded, true) || !m_connection || m_isReset)
        return;
    m_trailers = std::move(trailers);
    if (std::exchange(m_isDeferred, false))
        nghttp2_session_resume_data(m_connection->session, m_id);
    m_connection->notify();
}

void Http2Stream::holdInput(bool isHeld)
{
    m_isHeld = isHeld;
    const qsizetype owed = isHeld ? 0 : std::exchange(m_owed, 0);
    if (owed == 0 || !m_connection || m_isReset)
        return;
    nghttp2_session_consume_stream(m_connection->session, m_id, size_t(owed));
    m_connection->notify();
}

void Http2Stream::reset(quint32 errorCode)
{
    if (std::exchange(m_isReset, true) || !m_connection)
        return;
    m_out.clear();
    m_queued = 0;
    nghttp2_submit_rst_stream(m_connection->session, NGHTTP2_FLAG_NONE, m_id, errorCode);
    m_connection->notify();
}

}
