// SPDX-License-Identifier: Apache-2.0
#include "window/compositionroot.h"

#include "commands/commandstack.h"
#include "history/historystore.h"
#include "theme/theme.h"
#include "window/enginehub.h"
#include "window/mainwindow.h"
#include "window/settings.h"
#include "workspace/workspace.h"

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
    QString path;
};

std::optional<Wish> readArguments()
{
    QCommandLineParser parser;
    parser.addOption({u"sample"_s, u"sample"_s});
    parser.addPositionalArgument(u"FILE"_s, u"A Dockerfile or a folder"_s);
    const bool fine = parser.parse(QCoreApplication::arguments()) && parser.positionalArguments().size() <= 1;
    if (!fine) {
        const QString why = parser.errorText().isEmpty() ? u"one file at a time"_s : parser.errorText();
        std::fprintf(stderr, "stageloom: %s\n\"stageloom --help\" shows how it is used.\n", qPrintable(why));
        return {};
    }
    return Wish{.sample = parser.isSet(u"sample"_s), .path = parser.positionalArguments().value(0)};
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
    workspace::Workspace document;
    ui::CommandStack stack(document);
    MainWindow window({document, stack, settings, hub, store ? &*store : nullptr});
    if (!store)
        window.showError(store.error());

    window.show();
    hub.reconnect();
    if (wish->sample)
        window.openSample();
    else if (!wish->path.isEmpty())
        window.open(QFileInfo(wish->path).absoluteFilePath());
    return QApplication::exec();
}

}
