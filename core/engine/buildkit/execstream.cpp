// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/execstream.h"

#include "engine/rest/failures.h"
#include "engine/rest/transport.h"
#include "engine/words.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QtEndian>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestAnswer = 64 * 1024;
constexpr qsizetype headSize = 8; // stream, three zeros, length

QByteArray post(const QByteArray &path, const QByteArray &headers, const QByteArray &body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.") ? answer.mid(9, 3).toInt() : 0;
}

/// Where the body begins, if the answer is all there (its JSON is closed; it holds no braces in strings).
std::optional<QByteArray> wholeBody(const QByteArray &answer)
{
    const qsizetype head = answer.indexOf("\r\n\r\n");
    if (head < 0)
        return std::nullopt;
    const QByteArray rest = answer.sliced(head + 4);
    const qsizetype begin = rest.indexOf('{');
    const qsizetype end = rest.lastIndexOf('}');
    if (begin < 0 || end < begin)
        return std::nullopt;
    return rest.sliced(begin, end + 1 - begin); // without the lengths of a chunked body
}

}

ExecStream::ExecStream(std::unique_ptr<ByteStream> engine, const Endpoint &endpoint, const QString &container)
    : m_engine(std::move(engine))
    , m_endpoint(endpoint)
    , m_container(container)
{
    connect(m_engine.get(), &ByteStream::opened, this, &ExecStream::create);
    connect(m_engine.get(), &ByteStream::received, this, &ExecStream::read);
    connect(m_engine.get(), &ByteStream::written, this, &ByteStream::written);
    connect(m_engine.get(), &ByteStream::ended, this, &ExecStream::fail);
}

void ExecStream::close()
{
    m_state = State::Ended;
    m_engine->disconnect(this);
    m_engine->close();
}

void ExecStream::create()
{
    const QByteArray body =
        R"({"AttachStdin":true,"AttachStdout":true,"AttachStderr":true,"Cmd":["buildctl","dial-stdio"]})";
    m_engine->write(post("/containers/" + inPath(m_container) + "/exec", {}, body));
}

void ExecStream::read(const QByteArray &bytes)
{
    m_bytes += bytes;
    switch (m_state) {
    case State::Creating:
        return readCreated();
    case State::Starting:
        return readStarted();
    case State::Running:
        return readFrames();
    case State::Ended:
        return;
    }
}

void ExecStream::readCreated()
{
    const auto body = wholeBody(m_bytes);
    if (!body && m_bytes.size() < largestAnswer)
        return;
    const QString id = QJsonDocument::fromJson(body.value_or(QByteArray()))["Id"_L1].toString();
    if (statusOf(m_bytes) != 201 || id.isEmpty())
        return fail(refusal(body.value_or(QByteArray())));
    m_bytes.clear();
    m_state = State::Starting;
    m_engine->write(post("/exec/" + inPath(id) + "/start", "Connection: Upgrade\r\nUpgrade: tcp\r\n",
                         R"({"Detach":false,"Tty":false})"));
}

void ExecStream::readStarted()
{
    // The end of a chunked answer before may still be under way.
    if (const qsizetype begin = m_bytes.indexOf("HTTP/1."); begin > 0 && begin < 16)
        m_bytes.remove(0, begin);
    const qsizetype head = m_bytes.indexOf("\r\n\r\n");
    if (head < 0 && m_bytes.size() < largestAnswer)
        return;
    const int status = statusOf(m_bytes);
    if (status != 101 && status != 200)
        return fail(refusal(wholeBody(m_bytes).value_or(QByteArray())));
    m_bytes.remove(0, head + 4);
    m_state = State::Running;
    const QPointer<ExecStream> alive(this);
    Q_EMIT opened();
    if (alive)
        readFrames();
}

void ExecStream::readFrames()
{
    const QPointer<ExecStream> alive(this);
    while (alive && m_state == State::Running && m_bytes.size() >= headSize) {
        const qsizetype length = qFromBigEndian<quint32>(m_bytes.constData() + 4);
        const char stream = m_bytes.front();
        // A frame may be large; what is there of it is given on at once, and its head shortened.
        const qsizetype part = std::min(length, m_bytes.size() - headSize);
        if (part == 0 && length > 0)
            return;
        const QByteArray bytes = m_bytes.sliced(headSize, part);
        if (part == length) {
            m_bytes.remove(0, headSize + part);
        } else {
            m_bytes.remove(headSize, part);
            qToBigEndian(quint32(length - part), m_bytes.data() + 4);
        }
        // HTTP/2 begins with the length of a short frame; what begins with a letter is an engine that tells
        // why there is no program.
        const bool isSpeech = !m_hasReceived && stream != 2 && !bytes.isEmpty() && bytes.front() != 0;
        if (stream == 2 || isSpeech) {
            m_words += bytes;
            m_words = m_words.right(4096);
        } else {
            m_hasReceived = true;
            Q_EMIT received(bytes);
        }
    }
}

void ExecStream::fail(const base::Error &error)
{
    const QString words = QString::fromUtf8(m_words).trimmed();
    base::Error told = error;
    if (m_state == State::Running && !m_hasReceived)
        told = silence(words);
    else if (!words.isEmpty())
        told.detail = words;
    close();
    Q_EMIT ended(told);
}

/// The exec ran, and nothing came of it.
base::Error ExecStream::silence(const QString &words) const
{
    if (words.contains("executable file not found"_L1) ||
        words.contains("no such file or directory: unknown"_L1))
        return noBuildctl(words);
    return {.kind = base::Error::Kind::Unreachable,
            .message = Words::tr("buildkitd does not answer in the container %1").arg(m_container),
            .where = m_container,
            .hint = Words::tr("\"docker logs %1\" tells what it is at.").arg(m_container),
            .detail = words};
}

base::Error ExecStream::noBuildctl(const QString &words) const
{
    return {.kind = base::Error::Kind::NotFound,
            .message = Words::tr("there is no buildctl in the container %1").arg(m_container),
            .where = m_container,
            .hint =
                Words::tr("It holds no builder: remove that with \"docker buildx rm\", and create it again."),
            .detail = words};
}

base::Error ExecStream::refusal(const QByteArray &answer) const
{
    base::Error error = answeredError(statusOf(m_bytes), answer);
    if (error.message.contains("executable file not found"_L1))
        return noBuildctl(error.message);
    error.where = m_container;
    error.hint =
        error.kind == base::Error::Kind::NotFound
            ? Words::tr("\"docker buildx inspect --bootstrap\" with the builder's name makes it again.")
            : Words::tr("Start the builder with \"docker start %1\".").arg(m_container);
    return error;
}

}
