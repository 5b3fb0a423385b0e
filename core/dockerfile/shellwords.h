// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace dockerfile {

/// The builder's small shell: quotes, escapes and $variables, for the expansion of arguments and to find the
/// words of heredocs.
struct ShellOptions
{
    QChar escape = u'\\';
    bool keepQuotes = false;
    bool keepEscapes = false;
    bool keepUnset = false;    ///< a variable that is not set stays as written
    bool ignoreQuotes = false; ///< quotes are ordinary characters (bodies of heredocs)
};

struct ShellWord
{
    QString text;
    qsizetype start = 0; ///< where it begins in the input
    qsizetype end = 0;
};

struct ShellResult
{
    QString text;                 ///< the whole input, processed
    std::vector<ShellWord> words; ///< the same, cut at blanks outside of quotes
    QStringList unset;            ///< names that were asked for and not found, each once
    QString error;                ///< what the builder would complain about; then text and words are empty
};

using ShellLookup = std::function<std::optional<QString>(const QString &name)>;

ShellResult processShell(QStringView input, const ShellOptions &options, const ShellLookup &lookup);

}
