// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/sessionservices/filesync.h"
#include "fakeengine.h"
#include "treefixture.h"

#include <QtTest>

struct Problem
{
    base::Error error;
    bool ended;
};

/// A service of one folder, called "context", with what it reports.
struct Sync
{
    explicit Sync(std::vector<engine::LocalSource> sources)
        : service(engine::makeFileSync(std::move(sources), {.problem = [this](const auto &error, bool ended) {
                                           problems.push_back({error, ended});
                                       }}))
    {}
    explicit Sync(const TreeFixture &tree)
        : Sync(std::vector{engine::LocalSource{.name = QStringLiteral("context"), .folder = tree.path()}})
    {}

    std::vector<Problem> problems;
    std::unique_ptr<engine::SessionService> service;
};

inline engine::Metadata context(const engine::Metadata &more = {})
{
    engine::Metadata metadata{{"dir-name", "context"}};
    metadata.insert(metadata.end(), more.begin(), more.end());
    return metadata;
}

/// All that an engine which wants everything gets.
inline void serve(Sync &sync, FakeReceiver &receiver)
{
    sync.service->serve(receiver.call);
    QVERIFY(receiver.call->waitForEnd());
}
