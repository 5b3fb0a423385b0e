// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/basepulls.h"
#include "engine/words.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

// An image of another platform is as good as none: BuildKit goes to the registry for the right one.
bool isFor(const QString &platform, const QByteArray &inspectJson)
{
    const auto image = QJsonDocument::fromJson(inspectJson).object();
    const QStringList has{image["Os"_L1].toString(), image["Architecture"_L1].toString(),
                          image["Variant"_L1].toString()};
    const QStringList wanted = platform.split(u'/');
    for (qsizetype i = 0; i < std::min(has.size(), wanted.size()); ++i) {
        // What one of them leaves open (the variant of arm64, mostly) does not differ.
        if (!has[i].isEmpty() && !wanted[i].isEmpty() && has[i] != wanted[i])
            return false;
    }
    return true;
}

}

BasePulls::BasePulls(Client *client, StepBoard *board, const BuildRequest &request,
                     Client::Answer<void> answer, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_board(board)
    , m_references(request.baseImages)
    , m_request(request)
    , m_answer(std::move(answer))
{
    m_references.removeDuplicates();
    next();
}

BasePulls::~BasePulls()
{
    m_answer = nullptr;
    if (m_abort)
        m_abort();
}

void BasePulls::next()
{
    if (m_references.isEmpty())
        return finish({});
    const QString reference = m_references.takeFirst();
    if (m_request.pull)
        return pull(reference);
    const QString platform = platformOf(reference);
    m_client->inspectImage(
        reference, [self = QPointer(this), reference, platform](const base::Result<ImageDocuments> &found) {
            if (!self)
                return;
            const bool isAbsent = !found && found.error().kind == base::Error::Kind::NotFound;
            if (!found && !isAbsent)
                return self->finish(std::unexpected(found.error()));
            if (isAbsent || !isFor(platform, found->inspect))
                self->pull(reference);
            else
                self->next();
        });
}

QString BasePulls::platformOf(const QString &reference) const
{
    return m_request.basePlatforms.value(reference, m_request.platform);
}

void BasePulls::pull(const QString &reference)
{
    BuildStep step;
    step.id = u"pull:"_s + reference;
    step.name = u"pull "_s + reference;
    step.instruction = step.name;
    step.state = BuildStep::State::Running;
    step.started = QDateTime::currentDateTimeUtc();
    m_board->put(step);
    m_abort = m_client->pullImage(
        reference, platformOf(reference),
        [self = QPointer(this), id = step.id](const Client::PullProgress &progress) {
            if (self)
                self->note(id, progress);
        },
        [self = QPointer(this), id = step.id](const base::Result<void> &result) {
            if (self)
                self->end(id, result);
        });
}

void BasePulls::note(const QString &stepId, const Client::PullProgress &progress)
{
    if (progress.layer.isEmpty() || progress.status.startsWith("Pulling from"_L1))
        return;
    BuildStep step = m_board->trace.step(stepId);
    auto row = std::ranges::find(step.progress, progress.layer, &BuildStep::Progress::id);
    if (row == step.progress.end())
        row = step.progress.insert(row, BuildStep::Progress{.id = progress.layer, .name = {}});
    row->name = progress.layer + u": "_s + progress.status;
    row->current = progress.current;
    row->total = std::max(row->total, progress.total);
    row->completed = progress.status == "Pull complete"_L1 || progress.status == "Already exists"_L1;
    if (row->completed)
        row->current = row->total;
    m_board->putProgress(step);
}

void BasePulls::end(const QString &stepId, const base::Result<void> &result)
{
    if (!m_answer)
        return; // aborted: the board ends the step as cancelled
    m_abort = nullptr;
    BuildStep step = m_board->trace.step(stepId);
    step.state = result ? BuildStep::State::Done : BuildStep::State::Failed;
    step.error = result ? QString() : result.error().message;
    step.completed = QDateTime::currentDateTimeUtc();
    step.duration = std::chrono::milliseconds(step.started.msecsTo(step.completed));
    m_board->put(step);
    if (result)
        next();
    else
        finish(std::unexpected(result.error().in(Words::tr("pulling the base image"))));
}

void BasePulls::finish(const base::Result<void> &result)
{
    if (const auto answer = std::exchange(m_answer, nullptr))
        answer(result);
}

}
