// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/rest/jsonstream.h"
#include "engine/rest/request.h"

namespace engine {

/// Follows GET /events for images and comes back after a loss, waiting longer each time.
class EventFollower : public QObject
{
    Q_OBJECT

public:
    explicit EventFollower(Transport *transport, QObject *parent = nullptr);

Q_SIGNALS:
    void imagesChanged(); ///< at most 5 times a second
    void reachableChanged(bool reachable);

private:
    void follow();
    void handleHead();
    void handleLoss();

    Transport *m_transport;
    JsonStream m_stream;
    QTimer m_compress;
    std::chrono::milliseconds m_delay;
    bool m_wasReachable = true; ///< it connected before it followed
};

}
