// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"
#include "engine/words.h"

#include <algorithm>

namespace engine {

/// Someone who answers one call of the engine, as long as it lasts.
class CallAnswerer : public std::enable_shared_from_this<CallAnswerer>
{
public:
    virtual ~CallAnswerer() = default;
    virtual void received(const QByteArray &message) = 0;
    virtual void halfClosed() = 0;
    virtual void drained() {}
    /// Finished, reset or lost; the call must not be touched any more.
    virtual void gone() = 0;
};

/// The calls that a service answers at the moment. They end with the service.
class LiveCalls
{
public:
    void add(const std::shared_ptr<ServerCall> &call, const std::shared_ptr<CallAnswerer> &answerer)
    {
        const std::weak_ptr<CallAnswerer> weak = answerer;
        m_answerers->push_back(answerer);
        call->received = [weak](const QByteArray &message) {
            if (const auto alive = weak.lock())
                alive->received(message);
        };
        call->halfClosed = [weak] {
            if (const auto alive = weak.lock())
                alive->halfClosed();
        };
        call->drained = [weak] {
            if (const auto alive = weak.lock())
                alive->drained();
        };
        call->gone = [weak, list = std::weak_ptr(m_answerers)] {
            const auto alive = weak.lock();
            if (!alive)
                return;
            alive->gone();
            if (const auto answerers = list.lock())
                std::erase(*answerers, alive);
        };
    }

    /// For calls of one question and one answer: `answer` gets the first message. It must not hold the call
    /// itself, only weakly.
    void answerOnce(const std::shared_ptr<ServerCall> &call,
                    std::function<void(const std::shared_ptr<ServerCall> &, const QByteArray &)> answer)
    {
        const std::weak_ptr<ServerCall> weak = call;
        auto isAsked = std::make_shared<bool>(false);
        call->received = [weak, isAsked, list = std::weak_ptr(m_answerers),
                          answer = std::move(answer)](const QByteArray &message) {
            const auto alive = weak.lock();
            if (alive && !list.expired() && !std::exchange(*isAsked, true))
                answer(alive, message);
        };
        call->halfClosed = [weak, isAsked] {
            const auto alive = weak.lock();
            if (alive && !std::exchange(*isAsked, true))
                alive->finish({GrpcCode::InvalidArgument, Words::tr("no question came with the call"), {}});
        };
    }

private:
    std::shared_ptr<std::vector<std::shared_ptr<CallAnswerer>>> m_answerers =
        std::make_shared<std::vector<std::shared_ptr<CallAnswerer>>>();
};

}
