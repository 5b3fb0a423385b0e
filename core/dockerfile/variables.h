// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"

#include <QHash>
#include <QStringList>

namespace dockerfile {

/// What a name stands for at one place of the file.
struct Variable
{
    enum class Origin : quint8 { GlobalArg, StageArg, Env, InheritedEnv, BuildArgOverride, Predefined };

    QString name;
    std::optional<QString> value; ///< none: declared without a value
    Origin origin = Origin::StageArg;
    int line = -1; ///< the logical line that declares it; -1 for predefined ones
};

/// Values given from outside: --build-arg and the platform family.
struct BuildContextValues
{
    QHash<QString, QString> buildArgs;
    QString buildPlatform = QStringLiteral("linux/amd64");
    QString targetPlatform; ///< empty: as buildPlatform
    QString targetStage;    ///< TARGETSTAGE; empty: the last stage

    friend bool operator==(const BuildContextValues &, const BuildContextValues &) = default;
};

/// An ARG as a person may set it.
struct DeclaredArg
{
    QString name;
    std::optional<QString> defaultValue; ///< expanded
    int line = -1;                       ///< of the first declaration that has a default, else of the first
    bool isGlobal = false;
    QStringList stages; ///< names (or indices) of the stages that declare it
};

/// ARGs of the file in order of first appearance, one entry a name.
std::vector<DeclaredArg> declaredArgs(const Tree &tree, const BuildContextValues &values = {});

/// What is known right before the logical line `line`, one entry a name. For a FROM line, and before the
/// first one: the global ARGs and the predefined platform args. The environment of an external base image is
/// not known, and the proxy args only to RUN's own shell unless an ARG declares them.
std::vector<Variable> variablesAt(const Tree &tree, int line, const BuildContextValues &values = {});

/// The result of expanding one word: the text, and the names that have no value; one with a default beside it
/// (${X:-d}, ${X+w}) misses none.
struct Expansion
{
    QString text;
    QStringList undefined;
};

/// The same, with a reason when the builder would refuse the word ("${X", or ${X?why} without X).
struct CheckedExpansion
{
    Expansion expansion;
    QString error; ///< empty when there is none; the text is then the word as written
};
CheckedExpansion expandChecked(const QString &word, const std::vector<Variable> &variables,
                               QChar escape = u'\\');

/// `word` as the builder expands it at that line: $X, ${X}, ${X:-d}, ${X:+w}, ${X-d}, ${X+w}, ${X#p},
/// ${X##p},
/// ${X%p}, ${X%%p}, ${X/a/b}, ${X//a/b}, quotes removed, escapes resolved. A malformed ${ stays as written.
Expansion expand(const QString &word, const std::vector<Variable> &variables, QChar escape = u'\\');

}
