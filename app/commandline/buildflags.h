// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"
#include "build/buildsession.h"
#include "commandline/arguments.h"

namespace app {

/// How a running build is shown.
enum class Progress : quint8 {
    Text, ///< a line a finished step, output of RUN below it (auto, plain and text)
    Json, ///< an object a line, for scripts: see BuildProgressJson
    None  ///< nothing until the end (quiet, none)
};

/// The flags of `docker buildx build`, with its meaning.
void declareBuildFlags(Arguments &options);

/// What the flags say, put in the words of a bake target, so that both are read by the same rules. Context
/// and Dockerfile are left out: they are the command's own.
base::Result<bake::Target> targetFromFlags(const Arguments &options);

/// settings, labels, tags and options of `target` in `input`; an Error names the flag.
base::Result<void> applyFlags(const bake::Target &target, const Arguments &options, BuildInput &input);

/// The value of --progress, or of --quiet.
std::optional<Progress> progressFrom(const Arguments &options, const Console &console);

/// name=value, or a bare name, which takes its value from the environment and is left out when that has none.
base::Result<bake::Target::Texts> pairsOf(const QString &flag, const QStringList &values);

}
