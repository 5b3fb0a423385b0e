// SPDX-License-Identifier: Apache-2.0
#include "engine/timeline.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::BuildStep;
using engine::Timeline;
using State = BuildStep::State;

namespace {

const QDateTime begin(QDate(2026, 1, 1), QTime(12, 0), QTimeZone::UTC);

BuildStep step(const QString &id, const QString &stage, int from, int to, const QStringList &inputs,
               State state = State::Done)
{
    BuildStep step;
    step.id = id;
    step.stage = stage;
    step.position = stage.isEmpty() ? 0 : 1;
    step.name = u'[' + stage + u"] "_s + id;
    step.instruction = id;
    step.inputs = inputs;
    step.state = state;
    if (from >= 0)
        step.started = begin.addMSecs(from);
    if (to >= 0)
        step.completed = begin.addMSecs(to);
    return step;
}

}

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachStageHasALaneAndTheEnginesOwnComesLast()
    {
        const auto timeline =
            engine::timelineOf({step(u"load"_s, {}, 0, 10, {}), step(u"a"_s, u"one"_s, 10, 30, {}),
                                step(u"b"_s, u"two"_s, 10, 20, {}), step(u"c"_s, u"one"_s, 30, 40, {})},
                               {}, begin);
        QCOMPARE(timeline.lanes.size(), 3);
        QCOMPARE(timeline.lanes[0].stage, u"one"_s);
        QCOMPARE(timeline.lanes[0].bars.size(), 2);
        QCOMPARE(timeline.lanes[1].stage, u"two"_s);
        QVERIFY(timeline.lanes[2].stage.isEmpty());
        QCOMPARE(timeline.total, 40ms);
        QCOMPARE(timeline.stepTime, 50ms);
    }

    void platformsOfOneStageHaveLanesOfTheirOwn()
    {
        auto arm = step(u"b"_s, u"one"_s, 0, 10, {});
        arm.platform = u"linux/arm64"_s;
        QCOMPARE(engine::timelineOf({step(u"a"_s, u"one"_s, 0, 10, {}), arm}, {}, begin).lanes.size(), 2);
    }

    void theCriticalPathGoesThroughTheInputsThatEndedLast()
    {
        const auto timeline = engine::timelineOf(
            {step(u"base"_s, u"one"_s, 0, 10, {}), step(u"slow"_s, u"one"_s, 10, 90, {u"base"_s}),
             step(u"quick"_s, u"two"_s, 10, 20, {u"base"_s}),
             step(u"final"_s, u"two"_s, 90, 95, {u"quick"_s, u"slow"_s})},
            {}, begin);
        QCOMPARE(timeline.criticalPath, (QStringList{u"base"_s, u"slow"_s, u"final"_s}));
        QVERIFY(!timeline.lanes[1].bars[0].isCritical);
    }

    void aRunningStepEndsNowAndAWaitingOneHasNoBar()
    {
        const auto timeline =
            engine::timelineOf({step(u"run"_s, u"one"_s, 0, -1, {}, State::Running),
                                step(u"wait"_s, u"one"_s, -1, -1, {u"run"_s}, State::Waiting)},
                               {}, begin.addMSecs(250));
        QCOMPARE(timeline.lanes[0].bars.size(), 1);
        QCOMPARE(timeline.lanes[0].bars[0].end, 250ms);
        QVERIFY(!timeline.hitRatio());
    }

    void theCacheIsWorthWhatItsStepsLastTook()
    {
        const auto timeline = engine::timelineOf({step(u"a"_s, u"one"_s, -1, -1, {}, State::Cached),
                                                  step(u"b"_s, u"one"_s, 0, 1, {u"a"_s}, State::Cached),
                                                  step(u"c"_s, u"one"_s, 1, 5, {u"b"_s}),
                                                  step(u"own"_s, {}, 0, 1, {}, State::Cached)},
                                                 {{u"[one] a"_s, 3s}}, begin);
        QCOMPARE(timeline.countedCount, 3);
        QCOMPARE(timeline.cachedCount, 2);
        QCOMPARE(timeline.saved, 3s);
        QCOMPARE(timeline.savedKnown, 1);
        QVERIFY(qFuzzyCompare(*timeline.hitRatio(), 2.0 / 3));
    }

    void aBuildWithoutStepsIsEmptyAndACircleEnds()
    {
        QCOMPARE(engine::timelineOf({}, {}, begin), Timeline());
        const auto timeline = engine::timelineOf(
            {step(u"a"_s, u"one"_s, 0, 1, {u"b"_s}), step(u"b"_s, u"one"_s, 0, 2, {u"a"_s})}, {}, begin);
        QCOMPARE(timeline.criticalPath.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
