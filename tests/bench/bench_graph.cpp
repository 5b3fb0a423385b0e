// SPDX-License-Identifier: Apache-2.0
// A graph of 200 stages and 600 edges: laid out, and drawn again for each move of the mouse.
// QT_QPA_PLATFORM=offscreen will do: the pictures are painted all the same.
#include "graph/graphitems.h"
#include "graph/graphlayout.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>

#include <algorithm>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int stages = 200;

/// FROM, a copy from each of two others and, for most, the context: three edges a stage.
QString largeFile()
{
    QString text;
    for (int i = 0; i < stages; ++i) {
        text +=
            u"FROM %1 AS s%2\nWORKDIR /src\n"_s.arg(i == 0 ? u"golang:1.24"_s : u"s%1"_s.arg(i / 2)).arg(i);
        for (int k = 1; k <= 2 && i - k * 7 >= 0; ++k)
            text += u"COPY --from=s%1 /out/x%1 /in/\n"_s.arg(i - k * 7);
        if (i < 22)
            text += u"COPY go.mod go.sum ./\n"_s;
        text += u"RUN go build -o /out/x%1 .\nENTRYPOINT [\"/out/x%1\"]\n\n"_s.arg(i);
    }
    return text;
}

void layOut(benchmark::State &state)
{
    const auto graph = graph::build(dockerfile::parse(largeFile()));
    QHash<graph::NodeKey, QSizeF> sizes;
    for (const auto &stage : graph.stages)
        sizes.insert(stage.key, {276, 150});
    const std::vector<QSizeF> labels(graph.edges.size(), QSizeF(120, 20));
    for (auto _ : state)
        benchmark::DoNotOptimize(graph::layOut(graph, sizes, labels, graph::Direction::LeftToRight));
    state.counters["edges"] = double(graph.edges.size());
}

struct Shown
{
    Shown()
    {
        view.resize(1280, 800);
        view.show();
        workspace.replaceDocument(largeFile());
        QEventLoop untilLaidOut;
        QObject::connect(&view.graphScene(), &ui::GraphScene::laidOut, &untilLaidOut, &QEventLoop::quit);
        view.showDocument(workspace.snapshot());
        untilLaidOut.exec();
        QCoreApplication::processEvents();
    }
    void send(QEvent::Type type, QPointF at, Qt::MouseButtons buttons)
    {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, view.viewport()->mapToGlobal(at), button, buttons, {});
        QCoreApplication::sendEvent(view.viewport(), &event);
        QCoreApplication::processEvents();
    }
    /// Presses, moves once an iteration, and tells the median and the slowest frame.
    void drag(benchmark::State &state, QPointF from)
    {
        std::vector<qint64> frames;
        send(QEvent::MouseButtonPress, from, Qt::LeftButton);
        QElapsedTimer timer;
        int step = 0;
        for (auto _ : state) {
            timer.start();
            const QPointF by(3 * (step % 60 < 30 ? step % 30 : 30 - step % 30), step % 40);
            send(QEvent::MouseMove, from + by, Qt::LeftButton);
            frames.push_back(timer.nsecsElapsed());
            ++step;
        }
        send(QEvent::MouseButtonRelease, from, Qt::NoButton);
        std::ranges::sort(frames);
        state.counters["median_ms"] = double(frames[frames.size() / 2]) / 1e6;
        state.counters["p95_ms"] = double(frames[frames.size() * 95 / 100]) / 1e6;
        state.counters["frames_per_s"] = 1e9 / double(frames[frames.size() / 2]);
    }

    workspace::Workspace workspace;
    ui::GraphView view;
};

enum class Zoom { Readable, All };

// The ground is dragged: everything moves.
void pan(benchmark::State &state, Zoom zoom)
{
    Shown shown;
    if (zoom == Zoom::All)
        shown.view.fit();
    QPointF ground(2, 2);
    while (shown.view.graphScene().cardAt(shown.view.mapToScene(ground.toPoint())) != nullptr)
        ground += QPointF(7, 11);
    shown.drag(state, ground);
}

// An edge is dragged out of a card: only that edge moves.
void dragAnEdge(benchmark::State &state, Zoom zoom)
{
    Shown shown;
    if (zoom == Zoom::All)
        shown.view.fit();
    const auto &graph = shown.view.graphScene().graph();
    const ui::CardItem *card = shown.view.graphScene().card(graph.stages[size_t(graph.target)].key);
    for (const auto *other : shown.view.graphScene().cards()) {
        if (shown.view.viewport()->rect().contains(shown.view.mapFromScene(other->outPort())))
            card = other;
    }
    shown.drag(state, shown.view.mapFromScene(card->outPort()));
}

// A key that a card shows.
void typeInACard(benchmark::State &state)
{
    Shown shown;
    const qsizetype at = shown.workspace.snapshot().text.indexOf(u"-o /out/x150");
    std::vector<qint64> frames;
    QElapsedTimer timer;
    for (auto _ : state) {
        for (const base::TextEdit &edit : {base::TextEdit({at, 0}, u"x"_s), base::TextEdit({at, 1}, {})}) {
            shown.workspace.apply(edit);
            timer.start();
            shown.view.showSnapshot(shown.workspace.snapshot());
            QCoreApplication::processEvents();
            frames.push_back(timer.nsecsElapsed());
        }
    }
    std::ranges::sort(frames);
    state.counters["median_ms"] = double(frames[frames.size() / 2]) / 1e6;
}

}

BENCHMARK(layOut)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(pan, readable, Zoom::Readable)->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK_CAPTURE(pan, all, Zoom::All)->Unit(benchmark::kMillisecond)->Iterations(100);
BENCHMARK_CAPTURE(dragAnEdge, readable, Zoom::Readable)->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK_CAPTURE(dragAnEdge, all, Zoom::All)->Unit(benchmark::kMillisecond)->Iterations(100);
BENCHMARK(typeInACard)->Unit(benchmark::kMillisecond)->Iterations(50);

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
