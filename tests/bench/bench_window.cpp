// SPDX-License-Identifier: Apache-2.0
// One key typed into the whole window: text, tree, graph, inspector, build options and the editor's own
// painting.
#include "commands/commandstack.h"
#include "dockerfile/textfile.h"
#include "editor/dockerfileeditor.h"
#include "generatedfile.h"
#include "window/enginehub.h"
#include "window/mainwindow.h"
#include "window/settings.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTextCursor>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;

namespace {

void typeOneKey(benchmark::State &state)
{
    QTemporaryDir home;
    app::Settings settings(home.filePath(u"settings.ini"_s));
    app::EngineHub hub;
    workspace::Workspace document;
    ui::CommandStack stack(document);
    app::MainWindow window({document, stack, settings, hub, nullptr});
    window.resize(1280, 800);
    window.show();
    const QString path = home.filePath(u"Dockerfile"_s);
    if (!dockerfile::writeTextFile(path, generatedDockerfile(int(state.range(0)))))
        state.SkipWithError("cannot write the Dockerfile");
    window.open(path);
    auto *editor = window.findChild<ui::DockerfileEditor *>();
    editor->setFocus();
    editor->goToRow(int(state.range(0)) / 2);
    QCoreApplication::processEvents();
    QKeyEvent press(QEvent::KeyPress, Qt::Key_X, Qt::NoModifier, u"x"_s);
    for (auto _ : state) {
        QCoreApplication::sendEvent(editor, &press);
        QCoreApplication::processEvents(); // what the key made to be painted
    }
    stack.undoStack()->setClean();
}

}

BENCHMARK(typeOneKey)->Arg(103)->Arg(1013)->Arg(5003)->Unit(benchmark::kMillisecond)->Iterations(100);

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
