// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/buildtrace.h"
#include "engine/classicbuild/steplines.h"
#include "engine/steps/stepname.h"

#include <status.pb.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = engine::BuildStep::State;
namespace wire = stageloom::buildkit;

class TestBuildTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreReadAsBuildKitWritesThem_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("platform");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("instruction");
        const QString none;
        QTest::newRow("a named stage")
            << u"[builder 3/5] RUN go build"_s << none << u"builder"_s << 3 << 5 << u"RUN go build"_s;
        QTest::newRow("an unnamed second one")
            << u"[stage-1 2/2] COPY a b"_s << none << u"stage-1"_s << 2 << 2 << u"COPY a b"_s;
        QTest::newRow("the only one")
            << u"[2/5] RUN true"_s << none << u"stage-0"_s << 2 << 5 << u"RUN true"_s;
        QTest::newRow("a platform") << u"[linux/arm64 builder 3/5] RUN x"_s << u"linux/arm64"_s
                                    << u"builder"_s << 3 << 5 << u"RUN x"_s;
        QTest::newRow("a platform and no name")
            << u"[linux/arm/v7 1/1] FROM x"_s << u"linux/arm/v7"_s << u"stage-0"_s << 1 << 1 << u"FROM x"_s;
        QTest::newRow("cross-compiling") << u"[linux/amd64->arm64 b 1/2] RUN x"_s << u"linux/amd64->arm64"_s
                                         << u"b"_s << 1 << 2 << u"RUN x"_s;
        QTest::newRow("internal") << u"[internal] load build context"_s << none << none << 0 << 0
                                  << u"load build context"_s;
        QTest::newRow("a token") << u"[auth] library/alpine:pull token"_s << none << none << 0 << 0
                                 << u"library/alpine:pull token"_s;
        QTest::newRow("the export") << u"exporting to image"_s << none << none << 0 << 0
                                    << u"exporting to image"_s;
        QTest::newRow("an instruction with brackets")
            << u"[a 1/1] RUN [ -f x ]"_s << none << u"a"_s << 1 << 1 << u"RUN [ -f x ]"_s;
        QTest::newRow("an open bracket") << u"[what"_s << none << none << 0 << 0 << u"[what"_s;
        QTest::newRow("empty brackets") << u"[] x"_s << none << none << 0 << 0 << u"x"_s;
    }
    void namesAreReadAsBuildKitWritesThem()
    {
        engine::BuildStep step;
        QFETCH(QString, name);
        step.name = name;
        engine::readStepName(step);
        QTEST(step.platform, "platform");
        QTEST(step.stage, "stage");
        QTEST(step.position, "position");
        QTEST(step.count, "count");
        QTEST(step.instruction, "instruction");
    }

    void aStepGoesThroughItsStates()
    {
        engine::BuildTrace trace;
        wire::StatusResponse message;
        addVertex(message, "d1", "[a 1/2] FROM alpine");
        addVertex(message, "d2", "[a 2/2] RUN x")->add_inputs("d1");
        QCOMPARE(trace.feed(bytesOf(message))->changed, (QStringList{u"d1"_s, u"d2"_s}));
        QCOMPARE(trace.step(u"d2"_s).state, State::Waiting);
        QCOMPARE(trace.step(u"d2"_s).inputs, QStringList{u"d1"_s});
        QVERIFY(trace.feed(bytesOf(message))->changed.isEmpty()); // the same again is no news

        feedVertex(trace, "d2", [](wire::Vertex *it) { it->mutable_started()->set_seconds(100); });
        QCOMPARE(trace.step(u"d2"_s).state, State::Running);
        QVERIFY(trace.step(u"d2"_s).completed.isNull());
        feedVertex(trace, "d2", [](wire::Vertex *it) {
            it->mutable_started()->set_seconds(100);
            it->mutable_completed()->set_seconds(103);
            it->mutable_completed()->set_nanos(5);
        });
        QCOMPARE(trace.step(u"d2"_s).state, State::Done);
        QCOMPARE(trace.step(u"d2"_s).duration, 3s + 5ns);
        QCOMPARE(trace.step(u"d2"_s).completed.toSecsSinceEpoch(), 103);
        feedVertex(trace, "d1", [](wire::Vertex *it) {
            it->set_cached(true);
            it->mutable_started()->set_seconds(1);
            it->mutable_completed()->set_seconds(1);
        });
        QCOMPARE(trace.step(u"d1"_s).state, State::Cached);
    }

    void intervalsOfOneStepAddUp()
    {
        engine::BuildTrace trace;
        const auto interval = [&trace](int start, int end) {
            feedVertex(trace, "d", [start, end](wire::Vertex *it) {
                it->mutable_started()->set_seconds(start);
                if (end > 0)
                    it->mutable_completed()->set_seconds(end);
            });
        };
        interval(10, 0);
        interval(10, 12);
        interval(20, 0);
        QCOMPARE(trace.step(u"d"_s).state, State::Running);
        interval(20, 25);
        QCOMPARE(trace.step(u"d"_s).state, State::Done);
        QCOMPARE(trace.step(u"d"_s).duration, 7s);
        QCOMPARE(trace.step(u"d"_s).started.toSecsSinceEpoch(), 10);
        QCOMPARE(trace.step(u"d"_s).completed.toSecsSinceEpoch(), 25);
    }

    void failureAndCancellationAreToldApart()
    {
        engine::BuildTrace trace;
        feedVertex(trace, "a",
                   [](wire::Vertex *it) { it->set_error("process did not complete: exit code: 1"); });
        feedVertex(trace, "b", [](wire::Vertex *it) { it->set_error("rpc error: context canceled"); });
        QCOMPARE(trace.step(u"a"_s).state, State::Failed);
        QCOMPARE(trace.step(u"b"_s).state, State::Cancelled);
        QCOMPARE(trace.failedStep(), u"a"_s);
    }

    void charactersOfALogAreNeverCut()
    {
        const QByteArray text = "für 日本 🚀\n";
        for (qsizetype cut = 0; cut <= text.size(); ++cut) {
            engine::BuildTrace trace;
            QString joined;
            for (const QByteArray &part : {text.first(cut), text.sliced(cut)}) {
                wire::StatusResponse message;
                addLog(message, 1, part);
                addLog(message, 2, "E"); // the other stream in between
                const auto news = trace.feed(bytesOf(message));
                for (const auto &log : news->logs) {
                    if (log.text != "E"_L1)
                        joined += log.text;
                }
            }
            QCOMPARE(joined, QString::fromUtf8(text));
        }
    }

    void theEndOfALongLogIsKept()
    {
        engine::BuildTrace trace;
        for (int i = 0; i < 100'000; ++i)
            trace.appendLog(u"d"_s, u"line %1\n"_s.arg(i));
        QVERIFY(trace.logTail(u"d"_s).size() < 64 * 1024);
        QVERIFY(trace.logTail(u"d"_s).startsWith("line "_L1));
        QVERIFY(trace.logTail(u"d"_s).endsWith("line 99999\n"_L1));
        QVERIFY(trace.logTail(u"unknown"_s).isEmpty());
    }

    void bytesAreProgress()
    {
        engine::BuildTrace trace;
        wire::StatusResponse message;
        auto *status = message.add_statuses();
        status->set_id("sha256:1");
        status->set_vertex("d");
        status->set_current(5);
        status->set_total(10);
        const auto news = trace.feed(bytesOf(message));
        QCOMPARE(news->progress, QStringList{u"d"_s});
        QVERIFY(news->changed.isEmpty());
        QCOMPARE(trace.step(u"d"_s).progress.front().current, 5);
        QVERIFY(trace.feed(bytesOf(message))->progress.isEmpty());
        status->mutable_completed()->set_seconds(1);
        trace.feed(bytesOf(message));
        QCOMPARE(trace.step(u"d"_s).progress.size(), std::size_t(1));
        QVERIFY(trace.step(u"d"_s).progress.front().completed);
    }

    void warningsHaveTheirRows()
    {
        engine::BuildTrace trace;
        wire::StatusResponse message;
        auto *warning = message.add_warnings();
        warning->set_short_("StageNameCasing: no capitals");
        warning->set_url("https://docs.docker.com/go/x");
        auto *range = warning->add_ranges();
        range->mutable_start()->set_line(3);
        range->mutable_end()->set_line(4);
        const auto news = trace.feed(bytesOf(message));
        QCOMPARE(news->warnings,
                 (std::vector<engine::BuildWarning>{
                     {u"StageNameCasing: no capitals"_s, u"https://docs.docker.com/go/x"_s, 3, 4}}));
    }

    void noPrefixOfAMessageBreaksTheReader()
    {
        wire::StatusResponse message;
        addVertex(message, "digest", "[a 1/2] FROM alpine")->mutable_started()->set_seconds(5);
        addLog(message, 1, "text");
        const QByteArray whole = bytesOf(message);
        for (qsizetype size = 0; size < whole.size(); ++size) {
            engine::BuildTrace trace;
            trace.feed(whole.first(size));
        }
        engine::BuildTrace trace;
        QVERIFY(!trace.feed("\xff\xff\xff\xff\xff"));
    }

    void podmansLinesBecomeSteps()
    {
        const QString said = u"[1/2] STEP 1/3: FROM golang:alpine AS builder\n"
                             "[1/2] STEP 2/3: RUN go build\n"
                             "--> Using cache 5b0b\n"
                             "--> 5b0b\n"
                             "[2/2] STEP 1/2: FROM alpine\n"
                             "[2/2] STEP 2/2: RUN echo hi\n"
                             "hi\n"
                             "COMMIT x"_s;
        for (qsizetype cut = 0; cut <= said.size(); ++cut) {
            engine::BuildTrace trace;
            engine::StepLines lines(trace);
            lines.feed(said.first(cut));
            lines.feed(said.sliced(cut));
            lines.finish(false, {});
            QCOMPARE(trace.ids().size(), 4);
            QCOMPARE(trace.step(u"step:1:2"_s).stage, u"builder"_s);
            QCOMPARE(trace.step(u"step:1:2"_s).state, State::Cached);
            QCOMPARE(trace.step(u"step:1:2"_s).instruction, u"RUN go build"_s);
            QCOMPARE(trace.step(u"step:2:2"_s).stage, u"stage-1"_s);
            QCOMPARE(trace.step(u"step:2:2"_s).state, State::Done);
            QVERIFY(trace.logTail(u"step:2:2"_s).startsWith("hi\n"_L1));
        }
    }

private:
    static QByteArray bytesOf(const wire::StatusResponse &message)
    {
        return QByteArray::fromStdString(message.SerializeAsString());
    }
    static wire::Vertex *addVertex(wire::StatusResponse &message, const char *digest, const char *name)
    {
        auto *vertex = message.add_vertexes();
        vertex->set_digest(digest);
        vertex->set_name(name);
        return vertex;
    }
    static void addLog(wire::StatusResponse &message, int stream, const QByteArray &text)
    {
        auto *log = message.add_logs();
        log->set_vertex("d");
        log->set_stream(stream);
        log->set_msg(text.toStdString());
    }
    template <class Fill>
    static void feedVertex(engine::BuildTrace &trace, const char *digest, Fill fill)
    {
        wire::StatusResponse message;
        fill(addVertex(message, digest, "[a 1/1] RUN x"));
        QVERIFY(trace.feed(bytesOf(message)));
    }
};

QTEST_GUILESS_MAIN(TestBuildTrace)
#include "tst_buildtrace.moc"
