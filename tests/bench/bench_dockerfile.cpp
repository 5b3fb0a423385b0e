// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/tree.h"
#include "generatedfile.h"
#include "graph/stagegraph.h"

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

// One key in the middle as the workspace handles it: tree and graph.
void editOneKeyWithGraph(benchmark::State &state)
{
    auto tree = dockerfile::parse(generatedDockerfile(int(state.range(0))));
    const qsizetype middle = tree.lineRange(tree.lineCount() / 2).end() - 1;
    const base::TextEdit insert({middle, 0}, QStringLiteral("x"));
    const base::TextEdit remove({middle, 1}, {});
    for (auto _ : state) {
        tree = tree.edited(insert);
        benchmark::DoNotOptimize(graph::build(tree));
        tree = tree.edited(remove);
        benchmark::DoNotOptimize(graph::build(tree));
    }
    state.SetItemsProcessed(state.iterations() * 2);
}

}

BENCHMARK(parseWholeFile)->Arg(103)->Arg(1013)->Arg(5003)->Arg(100000)->Unit(benchmark::kMicrosecond);
BENCHMARK(editOneKey)->Arg(103)->Arg(1013)->Arg(5003)->Arg(100000)->Unit(benchmark::kMicrosecond);
BENCHMARK(editOneKeyWithGraph)->Arg(103)->Arg(1013)->Arg(5003)->Arg(100000)->Unit(benchmark::kMicrosecond);
BENCHMARK_MAIN();
