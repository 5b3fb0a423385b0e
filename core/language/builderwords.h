// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/builderexpands.h"
#include "dockerfile/linelexer.h"

namespace language {

/// What of an instruction the builder expands before it acts, beside dockerfile::isExpandedByBuilder, and
/// what it hands to a shell as it is.

bool isLeftToShell(dockerfile::Keyword keyword);
bool isExpandedFlag(dockerfile::Keyword keyword, QStringView name);

/// Of the words those that are expanded: of FROM the image, of others all.
std::vector<dockerfile::Span> expandedWords(const dockerfile::InstructionParts &parts);

/// The parts of a flag, in the joined line, that are expanded: its value, or of a mount each field's but that
/// of from=.
std::vector<dockerfile::Span> expandedFlagSpans(dockerfile::Keyword keyword, QStringView joined,
                                                dockerfile::Span flag);

/// The name that the reference has for a field of a mount: "target" for "dst".
QString canonicalMountField(const QString &name);

}
