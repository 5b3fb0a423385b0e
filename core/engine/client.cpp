// SPDX-License-Identifier: Apache-2.0
#include "engine/client.h"

#include "engine/rest/containerrun.h"
#include "engine/rest/eventfollower.h"
#include "engine/rest/images.h"
#include "engine/rest/pull.h"
#include "engine/rest/request.h"
#include "engine/rest/sshfailure.h"
#include "engine/rest/system.h"
#include "engine/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct Client::Private
{
    explicit Private(Endpoint endpoint, QObject *owner)
        : transport(new Transport(std::move(endpoint), owner))
    {}

    void ask(const QByteArray &verb, const QNetworkRequest &request, Request::Answer answer) const
    {
        RequestSpec spec{.verb = verb, .request = request};
        spec.connectLimit = connectLimit;
        spec.silenceLimit = answerLimit;
        new Request(transport, std::move(spec), std::move(answer));
    }
    void ping(const QByteArray &verb, const Answer<EngineInfo> &answer);
    [[nodiscard]] base::Error noEngine(const base::Error &answered) const;
    void readVersion(const Reply &ping, const Answer<EngineInfo> &answer);
    void readInfo(const Reply &ping, const QByteArray &version, const Answer<EngineInfo> &answer);

    Transport *transport;
    EventFollower *events = nullptr;
    std::optional<EngineInfo> info;
    std::chrono::milliseconds connectLimit = 5s;
    std::chrono::milliseconds answerLimit = 30s;
};

Client::Client(Endpoint endpoint, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(endpoint), this))
{}

// The requests go first, so that no callback finds half a client.
Client::~Client()
{
    delete d->events;
    delete d->transport;
}

const Endpoint &Client::endpoint() const
{
    return d->transport->endpoint();
}

Transport *Client::transport() const
{
    return d->transport;
}

void Client::setTimeLimits(std::chrono::milliseconds connecting, std::chrono::milliseconds answering)
{
    d->connectLimit = connecting;
    d->answerLimit = answering;
}

std::optional<EngineInfo> Client::info() const
{
    return d->info;
}

void Client::connectToEngine(Answer<EngineInfo> answer)
{
    d->ping("HEAD", answer);
}

void Client::Private::ping(const QByteArray &verb, const Answer<EngineInfo> &answer)
{
    ask(verb, transport->unversioned("/_ping"), [this, verb, answer](const base::Result<Reply> &reply) {
        if (reply)
            return readVersion(*reply, answer);
        // Some proxies and old engines know no HEAD.
        const auto kind = reply.error().kind;
        const bool wasAnswered = kind == base::Error::Kind::NotFound || kind == base::Error::Kind::Failed;
        if (verb == "HEAD" && wasAnswered)
            return ping("GET", answer);
        answer(std::unexpected(wasAnswered ? noEngine(reply.error()) : reply.error()));
    });
}

// Every engine answers a ping: what says "404" here is a proxy, or another server.
base::Error Client::Private::noEngine(const base::Error &answered) const
{
    if (transport->endpoint().kind == Endpoint::Kind::Ssh) // ssh's own words, or the far docker's
        return sshFailure(transport->endpoint(), answered.message);
    return {.kind = base::Error::Kind::Malformed,
            .message = Words::tr("what answers is no engine"),
            .where = transport->endpoint().url,
            .hint = Words::tr("Check the address, and restart the engine."),
            .detail = answered.message};
}

void Client::Private::readVersion(const Reply &pinged, const Answer<EngineInfo> &answer)
{
    // Without a version in the path: the minimum that this tells decides which one may be there.
    ask("GET", transport->unversioned("/version"), [this, pinged, answer](const base::Result<Reply> &reply) {
        if (!reply)
            return answer(std::unexpected(reply.error()));
        const auto version = readApiVersion(transport->endpoint(), pinged, reply->body);
        if (!version)
            return answer(std::unexpected(version.error()));
        transport->setVersion(*version);
        readInfo(pinged, reply->body, answer);
    });
}

void Client::Private::readInfo(const Reply &pinged, const QByteArray &version,
                               const Answer<EngineInfo> &answer)
{
    ask("GET", transport->request("/info"),
        [this, pinged, version, answer](const base::Result<Reply> &reply) {
            if (!reply)
                return answer(std::unexpected(reply.error()));
            const auto read = readEngineInfo(transport->endpoint(), pinged, version, reply->body);
            if (read)
                info = *read;
            answer(read);
        });
}

void Client::listImages(Answer<std::vector<ImageSummary>> answer)
{
    d->ask("GET", d->transport->request("/images/json"), [answer](const base::Result<Reply> &reply) {
        answer(reply.and_then([](const Reply &it) { return readImageList(it.body); }));
    });
}

void Client::inspectImage(const QString &reference, Answer<ImageDocuments> answer)
{
    const QByteArray path = "/images/" + inPath(reference);
    d->ask("GET", d->transport->request(path + "/json"),
           [this, path, answer](const base::Result<Reply> &inspected) {
               if (!inspected)
                   return answer(std::unexpected(inspected.error()));
               d->ask("GET", d->transport->request(path + "/history"),
                      [answer, inspect = inspected->body](const base::Result<Reply> &reply) {
                          answer(reply.transform(
                              [&inspect](const Reply &it) { return ImageDocuments{inspect, it.body}; }));
                      });
           });
}

void Client::inspectImage(const QString &reference, const QString &platform, Answer<ImageDocuments> answer)
{
    const auto version = ApiVersion::parse(d->info ? d->info->apiVersion : QString());
    if (!version || *version < platformInspection)
        return answer(std::unexpected(
            base::Error{.kind = base::Error::Kind::Unsupported,
                        .message = Words::tr("this engine shows one platform of an image only"),
                        .where = reference,
                        .hint = Words::tr("Docker Engine 28.1 with the containerd image store shows each; or "
                                          "write an oci archive, which can be opened here.")}));
    const QByteArray path = "/images/" + inPath(reference);
    const Query query{{u"platform"_s, platformInJson(platform)}};
    d->ask("GET", d->transport->request(path + "/json", query),
           [this, path, query, answer](const base::Result<Reply> &inspected) {
               if (!inspected)
                   return answer(std::unexpected(inspected.error()));
               d->ask("GET", d->transport->request(path + "/history", query),
                      [answer, inspect = inspected->body](const base::Result<Reply> &reply) {
                          answer(reply.transform(
                              [&inspect](const Reply &it) { return ImageDocuments{inspect, it.body}; }));
                      });
           });
}

void Client::imageExists(const QString &reference, Answer<bool> answer)
{
    const auto request = d->transport->request("/images/" + inPath(reference) + "/json");
    d->ask("GET", request, [answer](const base::Result<Reply> &reply) {
        if (!reply && reply.error().kind == base::Error::Kind::NotFound)
            return answer(false);
        answer(reply.transform([](const Reply &) { return true; }));
    });
}

void Client::tagImage(const QString &reference, const QString &newTag, Answer<void> answer)
{
    const NameAndTag name = splitReference(newTag);
    const auto request = d->transport->request("/images/" + inPath(reference) + "/tag",
                                               {{u"repo"_s, name.name}, {u"tag"_s, name.tag}});
    d->ask("POST", request,
           [answer](const base::Result<Reply> &reply) { answer(reply.transform([](const Reply &) {})); });
}

void Client::removeImage(const QString &reference, bool force, Answer<QStringList> answer)
{
    const auto request =
        d->transport->request("/images/" + inPath(reference), {{u"force"_s, force ? u"1"_s : u"0"_s}});
    d->ask("DELETE", request, [answer](const base::Result<Reply> &reply) {
        if (!reply)
            return answer(std::unexpected(reply.error()));
        QStringList removed;
        const QJsonArray items = QJsonDocument::fromJson(reply->body).array();
        for (const QJsonValue &item : items)
            removed += item["Untagged"_L1].toString(item["Deleted"_L1].toString());
        answer(removed);
    });
}

std::function<void()> Client::pullImage(const QString &reference, const QString &platform,
                                        std::function<void(const PullProgress &)> progress,
                                        Answer<void> answer)
{
    auto *pull = new Pull(d->transport, reference, platform, std::move(progress), std::move(answer));
    return [pull = QPointer(pull)] {
        if (pull)
            pull->abort();
    };
}

void Client::runOnce(const QString &reference, const QStringList &command, Answer<RunOutcome> answer)
{
    new ContainerRun(d->transport, reference, command, std::move(answer));
}

void Client::followEvents()
{
    if (d->events)
        return;
    d->events = new EventFollower(d->transport, this);
    connect(d->events, &EventFollower::imagesChanged, this, &Client::imagesChanged);
    connect(d->events, &EventFollower::reachableChanged, this, &Client::reachableChanged);
}

}
