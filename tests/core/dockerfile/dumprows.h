// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

/// A Dockerfile and what BuildKit's parser prints for it. In a file of its own because moc does not get past
/// raw strings with quotes in them.
struct DumpRow
{
    const char *name;
    const char16_t *text;
    const char16_t *sexp;
};
const std::vector<DumpRow> &dumpRows();
