// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/console.h"

#include <QStringList>

#include <vector>

namespace app {

/// One verb of the command line.
struct Command
{
    QString name;
    QString summary;
    int (*run)(const QStringList &arguments, const Console &console); ///< null: it draws, see app/pictures
};

/// In the order of --help.
std::vector<Command> commands();

int runNew(const QStringList &arguments, const Console &console);
int runDump(const QStringList &arguments, const Console &console);
int runBuild(const QStringList &arguments, const Console &console);
int runBake(const QStringList &arguments, const Console &console);
int runEngine(const QStringList &arguments, const Console &console);
int runCache(const QStringList &arguments, const Console &console);
int runLayers(const QStringList &arguments, const Console &console);

}
