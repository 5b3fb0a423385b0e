// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = engine::BuildStep::State;

/// Builds on an engine that is really there: by BuildKit's own protocol, and with STAGELOOM_TEST_WAY=rest by
/// POST /build.
class TestBuild : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { takeEngine(); }
    void cleanupTestCase() { m_engine.reset(); }

    void aFileIsCopiedIntoAnEmptyImage()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"a file with spaces.txt"_s), "content\n");
        const auto run = build("FROM scratch\nCOPY [\"a file with spaces.txt\", \"/a\"]\n", folder.path());
        QVERIFY2(run->outcome->succeeded(), qPrintable(run->error()));
        QVERIFY(run->outcome->imageId.startsWith("sha256:"_L1));
        QCOMPARE(run->timesFinished, 1);
    }

    // Why the verb that makes a heredoc of a RUN refuses a file with CR LF.
    void theShellOfAHeredocGetsTheCarriageReturns()
    {
        if (m_engine->client->info()->isPodman)
            QSKIP("Podman's builds know no heredocs");
        QTemporaryDir folder;
        engine::BuildRequest request =
            requestFor("FROM alpine\r\nRUN <<EOF\r\nset -e\r\ntrue\r\nEOF\r\n", folder.path());
        request.baseImages = {u"alpine"_s};
        BuildRun heredoc(m_engine->client, request, m_way);
        QVERIFY(heredoc.wait());
        QVERIFY2(!heredoc.outcome->succeeded(), "then the verb need not refuse it any more");
        request = requestFor("FROM alpine\r\nRUN set -e && \\\r\n    true\r\n", folder.path());
        request.baseImages = {u"alpine"_s};
        BuildRun continued(m_engine->client, request, m_way);
        QVERIFY(continued.wait());
        QVERIFY2(continued.outcome->succeeded(), qPrintable(continued.error()));
    }

    void theSampleIsBuiltInTwoStagesAndSaysHello()
    {
        const QByteArray dockerfile = "FROM golang:alpine AS builder\n"
                                      "WORKDIR /build\n"
                                      "COPY . .\n"
                                      "RUN CGO_ENABLED=0 go build -o hello ./hello.go\n"
                                      "FROM alpine\n"
                                      "COPY --from=builder /build/hello /hello\n"
                                      "CMD [\"/hello\"]\n";
        engine::BuildRequest request = requestFor(dockerfile, u"" SOURCE_DIR "/resources/samples/hello"_s);
        request.baseImages = {u"golang:alpine"_s, u"alpine"_s};
        request.tags = {u"stageloom-test/hello:v1"_s};
        request.noCache = true;
        BuildRun run(m_engine->client, request, m_way);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto *compile = run.step(u"RUN CGO_ENABLED=0"_s);
        QVERIFY(compile);
        QCOMPARE(compile->stage, u"builder"_s);
        QCOMPARE(compile->state, State::Done);
        QVERIFY(compile->duration > 0s);
        const auto *copy = run.step(u"COPY --from=builder"_s);
        QVERIFY(copy);
        QCOMPARE(copy->stage, u"stage-1"_s);

        const auto said = await<engine::Client::RunOutcome>(
            [this](auto answer) { m_engine->client->runOnce(u"stageloom-test/hello:v1"_s, {}, answer); });
        QVERIFY(said);
        QCOMPARE(said->exitCode, 0);
        QVERIFY2(said->output.contains("hello world!"), said->output.constData());

        request.noCache = false;
        BuildRun again(m_engine->client, request, m_way);
        QVERIFY(again.wait());
        QVERIFY2(again.outcome->succeeded(), qPrintable(again.error()));
        if (!m_engine->client->info()->isPodman) // which gives the image a new time
            QCOMPARE(again.outcome->imageId, run.outcome->imageId);
        for (const engine::BuildStep &step : again.steps) {
            if (!step.isInternal() && !step.instruction.startsWith("FROM"_L1))
                QVERIFY2(step.state == State::Cached, qPrintable(step.name));
        }
    }

    void argumentsAndTargetReachTheBuild()
    {
        engine::BuildRequest request = requestFor("FROM alpine AS first\n"
                                                  "ARG WORD=unset\n"
                                                  "RUN echo \"the word is ${WORD}\"\n"
                                                  "FROM first AS second\n"
                                                  "RUN false\n");
        request.target = u"first"_s;
        request.buildArgs = {{u"WORD"_s, u"süß & \"quoted\""_s}};
        request.noCache = true;
        BuildRun run(m_engine->client, request, m_way);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.log.contains(u"the word is süß & \"quoted\""_s), qPrintable(run.log));
    }

    void noCacheRunsEachStepAgain()
    {
        engine::BuildRequest request = requestFor("FROM alpine\nRUN echo again\n");
        BuildRun(m_engine->client, request, m_way).wait();
        request.noCache = true;
        BuildRun run(m_engine->client, request, m_way);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(run.step(u"RUN echo"_s)->state, State::Done);
    }

    void aFailingStepIsNamedWithItsExitCodeAndItsLog()
    {
        const auto run = build("FROM alpine\nRUN echo before\nRUN echo the reason; exit 42\n");
        QVERIFY(run->outcome->error);
        QVERIFY2(run->outcome->error->message.contains("exit code 42"_L1), qPrintable(run->error()));
        QVERIFY2(run->outcome->error->detail.contains("the reason"_L1),
                 qPrintable(run->outcome->error->detail));
        const auto *step = run->step(u"RUN echo the reason"_s);
        QVERIFY(step);
        QCOMPARE(run->outcome->failedStep, step->id);
        QCOMPARE(step->state, State::Failed);
        QVERIFY(run->outcome->imageId.isEmpty());
    }

    void aDockerfileThatCannotBeReadNamesTheRow()
    {
        const auto run = build("FROM alpine\n\n# the next is no instruction\nRUNN true\n");
        QVERIFY(run->outcome->error);
        if (!m_engine->client->info()->isPodman) // which tells none
            QCOMPARE(run->outcome->errorRow, 4);
        QVERIFY2(run->outcome->error->message.contains("RUNN"_L1), qPrintable(run->error()));
        QVERIFY2(!run->outcome->error->message.contains("imagebuilder"_L1), qPrintable(run->error()));
        QVERIFY(!run->outcome->error->message.contains("rpc error"_L1));
    }

    void aMissingFileIsNamed()
    {
        const auto run = build("FROM scratch\nCOPY nothere /\n");
        QVERIFY(run->outcome->error);
        QVERIFY2(run->outcome->error->message.contains("nothere"_L1), qPrintable(run->error()));
        QVERIFY2(!run->outcome->error->hint.isEmpty(), qPrintable(run->error()));
    }

    void aTagThatIsNoReferenceIsRefusedInWords()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"large"_s), QByteArray(5'000'000, 'x'));
        engine::BuildRequest request = requestFor("FROM scratch\nCOPY large /\n", folder.path());
        request.tags = {u"Not A Reference!"_s};
        BuildRun run(m_engine->client, request, m_way);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QVERIFY2(run.outcome->error->message.contains("reference"_L1), qPrintable(run.error()));
    }

    void aMissingBaseImageIsNamed()
    {
        engine::BuildRequest request = requestFor("FROM 127.0.0.1:9/nothing:v1\n");
        request.baseImages = {u"127.0.0.1:9/nothing:v1"_s};
        BuildRun run(m_engine->client, request, m_way);
        QVERIFY(run.wait());
        QVERIFY(run.outcome->error);
        QVERIFY2(run.error().contains("127.0.0.1:9/nothing:v1"_L1), qPrintable(run.error()));
        QVERIFY(!run.outcome->failedStep.isEmpty());
        QVERIFY(!run.outcome->error->hint.isEmpty());
    }

    void aCancelledBuildEndsWithinASecondAndItsProgramWithIt()
    {
        // A duration that no other process on this machine sleeps, of an earlier run that was killed neither.
        const QByteArray duration = QByteArray::number(1'000'000 + QCoreApplication::applicationPid());
        const QByteArray text = "FROM alpine\nRUN echo running && sleep " + duration + "\n";
        engine::BuildRequest request = requestFor(text);
        request.noCache = true;
        BuildRun run(m_engine->client, request, m_way);
        QTRY_VERIFY_WITH_TIMEOUT(run.log.contains("running"_L1) || run.outcome, 30s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        QTRY_VERIFY(isSleeping(duration));
        QElapsedTimer clock;
        clock.start();
        run.job.cancel();
        QVERIFY(run.wait(1s));
        QVERIFY(clock.elapsed() < 1000);
        QCOMPARE(run.outcome->error->kind, base::Error::Kind::Cancelled);
        QCOMPARE(run.step(u"RUN echo running"_s)->state, State::Cancelled);
        if (!m_engine->client->info()->isPodman) // which lets it run to its end
            QTRY_VERIFY_WITH_TIMEOUT(!isSleeping(duration), 5s);
        QCOMPARE(run.timesFinished, 1);

        const auto next = build("FROM alpine\nRUN echo next\n");
        QVERIFY2(next->outcome->succeeded(), qPrintable(next->error()));
    }

    void aLargeContextIsSentInSmallPieces()
    {
        QTemporaryDir folder;
        const QByteArray block(1'000'000, 'x');
        QFile file(folder.filePath(u"large"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 300; ++i)
            file.write(block);
        file.close();
        const qint64 before = residentBytes();
        engine::BuildRequest request = requestFor("FROM scratch\nCOPY small /\n", folder.path());
        write(folder.filePath(u"small"_s), "s");
        request.files = filesIn(folder.path());
        BuildRun run(m_engine->client, request, m_way);
        qint64 most = 0;
        QTimer watch;
        connect(&watch, &QTimer::timeout, this, [&most] { most = std::max(most, residentBytes()); });
        watch.start(10ms);
        QVERIFY(run.wait(120s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(most - before < 40'000'000, qPrintable(QString::number(most - before)));
        if (m_way == BuildRun::Way::Rest)
            QCOMPARE(run.step(u"send build context"_s)->progress.front().completed, true);
    }

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    static engine::BuildRequest requestFor(const QByteArray &dockerfile, const QString &folder = {})
    {
        engine::BuildRequest request;
        request.contextFolder = folder;
        if (!folder.isEmpty())
            request.files = filesIn(folder);
        request.dockerfile = dockerfile;
        return request;
    }

    std::unique_ptr<BuildRun> build(const QByteArray &dockerfile, const QString &folder = {})
    {
        auto run = std::make_unique<BuildRun>(m_engine->client, requestFor(dockerfile, folder), m_way);
        if (!run->wait())
            qFatal("the build has no end");
        return run;
    }

    /// Whether any process of this machine has this argument; the engine's processes are seen from here.
    static bool isSleeping(const QByteArray &argument)
    {
        const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
        return std::ranges::any_of(processes, [&argument](const QString &process) {
            QFile file(u"/proc/"_s + process + u"/cmdline"_s);
            if (!file.open(QIODevice::ReadOnly))
                return false;
            const QByteArrayList words = file.readAll().split('\0');
            return words.first().endsWith("sleep") && words.contains(argument);
        });
    }

    static qint64 residentBytes()
    {
        QFile file(u"/proc/self/statm"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').at(1).toLongLong() * 4096 : 0;
    }

    const BuildRun::Way m_way =
        qEnvironmentVariable("STAGELOOM_TEST_WAY") == "rest"_L1 ? BuildRun::Way::Rest : BuildRun::Way::Best;
};

QTEST_GUILESS_MAIN(TestBuild)
#include "tst_build.moc"
