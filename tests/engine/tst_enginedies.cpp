// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// An engine of its own, started and killed by the script of STAGELOOM_TEST_ENGINE_HELPER.
class TestEngineDies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("STAGELOOM_TEST_ENGINE_HELPER"))
            QSKIP("STAGELOOM_TEST_ENGINE_HELPER names no script that starts engines; packaging/test.sh sets "
                  "it");
    }
    void cleanupTestCase()
    {
        if (qEnvironmentVariableIsSet("STAGELOOM_TEST_ENGINE_HELPER"))
            helper(u"stop"_s);
    }

    void aBuildWhoseEngineIsKilledEndsAndTheNextOneWorks()
    {
        const QString socket = helper(u"start"_s);
        QVERIFY2(!socket.isEmpty(), "the engine starts");
        RealEngine engine(u"unix://"_s + socket);
        QVERIFY2(engine.client, qPrintable(engine.problem));
        helper(u"load"_s, {u"alpine:latest"_s});

        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo running && sleep 87654\n";
        request.noCache = true;
        BuildRun run(engine.client, request);
        QTRY_VERIFY_WITH_TIMEOUT(run.log.contains("running"_L1) || run.outcome, 60s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        helper(u"kill"_s);
        QVERIFY(run.wait(10s));
        QVERIFY(run.outcome->error);
        QVERIFY(run.outcome->error->kind != base::Error::Kind::Cancelled);
        QVERIFY2(run.outcome->error->message.contains("engine"_L1), qPrintable(run.error()));
        QVERIFY(!run.outcome->error->hint.isEmpty());
        QCOMPARE(run.timesFinished, 1);
        for (const engine::BuildStep &step : run.steps)
            QVERIFY2(step.state != engine::BuildStep::State::Running, qPrintable(step.name));

        BuildRun without(engine.client, request);
        QVERIFY(without.wait(20s));
        QVERIFY(without.outcome->error);

        QVERIFY(!helper(u"start"_s).isEmpty());
        request.dockerfile = "FROM alpine\nRUN echo again\n";
        BuildRun next(engine.client, request);
        QVERIFY(next.wait());
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
    }

    void aBuildOutlastsAnEngineThatIsSilentForFortySeconds()
    {
        RealEngine engine(u"unix://"_s + helper(u"start"_s));
        QVERIFY2(engine.client, qPrintable(engine.problem));
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo running && sleep 3 && echo after\n";
        request.noCache = true;
        BuildRun run(engine.client, request);
        QList<std::chrono::seconds> told;
        QObject::connect(&run.job, &engine::BuildJob::engineSilent, &run.job,
                         [&told](std::chrono::seconds time) { told += time; });
        QTRY_VERIFY_WITH_TIMEOUT(run.log.contains("running"_L1) || run.outcome, 60s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        helper(u"pause"_s);
        QTest::qWait(40s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        const QList<std::chrono::seconds> silences = told;
        helper(u"resume"_s);
        // It is told while it lasts, each second, and when it is over.
        QVERIFY(silences.size() >= 2);
        QVERIFY(silences.front() >= 15s);
        QVERIFY(silences.back() > silences.front());
        QTRY_VERIFY_WITH_TIMEOUT(told.back() == 0s || run.outcome, 20s);
        QVERIFY(run.wait(60s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY(run.log.contains("after"_L1));
    }

    void aSilentEngineDoesNotHoldUpCancelling()
    {
        RealEngine engine(u"unix://"_s + helper(u"start"_s));
        QVERIFY2(engine.client, qPrintable(engine.problem));
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo running && sleep 87654\n";
        request.noCache = true;
        BuildRun run(engine.client, request);
        QTRY_VERIFY_WITH_TIMEOUT(run.log.contains("running"_L1) || run.outcome, 60s);
        helper(u"pause"_s);
        run.job.cancel();
        const bool hasEnded = run.wait(1s);
        helper(u"resume"_s);
        QVERIFY(hasEnded);
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Cancelled);
        request.dockerfile = "FROM alpine\nRUN echo next\n";
        BuildRun next(engine.client, request);
        QVERIFY(next.wait());
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
    }

    void aBuildWhoseEngineIsRestartedEndsAndKeepsItsLog()
    {
        RealEngine engine(u"unix://"_s + helper(u"start"_s));
        QVERIFY2(engine.client, qPrintable(engine.problem));
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo running && sleep 87654\n";
        request.noCache = true;
        BuildRun run(engine.client, request);
        QTRY_VERIFY_WITH_TIMEOUT(run.log.contains("running"_L1) || run.outcome, 60s);
        helper(u"stop"_s);
        QVERIFY(!helper(u"start"_s).isEmpty());
        QVERIFY(run.wait(30s));
        QVERIFY(run.outcome->error);
        QVERIFY2(!run.error().contains("rpc error"_L1), qPrintable(run.error()));
        QVERIFY(run.log.contains("running"_L1));
        request.dockerfile = "FROM alpine\nRUN echo next\n";
        BuildRun next(engine.client, request);
        QVERIFY(next.wait());
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
    }

private:
    /// The last line that the script prints; empty when it failed.
    static QString helper(const QString &verb, const QStringList &images = {})
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(qEnvironmentVariable("STAGELOOM_TEST_ENGINE_HELPER"),
                      QStringList{verb, u"dies"_s} + images);
        if (!process.waitForFinished(300'000) || process.exitCode() != 0)
            return {};
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed().section(u'\n', -1);
    }
};

QTEST_GUILESS_MAIN(TestEngineDies)
#include "tst_enginedies.moc"
