// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/graph/dice.h"
#include <QString>

/// A Dockerfile as people write them, in one of their styles: stages with names, ARGs, mounts, heredocs,
/// comments between continuations; LF or CRLF, upper or lower case, \ or `, with or without a line end at the
/// end. The builder's parser takes it.
QString randomDockerfile(const Dice &dice);
