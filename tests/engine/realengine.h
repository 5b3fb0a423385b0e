// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"
#include "support/buildrun.h"

#include <QTest>

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

/// What the tests on that engine share: each takes it, or skips with the reason.
class EngineTest : public QObject
{
protected:
    /// For initTestCase(), which goes on only while !QTest::currentTestResolved(). `wanted`: what the engine
    /// must be able to do.
    void takeEngine(engine::Ability engine::BuildAbilities::*wanted = nullptr)
    {
        if (!RealEngine::isThere())
            QSKIP(RealEngine::whyNot);
        m_engine = std::make_unique<RealEngine>();
        QVERIFY2(m_engine->client, qPrintable(m_engine->problem));
        m_can = engine::abilities(*m_engine->client->info());
        if (wanted && !(m_can.*wanted).can)
            QSKIP(qPrintable((m_can.*wanted).reason));
    }

    std::unique_ptr<RealEngine> m_engine;
    engine::BuildAbilities m_can;
};
