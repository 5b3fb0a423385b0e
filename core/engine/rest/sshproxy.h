// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/bytestream.h"

#include <QLocalServer>
#include <QTemporaryDir>

namespace engine {

/// A socket on this machine behind which an engine on another one answers: each connection to it becomes an
/// ssh of the user with `docker system dial-stdio` at its end. What HTTP needs, since it can use no process.
class SshProxy : public QObject
{
public:
    explicit SshProxy(Endpoint endpoint, QObject *parent = nullptr);
    ~SshProxy() override;

    /// In a folder that only this user may enter; empty when it could not be made.
    [[nodiscard]] QString path() const { return m_path; }

private:
    Endpoint m_endpoint;
    QTemporaryDir m_folder;
    QString m_path;
    QLocalServer m_server;
};

}
