// SPDX-License-Identifier: Apache-2.0
#include "engine/client.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// Tries one after the other; dies with its owner, or after the answer.
class Search : public QObject
{
public:
    using Answer = std::function<void(base::Result<std::shared_ptr<Client>>)>;

    Search(QObject *owner, const Candidates &candidates, Answer answer)
        : QObject(owner)
        , m_answer(std::move(answer))
        , m_failures(candidates.problems)
    {
        if (candidates.binding >= 0)
            m_endpoints = {candidates.endpoints.at(std::size_t(candidates.binding))};
        else if (candidates.problems
                     .empty()) // what a person chose and cannot be read is no reason to take another
            m_endpoints = candidates.endpoints;
        QMetaObject::invokeMethod(this, [this] { tryNext(); }, Qt::QueuedConnection);
    }

private:
    void tryNext()
    {
        if (m_next == m_endpoints.size())
            return finish(std::unexpected(summary()));
        const Endpoint &endpoint = m_endpoints.at(m_next++);
        m_client =
            std::shared_ptr<Client>(new Client(endpoint), [](Client *client) { client->deleteLater(); });
        m_client->connectToEngine([this](const base::Result<EngineInfo> &info) {
            if (info)
                return finish(m_client);
            m_failures.push_back(info.error());
            tryNext();
        });
    }

    void finish(base::Result<std::shared_ptr<Client>> result)
    {
        deleteLater();
        std::exchange(m_answer, nullptr)(std::move(result));
    }

    /// One failure is told as it is. Of several, the one that is nearest to an engine gives message and hint:
    /// somebody is there but refuses, or is silent; the rest is the detail.
    [[nodiscard]] base::Error summary() const
    {
        if (m_failures.size() == 1)
            return m_failures.front();
        const auto isAbsent = [](const base::Error &failure) {
            return failure.kind == base::Error::Kind::Unreachable;
        };
        const auto nearest = std::ranges::find_if_not(m_failures, isAbsent);
        base::Error error{
            .kind = base::Error::Kind::Unreachable,
            .message = Words::tr("no container engine answers on this machine"),
            .where = {},
            .hint = Words::tr("Start one with \"sudo systemctl start docker\", install Docker or Podman, or "
                              "run packaging/run.sh, which does it for you."),
            .detail = {}};
        if (nearest != m_failures.end())
            error = *nearest;
        QStringList lines;
        for (const base::Error &failure : m_failures)
            lines += failure.where + u": " + failure.message;
        error.detail = Words::tr("Tried:") + u'\n' + lines.join(u'\n');
        return error;
    }

    Answer m_answer;
    std::vector<Endpoint> m_endpoints;
    std::vector<base::Error> m_failures;
    std::size_t m_next = 0;
    std::shared_ptr<Client> m_client;
};

}

void connectToFirst(QObject *owner, const Candidates &candidates,
                    std::function<void(base::Result<std::shared_ptr<Client>>)> answer)
{
    new Search(owner, candidates, std::move(answer));
}

}
