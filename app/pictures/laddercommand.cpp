// SPDX-License-Identifier: Apache-2.0
#include "base/units.h"
#include "build/ladderrun.h"
#include "commandline/arguments.h"
#include "commandline/engineconnection.h"
#include "commandline/interrupt.h"
#include "history/historystore.h"
#include "pictures/ladderreport.h"
#include "pictures/picturecommands.h"

#include <QDir>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LadderCommand", text);
}

int deliver(const Console &console, const QString &folder, const LadderRun &run,
            const engine::EngineInfo &engine)
{
    console.out(u'\n' + ladderTable(run.results()));
    if (!QDir().mkpath(folder)) {
        return console.fail({.kind = base::Error::Kind::Refused,
                             .message = tr("the folder cannot be made"),
                             .where = folder,
                             .hint = tr("Choose a place that can be written with --output.")});
    }
    const QString path = QDir(folder).absoluteFilePath(u"report.html"_s);
    if (const int code = console.deliver(ladderReport(run.results(), engine), path); code != Done)
        return code;
    console.out(u'\n' + tr("Report: %1").arg(path) + u'\n');
    int code = Done;
    if (run.wasCancelled())
        code =
            console.fail({.kind = base::Error::Kind::Cancelled, .message = tr("the ladder was cancelled")});
    for (const auto &result : run.results()) {
        if (result.error)
            code = console.fail(result.error->in(result.rung.title));
    }
    return code;
}

}

int runLadder(const QStringList &arguments, const Console &console)
{
    Arguments options(
        u"ladder"_s,
        tr("Builds the sample in all its sizes, runs each image, prints their sizes and writes a report."));
    options.option({u"o"_s, u"output"_s}, tr("Folder for the report."), u"folder"_s, u"stageloom-ladder"_s);
    if (const auto over = options.parse(arguments, console, 0, 0))
        return *over;
    auto store = history::HistoryStore::open();
    if (!store)
        console.err(store.error().text() + u'\n');

    std::optional<Interrupt> interrupt;
    std::unique_ptr<LadderRun> run;
    return withEngine(console, [&](const std::shared_ptr<engine::Client> &client) {
        interrupt.emplace();
        run = std::make_unique<LadderRun>(client, store ? &*store : nullptr);
        QObject::connect(&*interrupt, &Interrupt::interrupted, run.get(), &LadderRun::cancel);
        QObject::connect(run.get(), &LadderRun::rungStarted, run.get(), [&](const recipes::Rung &rung) {
            console.err(tr("Building %1 ...").arg(rung.title) + u'\n');
        });
        QObject::connect(run.get(), &LadderRun::finished, run.get(), [&, client] {
            QCoreApplication::exit(deliver(console, options.value(u"output"_s), *run, *client->info()));
        });
        run->start();
    });
}

}
