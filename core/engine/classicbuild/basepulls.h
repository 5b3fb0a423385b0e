// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/client.h"
#include "engine/steps/stepboard.h"

namespace engine {

/// Sees to it that the base images are there before the build: a build without a session cannot pull what
/// needs a token on engines before 29.6. Each pull is a step, "pull:alpine:latest". Dies without an answer
/// when deleted.
class BasePulls : public QObject
{
public:
    BasePulls(Client *client, StepBoard *board, const BuildRequest &request, Client::Answer<void> answer,
              QObject *parent);
    ~BasePulls() override;

private:
    void next();
    [[nodiscard]] QString platformOf(const QString &reference) const;
    void pull(const QString &reference);
    void note(const QString &stepId, const Client::PullProgress &progress);
    void end(const QString &stepId, const base::Result<void> &result);
    void finish(const base::Result<void> &result);

    Client *m_client;
    StepBoard *m_board;
    QStringList m_references;
    BuildRequest m_request;
    Client::Answer<void> m_answer;
    std::function<void()> m_abort;
};

}
