// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/http2/http2connection.h"

#include <QHash>

namespace engine {

/// The answering side of gRPC over HTTP/2: the engine calls, the services answer.
class GrpcServer : public Http2Connection
{
public:
    using Services = std::vector<std::shared_ptr<SessionService>>;

    explicit GrpcServer(const Services &services);
    ~GrpcServer() override;

    /// What the session announces: the methods of all services.
    [[nodiscard]] static QByteArrayList methods(const Services &services);

protected:
    std::shared_ptr<Http2Stream> accept() override;

private:
    class Stream;
    using Table = QHash<QByteArray, std::shared_ptr<SessionService>>;
    std::shared_ptr<const Table> m_table; // shared with the streams, which may outlive us
    std::shared_ptr<qsizetype> m_held =
        std::make_shared<qsizetype>(0); ///< of messages that are not whole, by all
};

}
