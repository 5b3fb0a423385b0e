// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"

#include <optional>

namespace dockerfile {

/// What is wrong with the parser directives: an impossible escape character, one that is said twice.
std::vector<Problem> headerProblems(const Tree &tree);

/// What is wrong with one line, appended in the order of the text.
void addLineProblems(const Tree &tree, int line, std::vector<Problem> &problems);

/// The builder refuses a file without any instruction.
Problem noInstructions(const Tree &tree);

/// What the builder's parser would stop at, if anything: the row that it would name, and its reason.
struct Refusal
{
    int row = 1;
    QString message;
    QString hint;
};
std::optional<Refusal> refusal(const Tree &tree);

}
