// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/containerrun.h"

#include "engine/rest/multiplexed.h"
#include "engine/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto runLimit = 60s; ///< for the program itself; the other steps have the limit of small requests

QByteArray containerJson(const QString &image, const QStringList &command)
{
    QJsonObject json{{u"Image"_s, image}, {u"HostConfig"_s, QJsonObject{{u"NetworkMode"_s, u"none"_s}}}};
    if (!command.isEmpty())
        json.insert(u"Cmd"_s, QJsonArray::fromStringList(command));
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

}

ContainerRun::ContainerRun(Transport *transport, const QString &reference, const QStringList &command,
                           Client::Answer<Client::RunOutcome> answer)
    : QObject(transport)
    , m_transport(transport)
    , m_reference(reference)
    , m_answer(std::move(answer))
{
    ask(
        "POST", "/containers/create", {}, containerJson(reference, command),
        [this](const Reply &reply) {
            const QString id = QJsonDocument::fromJson(reply.body)["Id"_L1].toString();
            if (id.isEmpty())
                return finish(
                    std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                                .message = Words::tr("the engine made no container"),
                                                .where = m_reference,
                                                .hint = {},
                                                .detail = QString::fromUtf8(reply.body.left(400))}));
            m_container = "/containers/" + inPath(id);
            start();
        },
        30s);
}

void ContainerRun::ask(const QByteArray &verb, const QByteArray &path, const Query &query,
                       const QByteArray &body, Next next, std::chrono::milliseconds limit)
{
    RequestSpec spec{.verb = verb, .request = m_transport->request(path, query), .body = body};
    spec.silenceLimit = limit;
    spec.isStream = limit > 30s;
    new Request(
        m_transport, std::move(spec),
        [self = QPointer<ContainerRun>(this), next = std::move(next)](const base::Result<Reply> &reply) {
            if (!self)
                return;
            if (reply)
                next(*reply);
            else
                self->finish(
                    std::unexpected(reply.error().in(Words::tr("running %1").arg(self->m_reference))));
        });
}

void ContainerRun::start()
{
    ask("POST", m_container + "/start", {}, {}, [this](const Reply &) { waitForEnd(); }, 30s);
}

void ContainerRun::waitForEnd()
{
    // Asked after the start, "not-running" also answers for a program that has ended already.
    ask(
        "POST", m_container + "/wait", {{u"condition"_s, u"not-running"_s}}, {},
        [this](const Reply &reply) {
            m_outcome.exitCode = QJsonDocument::fromJson(reply.body)["StatusCode"_L1].toInt(-1);
            readLog();
        },
        runLimit);
}

void ContainerRun::readLog()
{
    ask(
        "GET", m_container + "/logs", {{u"stdout"_s, u"1"_s}, {u"stderr"_s, u"1"_s}, {u"tail"_s, u"10000"_s}},
        {},
        [this](const Reply &reply) {
            m_outcome.output = demultiplexed(reply.body);
            finish(m_outcome);
        },
        30s);
}

void ContainerRun::finish(base::Result<Client::RunOutcome> result)
{
    deleteLater();
    const auto answer = std::exchange(m_answer, nullptr);
    if (!answer)
        return;
    if (m_container.isEmpty())
        return answer(std::move(result));
    // Whoever asks next finds the engine without the container; whether that worked changes nothing in the
    // answer.
    RequestSpec spec{.verb = "DELETE",
                     .request = m_transport->request(m_container, {{u"force"_s, u"1"_s}, {u"v"_s, u"1"_s}})};
    new Request(m_transport, std::move(spec),
                [answer, result = std::move(result)](const base::Result<Reply> &) mutable {
                    answer(std::move(result));
                });
}

}
