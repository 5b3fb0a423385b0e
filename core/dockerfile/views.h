// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/instruction.h"

namespace dockerfile {

/// Typed readings of an instruction. Every field may be missing: half-typed lines have views too. Text is as
/// written; variables.h expands it.

/// FROM [--platform=P] image [AS name]
struct From
{
    std::optional<Word> image;
    std::optional<Word> name; ///< after AS
    std::optional<Flag> platform;
};
From viewFrom(const Instruction &instruction);

/// COPY and ADD.
struct Copy
{
    std::optional<Flag> from;  ///< a stage's name or index, a named context, or an image
    std::vector<Word> sources; ///< heredoc words included
    std::optional<Word> destination;
};
Copy viewCopy(const Instruction &instruction);

/// RUN --mount=type=cache,target=/x,...
struct Mount
{
    Flag flag;
    QString type; ///< "bind" when it is not said
    std::optional<QString> from;
    base::TextRange fromRange;                        ///< the value of from=; empty without
    std::optional<QString> source;                    ///< source= or src=
    std::optional<QString> target;                    ///< target=, dst= or destination=
    std::vector<std::pair<QString, QString>> options; ///< all of them, in order, names in lower case
};
struct Run
{
    std::vector<Mount> mounts;
    std::optional<QString> network;
    std::optional<QString> security;
};
Run viewRun(const Instruction &instruction);

/// One name of ARG, ENV or LABEL.
struct Pair
{
    Word name;
    std::optional<Word> value; ///< none for "ARG X"
    bool oldForm = false;      ///< ENV key value
};
std::vector<Pair> viewPairs(const Instruction &instruction);

/// The instruction after ONBUILD, as a tree of its own; nothing when there is none.
std::optional<Instruction> viewOnbuild(const Instruction &instruction);

}
