// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/classicbuild.h"

#include "engine/classicbuild/buildquery.h"
#include "engine/steps/buildfailure.h"
#include "engine/steps/failurewords.h"
#include "engine/words.h"

#include <QJsonObject>
#include <QUuid>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

ClassicBuild::ClassicBuild(Client *client, StepBoard *board, const BuildRequest &request, Answer answer,
                           QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_board(board)
    , m_answer(std::move(answer))
    , m_engine(client->info().value_or(EngineInfo{}))
    , m_tar(request)
    , m_dockerfileName(request.dockerfileName)
    , m_buildId(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_lines(board->trace)
{
    m_upload.id = u"context"_s;
    m_upload.name = u"[internal] send build context"_s;
    m_upload.instruction = u"send build context"_s;
    m_upload.state = BuildStep::State::Running;
    m_upload.started = QDateTime::currentDateTimeUtc();
    m_upload.progress = {{.id = u"context"_s, .name = Words::tr("sent"), .total = m_tar.length()}};
    m_board->put(m_upload);

    connect(&m_tar, &ContextTar::failed, this, [this] { fail(*m_tar.failure()); });
    RequestSpec spec{.verb = "POST",
                     .request =
                         client->transport()->request("/build", buildQuery(request, m_engine, m_buildId))};
    spec.request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-tar"_s);
    m_question = spec.request;
    spec.request.setHeader(QNetworkRequest::ContentLengthHeader, m_tar.length());
    spec.request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    spec.upload = &m_tar;
    spec.onUpload = [this] { noteUpload(); };
    spec.onData = [this](const QByteArray &bytes) { read(bytes); };
    spec.isStream = true;
    spec.silenceLimit = 60s;
    spec.uploadedLimit = 0ms; // a step may be silent for as long as it likes
    m_request = new Request(client->transport(), std::move(spec),
                            [this](const base::Result<Reply> &reply) { handleEnd(reply); });
    m_watch = std::make_unique<SilenceWatch>(
        client->transport(), [this](std::chrono::seconds time) { Q_EMIT m_board->engineSilent(time); });
}

ClassicBuild::~ClassicBuild()
{
    if (m_request)
        delete m_request.data(); // it reads from m_tar
}

void ClassicBuild::cancel()
{
    m_answer = nullptr;
    m_watch.reset();
    if (m_engine.hasBuildKit) {
        const auto request = m_client->transport()->request("/build/cancel", {{u"id"_s, m_buildId}});
        new Request(m_client->transport(), {.verb = "POST", .request = request}, nullptr);
    }
    if (m_request) // closing the connection ends the build as well
        m_request->abort();
}

void ClassicBuild::noteUpload()
{
    if (m_watch)
        m_watch->heard();
    if (m_upload.state != BuildStep::State::Running)
        return;
    if (m_tar.bytesAvailable() == 0)
        return endUpload(BuildStep::State::Done);
    m_upload.progress.front().current = m_tar.length() - m_tar.bytesAvailable();
    m_board->putProgress(m_upload);
}

void ClassicBuild::endUpload(BuildStep::State state)
{
    if (m_upload.state != BuildStep::State::Running)
        return;
    m_upload.state = state;
    m_upload.completed = QDateTime::currentDateTimeUtc();
    m_upload.duration = std::chrono::milliseconds(m_upload.started.msecsTo(m_upload.completed));
    m_upload.progress.front().current = m_tar.length() - m_tar.bytesAvailable();
    m_upload.progress.front().completed = state == BuildStep::State::Done;
    m_board->put(m_upload);
}

void ClassicBuild::read(const QByteArray &bytes)
{
    if (m_watch)
        m_watch->heard();
    endUpload(BuildStep::State::Done); // the engine answers only when it has read all
    const QPointer<ClassicBuild> alive(this);
    for (const QJsonObject &line : m_stream.feed(bytes)) {
        readLine(line);
        if (!alive || !m_answer)
            return;
    }
    if (m_stream.problem())
        fail(*m_stream.problem());
}

void ClassicBuild::readLine(const QJsonObject &line)
{
    if (line["id"_L1] == "moby.buildkit.trace"_L1) {
        if (const auto news =
                m_board->trace.feed(QByteArray::fromBase64(line["aux"_L1].toString().toLatin1())))
            m_board->tell(*news);
    } else if (line["aux"_L1].isObject()) { // "moby.image.id"; Podman gives it no name
        const QString id = line["aux"_L1]["ID"_L1].toString();
        if (!id.isEmpty())
            m_imageId = id.contains(u':') ? id : u"sha256:"_s + id;
    } else if (const QString stream = line["stream"_L1].toString();
               !stream.isEmpty() && !m_engine.hasBuildKit) {
        m_board->tell(m_lines.feed(stream));
    }
    const QString failure = line["errorDetail"_L1]["message"_L1].toString(line["error"_L1].toString());
    if (!failure.isEmpty())
        m_failure = failure;
}

void ClassicBuild::handleEnd(const base::Result<Reply> &reply)
{
    if (!m_engine.hasBuildKit)
        m_board->tell(m_lines.finish(!m_failure.isEmpty() || !reply, plainWords(m_failure, nullptr)));
    if (!m_failure.isEmpty())
        return failBuild(m_failure);
    if (!reply) {
        // With a status of its own the engine speaks of the build; otherwise nobody spoke.
        const bool isAnswer = reply.error().where.isEmpty();
        if (isAnswer)
            return failBuild(reply.error().message);
        return m_tar.bytesAvailable() > 0 ? askWhyRefused(reply.error()) : fail(reply.error());
    }
    if (m_stream.isInsideObject() || m_imageId.isEmpty()) {
        return fail({.kind = Error::Kind::Unreachable,
                     .message = Words::tr("the engine ended the build without a result"),
                     .where = m_client->endpoint().url,
                     .hint = Words::tr("See whether it still runs; its log tells why it stopped."),
                     .detail = {}});
    }
    finish({.imageId = m_imageId});
}

/// An engine that does not like the query answers at once and closes, while the upload still runs; its answer
/// is lost then. The same query with nothing to build gets it again.
void ClassicBuild::askWhyRefused(const Error &loss)
{
    const RequestSpec spec{.verb = "POST", .request = m_question};
    m_request = new Request(m_client->transport(), spec, [this, loss](const base::Result<Reply> &reply) {
        const bool isAnswer = !reply && reply.error().where.isEmpty();
        isAnswer ? failBuild(reply.error().message) : fail(loss);
    });
}

void ClassicBuild::fail(const Error &error)
{
    m_board->endRunning(BuildStep::State::Failed, error.message);
    finish({.imageId = {}, .error = error});
}

void ClassicBuild::failBuild(const QString &message)
{
    const QString failed = m_board->trace.failedStep();
    const BuildStep *step = failed.isEmpty() ? nullptr : &m_board->trace.step(failed);
    BuildOutcome outcome;
    outcome.failedStep = failed;
    outcome.errorRow = outcome.errorLastRow = errorRow(message);
    outcome.exitCode = exitCodeOf(message);
    outcome.error = buildFailure(message, m_dockerfileName, step, m_board->trace.logTail(failed));
    m_board->endRunning(BuildStep::State::Cancelled,
                        {}); // BuildKit stops what runs beside the step that failed
    finish(outcome);
}

void ClassicBuild::finish(BuildOutcome outcome)
{
    m_watch.reset();
    if (m_request)
        m_request->abort();
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(outcome);
}

}
