// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "history/stepinputs.h"
#include "project/contextscan.h"
#include "workspace/workspace.h"

#include <map>
#include <stop_token>

namespace app {

/// What an instruction takes from the build context, as it names it.
struct LineSources
{
    int line = -1;     ///< logical line
    QStringList paths; ///< sources, expanded; "." is everything
    QStringList excludes;
};
std::vector<LineSources> contextSources(const workspace::Snapshot &snapshot);

using FilesByLine = std::map<int, std::vector<history::TakenFile>>;

/// The files that each line takes, with their digests. A file that is still what the build before (`known`)
/// saw is not read; neither is more than `readAtMost` bytes in all: what is beyond goes by size and time.
/// More than a thousand files of one line are folded into their folders. For a thread of its own.
FilesByLine takenFiles(const project::ContextScan &scan, const std::vector<LineSources> &sources,
                       const std::vector<history::TakenFile> &known, std::stop_token stop,
                       qint64 readAtMost = 128 * 1024 * 1024);

}
