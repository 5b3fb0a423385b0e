// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/connection.h"

namespace engine {

/// Whether a BuildKit's own configuration grants an entitlement, which it tells nobody: a build that does
/// nothing is opened with it, and closed when it has begun. It is refused before, or not at all. Deleting it
/// ends the question without an answer.
class EntitlementQuestion
{
public:
    /// Those of the names that are refused; one that nothing was learned of is not among them.
    using Answer = std::function<void(const QStringList &refused)>;

    EntitlementQuestion(std::shared_ptr<Remote> remote, const QStringList &names, Answer answer);
    ~EntitlementQuestion();
    EntitlementQuestion(const EntitlementQuestion &) = delete;
    EntitlementQuestion &operator=(const EntitlementQuestion &) = delete;

private:
    std::shared_ptr<Remote> m_remote;
    std::shared_ptr<Mailbox> m_mailbox = Mailbox::make();
    std::shared_ptr<QObject *> m_asking = std::make_shared<QObject *>(nullptr); ///< the worker's
};

}
