// SPDX-License-Identifier: Apache-2.0
#include "window/compositionroot.h"

#include "commands/commandstack.h"
#include "history/historystore.h"
#include "theme/theme.h"
#include "window/documentswindow.h"
#include "window/enginehub.h"
#include "window/settings.h"
#include "window/undopassthrough.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>

#include <cstdio>

namespace app {

using namespace Qt::StringLiterals;

namespace {

struct Wish
{
    bool sample = false;
    QStringList paths;
};

std::optional<Wish> readArguments()
{
    QCommandLineParser parser;
    parser.addOption({u"sample"_s, u"sample"_s});
    parser.addPositionalArgument(u"FILE"_s, u"Dockerfiles or folders"_s);
    if (!parser.parse(QCoreApplication::arguments())) {
        std::fprintf(stderr, "stageloom: %s\n\"stageloom --help\" shows how it is used.\n",
                     qPrintable(parser.errorText()));
        return {};
    }
    return Wish{.sample = parser.isSet(u"sample"_s), .paths = parser.positionalArguments()};
}

}

int runWindow(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"stageloom"_s);
    QApplication::setApplicationDisplayName(u"Stageloom"_s);
    QApplication::setApplicationVersion(QStringLiteral(STAGELOOM_VERSION));
    QApplication::setDesktopFileName(u"org.stageloom.Stageloom"_s);
    QApplication::setWindowIcon(QIcon(u":/stageloom/org.stageloom.Stageloom.svg"_s));
    const auto wish = readArguments();
    if (!wish)
        return 2;

    // In the order of their dependence: what comes later may use what comes before, and dies first.
    Settings settings;
    ui::applyTheme(application, settings.scheme());
    QObject::connect(&settings, &Settings::schemeChanged, &application,
                     [&](ui::Scheme scheme) { ui::applyTheme(application, scheme); });
    auto store = history::HistoryStore::open();
    EngineHub hub;
    hub.remember(settings);
    journal::Journal journal(journal::Journal::defaultFolder());
    application.installEventFilter(new UndoPassThrough(&application));
    DocumentsWindow window({settings, hub, store ? &*store : nullptr, journal});
    QObject::connect(&journal, &journal::Journal::failed, &window, &DocumentsWindow::showError);
    if (!store)
        window.showError(store.error());

    window.show();
    hub.reconnect();
    if (wish->sample)
        window.openSample();
    for (const auto &path : wish->paths)
        window.open(QFileInfo(path).absoluteFilePath());
    if (!wish->sample && wish->paths.isEmpty())
        window.reopenDocuments();
    window.offerRecovered();
    return QApplication::exec();
}

}
