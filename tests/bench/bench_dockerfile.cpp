// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/tree.h"
#include "generatedfile.h"
#include "graph/livegraph.h"
#include "lint/linter.h"
#include "lint/rule.h"
#include "lint/ruleset.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>

#include <benchmark/benchmark.h>

namespace {

void parseWholeFile(benchmark::State &state)
{
    const QString text = generatedDockerfile(int(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(dockerfile::parse(text));
    state.SetBytesProcessed(state.iterations() * text.toUtf8().size());
}

// One key in the middle, then its removal: the tree alone.
void editOneKey(benchmark::State &state)
{
    auto tree = dockerfile::parse(generatedDockerfile(int(state.range(0))));
    const qsizetype middle = tree.lineRange(tree.lineCount() / 2).end() - 1;
    const base::TextEdit insert({middle, 0}, QStringLiteral("x"));
    const base::TextEdit remove({middle, 1}, {});
    for (auto _ : state) {
        tree = tree.edited(insert);
        tree = tree.edited(remove);
    }
    state.SetItemsProcessed(state.iterations() * 2);
}

// One key in the middle: the graph alone, when a key changes nothing that it knows, and when it does.
void updateGraph(benchmark::State &state, const QString &key, QStringView before)
{
    const QString text = generatedDockerfile(int(state.range(0)));
    auto tree = dockerfile::parse(text);
    const qsizetype at = text.indexOf(before, text.size() / 2);
    const base::TextEdit insert({at, 0}, key);
    const base::TextEdit remove({at, key.size()}, {});
    graph::LiveGraph live;
    auto graph = live.updated({}, tree);
    const auto other = tree.edited(insert);
    for (auto _ : state) {
        graph = live.updated(std::move(graph), other);
        graph = live.updated(std::move(graph), tree);
    }
    state.SetItemsProcessed(state.iterations() * 2);
}
void keyInACommand(benchmark::State &state)
{
    updateGraph(state, QStringLiteral("x"), u"go build");
}
void keyInAPath(benchmark::State &state)
{
    updateGraph(state, QStringLiteral("x"), u"/in/");
}
void returnInAStage(benchmark::State &state)
{
    updateGraph(state, QStringLiteral("\n"), u"LABEL");
}
void keyInANameOfAStage(benchmark::State &state)
{
    updateGraph(state, QStringLiteral("x"), u"\n# what this stage");
}

void graphOfWholeFile(benchmark::State &state)
{
    const auto tree = dockerfile::parse(generatedDockerfile(int(state.range(0))));
    for (auto _ : state)
        benchmark::DoNotOptimize(graph::build(tree));
}

// The work that follows a quiet moment, in the pool.
void lintWholeFile(benchmark::State &state)
{
    const auto tree = dockerfile::parse(generatedDockerfile(int(state.range(0))));
    const auto graph = graph::build(tree);
    size_t findings = 0;
    for (auto _ : state)
        findings = lint::run(tree, graph, {}).size();
    state.counters["findings"] = double(findings);
}

// One rule, after the instructions were read for all of them.
void checkRule(benchmark::State &state, const lint::Rule *rule)
{
    const auto tree = dockerfile::parse(generatedDockerfile(int(state.range(0))));
    const auto graph = graph::build(tree);
    const lint::Facts facts;
    const lint::Input input(tree, graph, facts);
    for (auto _ : state)
        benchmark::DoNotOptimize(rule->check(input));
}

// One key typed in the middle as the program does it: text, tree, graph, findings moved to where they are now
// and everybody told. The median, as single keys are felt.
void typeOneKey(benchmark::State &state)
{
    workspace::Workspace workspace;
    QString text = generatedDockerfile(int(state.range(0)));
    text.replace(QStringLiteral("LABEL stage="),
                 QStringLiteral("ENV secret_key=")); // a finding in every stage
    workspace.replaceDocument(text);
    QEventLoop untilLinted;
    QObject::connect(&workspace, &workspace::Workspace::findingsChanged, &untilLinted, &QEventLoop::quit);
    untilLinted.exec();
    const qsizetype at = text.indexOf(u"go build", text.size() / 2);
    std::vector<qint64> nanoseconds;
    QElapsedTimer timer;
    for (auto _ : state) {
        for (const base::TextEdit &edit :
             {base::TextEdit({at, 0}, QStringLiteral("x")), base::TextEdit({at, 1}, {})}) {
            timer.start();
            workspace.apply(edit);
            nanoseconds.push_back(timer.nsecsElapsed());
        }
    }
    std::ranges::sort(nanoseconds);
    state.SetItemsProcessed(state.iterations() * 2);
    state.counters["median_us"] = double(nanoseconds[nanoseconds.size() / 2]) / 1000;
    state.counters["worst_us"] = double(nanoseconds.back()) / 1000;
    state.counters["findings"] = double(workspace.findings().size());
}

}

namespace {

void sizes(benchmark::internal::Benchmark *bench)
{
    for (const int rows : {103, 1013, 5003, 20000, 100000})
        bench->Arg(rows)->Unit(benchmark::kMicrosecond);
}

}

BENCHMARK(parseWholeFile)->Apply(sizes);
BENCHMARK(editOneKey)->Apply(sizes);
BENCHMARK(keyInACommand)->Apply(sizes);
BENCHMARK(keyInAPath)->Apply(sizes);
BENCHMARK(returnInAStage)->Apply(sizes);
BENCHMARK(keyInANameOfAStage)->Apply(sizes);
BENCHMARK(graphOfWholeFile)->Apply(sizes);
BENCHMARK(typeOneKey)->Apply(sizes);
BENCHMARK(lintWholeFile)->Apply(sizes);

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    for (const lint::Rule *rule : lint::allRules()) {
        const QByteArray name = "rule/" + QByteArray(rule->id.data(), rule->id.size());
        benchmark::RegisterBenchmark(name.constData(), checkRule, rule)
            ->Arg(5003)
            ->Arg(20000)
            ->Unit(benchmark::kMicrosecond);
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
