// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/chars.h"

#include <QString>

#include <vector>

namespace language {

/// $name or ${name...} somewhere in a text.
struct FoundVariable
{
    dockerfile::Span name;
    dockerfile::Span whole; ///< $ and braces included; to the name's end when the brace is not closed
};

/// Quotes count in words and commands, and mean nothing in the body of a heredoc.
enum class Quotes : quint8 { Count, MeanNothing };

/// Those that are replaced, by the builder or a shell: neither escaped nor in single quotes; those within the
/// braces of another too.
std::vector<FoundVariable> scanVariables(QStringView text, dockerfile::Span within, QChar escape,
                                         Quotes quotes);

/// A letter or underscore, then letters, digits and underscores.
bool isVariableName(QStringView name);

}
