// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QTemporaryDir>

#include <memory>

/// The BuildKit of an engine as if it were one of its own, on a socket where it is spoken to at once: what a
/// builder of buildx's driver "remote" names. Lives in the thread of the test.
class BuildKitFront : public QObject
{
public:
    explicit BuildKitFront(const QString &engineSocket)
        : m_engineSocket(engineSocket)
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            while (QLocalSocket *client = m_server.nextPendingConnection())
                join(client);
        });
        m_server.listen(path());
    }

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("buildkitd.sock")); }
    int connections = 0;

private:
    void join(QLocalSocket *client)
    {
        ++connections;
        auto *engine = new QLocalSocket(client);
        auto isUpgraded = std::make_shared<bool>(false);
        auto head = std::make_shared<QByteArray>();
        const auto toEngine = [client, engine, isUpgraded] {
            if (*isUpgraded)
                engine->write(client->readAll());
        };
        connect(client, &QLocalSocket::readyRead, engine, toEngine);
        connect(engine, &QLocalSocket::readyRead, engine, [client, engine, isUpgraded, head, toEngine] {
            if (*isUpgraded) {
                client->write(engine->readAll());
                return;
            }
            *head += engine->readAll();
            const qsizetype end = head->indexOf("\r\n\r\n");
            if (end < 0)
                return;
            *isUpgraded = true;
            client->write(head->sliced(end + 4));
            toEngine();
        });
        connect(engine, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        engine->connectToServer(m_engineSocket);
        engine->write("POST /grpc HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    }

    QString m_engineSocket;
    QTemporaryDir m_folder;
    QLocalServer m_server;
};
