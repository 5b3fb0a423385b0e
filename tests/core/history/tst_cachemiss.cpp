// SPDX-License-Identifier: Apache-2.0
#include "history/cachemiss.h"
#include "history/recordjson.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace history;
using Kind = MissReason::Kind;

namespace {

StepRecord step(const QString &written, const std::vector<int> &parents,
                const std::vector<TakenFile> &files = {})
{
    return {.name = u"[builder 1/4] "_s + written,
            .state = u"cached"_s,
            .durationNs = 1,
            .row = 1,
            .inputs = StepInputs{.stage = u"builder"_s,
                                 .written = written,
                                 .expanded = written,
                                 .variables = {},
                                 .baseDigest = {},
                                 .files = files,
                                 .parents = parents,
                                 .cacheRefused = false}};
}

// FROM, COPY go.mod go.sum, RUN go mod download, COPY . ., RUN go build: all out of the cache.
BuildRecord sample()
{
    BuildRecord record;
    record.steps = {step(u"FROM golang"_s, {}),
                    step(u"COPY go.mod go.sum ./"_s, {0}, {{u"go.mod"_s, u"1"_s, {}}, {u"go.sum"_s, u"1"_s, {}}}),
                    step(u"RUN go mod download"_s, {1}),
                    step(u"COPY . ."_s, {2}, {{u"go.sum"_s, u"1"_s, {}}, {u"main.go"_s, u"1"_s, {}}}),
                    step(u"RUN go build"_s, {3})};
    record.steps[0].inputs->baseDigest = u"sha256:aaaaaaaaaaaaaaaa"_s;
    record.steps[4].inputs->variables = {{u"VERSION"_s, u"1"_s, false}};
    return record;
}

BuildRecord ranFrom(BuildRecord record, std::size_t first)
{
    for (std::size_t i = first; i < record.steps.size(); ++i)
        record.steps[i].state = u"done"_s;
    return record;
}

}

class TestCacheMiss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBuildOutOfTheCacheHasNothingToExplain() { QVERIFY(explainMisses(sample(), sample()).empty()); }

    void theFirstBuildSaysThatThereWasNoneBefore()
    {
        const auto misses = explainMisses({}, ranFrom(sample(), 0));
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].reasons[0].kind, Kind::FirstBuild);
        QCOMPARE(misses[0].followers, 4);
    }

    void aChangedFileIsNamedAndTheStepsAfterItAreCounted()
    {
        BuildRecord now = ranFrom(sample(), 1);
        now.steps[1].inputs->files[1].digest = u"2"_s;
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].step, 1);
        QCOMPARE(misses[0].followers, 3);
        QCOMPARE(missInWords(misses[0], now),
                 u"step builder 1/4 ran again: go.sum changed; 3 steps follow"_s);
    }

    void aFileThatALaterStepTakesAgainIsSaidOnce()
    {
        BuildRecord now = ranFrom(sample(), 1);
        now.steps[1].inputs->files[1].digest = u"2"_s;
        now.steps[3].inputs->files[0].digest = u"2"_s;
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].followers, 3);
    }

    void filesThatCameAndWentCountAsChanged()
    {
        BuildRecord now = ranFrom(sample(), 3);
        now.steps[3].inputs->files = {{u"a.go"_s, u"1"_s, {}}, {u"go.sum"_s, u"1"_s, {}}};
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].reasons[0].names, (QStringList{u"a.go"_s, u"main.go"_s}));
    }

    void eachKindOfInputIsToldApart_data()
    {
        using Change = std::function<void(StepInputs &)>;
        QTest::addColumn<int>("at");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("words");
        QTest::newRow("text") << 2 << Change([](StepInputs &i) { i.written = u"RUN go mod download -x"_s; })
                              << u"its text changed"_s;
        QTest::newRow("base") << 0
                              << Change([](StepInputs &i) { i.baseDigest = u"sha256:bbbbbbbbbbbbbbbb"_s; })
                              << u"the base image changed from aaaaaaaaaaaa to bbbbbbbbbbbb"_s;
        QTest::newRow("variable") << 4 << Change([](StepInputs &i) { i.variables[0].value = u"2"_s; })
                                  << u"VERSION changed from 1 to 2"_s;
        QTest::newRow("variable gone")
            << 4 << Change([](StepInputs &i) { i.variables.clear(); }) << u"VERSION changed"_s;
        QTest::newRow("secret-like variable")
            << 4 << Change([](StepInputs &i) { i.variables = {{u"VERSION"_s, u"f00d"_s, true}}; })
            << u"VERSION changed"_s;
        QTest::newRow("no cache") << 2 << Change([](StepInputs &i) { i.cacheRefused = true; })
                                  << u"the build was asked not to use the cache"_s;
        QTest::newRow("nothing that we know")
            << 2 << Change([](StepInputs &) {})
            << u"nothing it depends on changed: its cache was pruned, or made by another builder"_s;
    }
    void eachKindOfInputIsToldApart()
    {
        QFETCH(int, at);
        QFETCH(std::function<void(StepInputs &)>, change);
        QFETCH(QString, words);
        BuildRecord now = ranFrom(sample(), std::size_t(at));
        change(*now.steps[std::size_t(at)].inputs);
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].step, at);
        QCOMPARE(reasonInWords(misses[0].reasons[0]), words);
        QCOMPARE(misses[0].followers, 4 - at);
    }

    void aFromOfTheSameImageMissesNothing()
    {
        BuildRecord now = sample();
        now.steps[0].state = u"done"_s;
        QVERIFY(explainMisses(sample(), now).empty());
    }

    void aChangedBaseIsTheCauseThroughStepsOutOfTheCache()
    {
        BuildRecord now = ranFrom(sample(), 3);
        now.steps[0].inputs->baseDigest = u"sha256:bbbbbbbbbbbbbbbb"_s;
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].step, 0);
        QCOMPARE(misses[0].followers, 2);
        for (auto &one : now.steps)
            one.state = u"cached"_s;
        QVERIFY(explainMisses(sample(), now).empty());
    }

    void aNewStepInTheMiddleIsNoChangeOfItsNeighbours()
    {
        BuildRecord now = sample();
        now.steps.insert(now.steps.begin() + 2, step(u"WORKDIR /src"_s, {1}));
        now.steps[3].inputs->parents = {2};
        now.steps[4].inputs->parents = {3};
        now.steps[5].inputs->parents = {4};
        now = ranFrom(now, 2);
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].reasons[0].kind, Kind::NewStep);
        QCOMPARE(misses[0].followers, 3);
    }

    void aStepWithAReasonOfItsOwnBesideItsParentsSaysBoth()
    {
        BuildRecord now = ranFrom(sample(), 1);
        now.steps[1].inputs->files[0].digest = u"2"_s;
        now.steps[4].inputs->variables[0].value = u"2"_s;
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 2);
        QCOMPARE(misses[1].reasons.size(), 2);
        QCOMPARE(misses[1].reasons[1].kind, Kind::ParentRan);
    }

    void parentsMayBeToldAfterTheirChildrenAndCirclesEnd()
    {
        BuildRecord now = sample();
        std::swap(now.steps[1], now.steps[4]); // go build first
        now.steps[1].inputs->parents = {3};
        now.steps[2].inputs->parents = {4};
        now = ranFrom(now, 1);
        now.steps[4].inputs->files[0].digest = u"2"_s;
        const auto misses = explainMisses(sample(), now);
        QCOMPARE(misses.size(), 1);
        QCOMPARE(misses[0].step, 4);
        QCOMPARE(misses[0].followers, 3);
        now.steps[4].inputs->parents = {1};
        QVERIFY(!explainMisses(sample(), now).empty());
    }

    void whatWasRememberedOfInputsComesBack()
    {
        BuildRecord record = sample();
        record.steps[4].inputs->variables[0].isDigest = true;
        record.steps[4].inputs->cacheRefused = true;
        record.steps.push_back({.name = u"[internal] load"_s, .state = u"done"_s, .durationNs = 3, .row = 0});
        QCOMPARE(stepsFromJson(stepsToJson(record.steps)), record.steps);
    }
};

QTEST_GUILESS_MAIN(TestCacheMiss)
#include "tst_cachemiss.moc"
