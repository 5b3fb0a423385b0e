// SPDX-License-Identifier: Apache-2.0
// What the editor asks while one types, near the end of a file: the argument is the number of rows.
#include "dockerfile/tree.h"
#include "generatedfile.h"
#include "language/completion.h"
#include "language/expansion.h"
#include "language/folding.h"
#include "language/hover.h"
#include "language/outline.h"
#include "language/rowedits.h"
#include "language/symbols.h"

#include <benchmark/benchmark.h>

namespace {

using namespace Qt::StringLiterals;

// The generated file with a few lines more, and the place of one of them.
struct Asked
{
    dockerfile::Tree tree;
    graph::StageGraph graph;
    qsizetype offset = 0;

    Asked(benchmark::State &state, const QString &last, const QString &before)
    {
        const QString start =
            u"ARG VERSION=1.2\n"_s + generatedDockerfile(int(state.range(0))) + u"\nARG VERSION\n"_s;
        tree = dockerfile::parse(start + last);
        graph = graph::build(tree);
        offset = start.size() + last.indexOf(before) + before.size();
    }
};

template <class Ask>
void ask(benchmark::State &state, const QString &last, const QString &before, Ask question)
{
    const Asked asked(state, last, before);
    for (auto _ : state)
        benchmark::DoNotOptimize(question(asked));
}

language::Facts facts()
{
    language::Facts some;
    some.listFolder = [](const QString &) {
        std::vector<language::FolderEntry> entries;
        for (int i = 0; i < 1000; ++i)
            entries.push_back({u"file%1.go"_s.arg(i)});
        return entries;
    };
    return some;
}

void completeKeyword(benchmark::State &state)
{
    ask(state, u"CO\n"_s, u"CO"_s,
        [](const Asked &a) { return language::complete(a.tree, a.graph, a.offset); });
}
void completeVariable(benchmark::State &state)
{
    ask(state, u"LABEL v=$V\n"_s, u"$V"_s,
        [](const Asked &a) { return language::complete(a.tree, a.graph, a.offset); });
}
void completeFrom(benchmark::State &state)
{
    ask(state, u"COPY --from= x\n"_s, u"--from="_s,
        [](const Asked &a) { return language::complete(a.tree, a.graph, a.offset); });
}
void completeContextOfAThousandFiles(benchmark::State &state)
{
    ask(state, u"COPY f\n"_s, u"COPY f"_s,
        [f = facts()](const Asked &a) { return language::complete(a.tree, a.graph, a.offset, f); });
}
void completeProducedPath(benchmark::State &state)
{
    ask(state, u"COPY --from=40 /\n"_s, u"--from=40 /"_s,
        [](const Asked &a) { return language::complete(a.tree, a.graph, a.offset); });
}
void hoverVariable(benchmark::State &state)
{
    ask(state, u"LABEL v=$VERSION\n"_s, u"$VER"_s,
        [](const Asked &a) { return language::hover(a.tree, a.graph, a.offset); });
}
void hoverStage(benchmark::State &state)
{
    ask(state, u"COPY --from=0 a b\n"_s, u"--from="_s,
        [](const Asked &a) { return language::hover(a.tree, a.graph, a.offset); });
}
void expandInstruction(benchmark::State &state)
{
    ask(state, u"LABEL v=$VERSION\n"_s, u"$VER"_s,
        [](const Asked &a) { return language::expansionOf(a.tree, a.tree.lineAt(a.offset)); });
}
void goToDefinition(benchmark::State &state)
{
    ask(state, u"LABEL v=$VERSION\n"_s, u"$VER"_s,
        [](const Asked &a) { return language::symbolAt(a.tree, a.graph, a.offset); });
}
void findReferencesOfVariable(benchmark::State &state)
{
    ask(state, u"LABEL v=$VERSION\n"_s, u"$VER"_s,
        [](const Asked &a) { return language::references(a.tree, a.graph, a.offset); });
}
void findReferencesOfStage(benchmark::State &state)
{
    ask(state, u"FROM a AS lastone\n"_s, u"lastone"_s,
        [](const Asked &a) { return language::references(a.tree, a.graph, a.offset); });
}
void renameVariable(benchmark::State &state)
{
    ask(state, u"LABEL v=$VERSION\n"_s, u"$VER"_s,
        [](const Asked &a) { return language::whyNoRename(a.tree, a.graph, a.offset, u"BRAND_NEW"_s); });
}
void foldsOfTheFile(benchmark::State &state)
{
    ask(state, {}, {}, [](const Asked &a) { return language::folds(a.tree, a.graph); });
}
void outlineOfTheFile(benchmark::State &state)
{
    ask(state, {}, {}, [](const Asked &a) { return language::outline(a.tree, a.graph); });
}
void indentOfANewRow(benchmark::State &state)
{
    ask(state, u"RUN a \\\n"_s, u"RUN a \\"_s,
        [](const Asked &a) { return language::indentAfter(a.tree, a.offset); });
}

}

#define SIZES ->Arg(1013)->Arg(5003)->Unit(benchmark::kMicrosecond)
BENCHMARK(completeKeyword) SIZES;
BENCHMARK(completeVariable) SIZES;
BENCHMARK(completeFrom) SIZES;
BENCHMARK(completeContextOfAThousandFiles) SIZES;
BENCHMARK(completeProducedPath) SIZES;
BENCHMARK(hoverVariable) SIZES;
BENCHMARK(hoverStage) SIZES;
BENCHMARK(expandInstruction) SIZES;
BENCHMARK(goToDefinition) SIZES;
BENCHMARK(findReferencesOfVariable) SIZES;
BENCHMARK(findReferencesOfStage) SIZES;
BENCHMARK(renameVariable) SIZES;
BENCHMARK(foldsOfTheFile) SIZES;
BENCHMARK(outlineOfTheFile) SIZES;
BENCHMARK(indentOfANewRow) SIZES;
BENCHMARK_MAIN();
