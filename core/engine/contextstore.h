// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/endpoint.h"

namespace engine {

/// The docker CLI's own settings: config.json and the contexts beside it.
class ContextStore
{
public:
    /// `folder` is $DOCKER_CONFIG or ~/.docker; it need not exist.
    explicit ContextStore(QString folder)
        : m_folder(std::move(folder))
    {}

    /// currentContext of config.json; empty when there is none, or the file cannot be read.
    [[nodiscard]] QString currentContext() const;
    /// Names of the stored contexts, sorted; "default" is never stored.
    [[nodiscard]] QStringList names() const;
    /// The docker endpoint of a stored context, TLS files included.
    [[nodiscard]] base::Result<Endpoint> endpoint(const QString &contextName) const;

private:
    QString m_folder;
};

}
