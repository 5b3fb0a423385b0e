// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/buildrun.h"

/// The engine of STAGELOOM_TEST_ENGINE, connected.
struct RealEngine
{
    static constexpr const char *whyNot =
        "STAGELOOM_TEST_ENGINE names no engine; packaging/test.sh starts one";
    static bool isThere() { return qEnvironmentVariableIsSet("STAGELOOM_TEST_ENGINE"); }

    explicit RealEngine(const QString &url = qEnvironmentVariable("STAGELOOM_TEST_ENGINE"))
    {
        const auto endpoint = engine::parseHost(url, QStringLiteral("STAGELOOM_TEST_ENGINE"));
        if (!endpoint) {
            problem = endpoint.error().text();
            return;
        }
        auto candidate = std::make_shared<engine::Client>(*endpoint);
        const auto info =
            await<engine::EngineInfo>([&candidate](auto answer) { candidate->connectToEngine(answer); });
        if (info)
            client = candidate;
        else
            problem = info.error().text();
    }

    std::shared_ptr<engine::Client> client;
    QString problem;
};
