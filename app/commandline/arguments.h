// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline/console.h"

#include <QCommandLineParser>

#include <optional>

namespace app {

/// The options of one command: QCommandLineParser, with our exit codes and our words.
class Arguments
{
public:
    Arguments(QString command, const QString &description);

    void positional(const QString &name, const QString &description, const QString &syntax = {});
    void option(const QStringList &names, const QString &description, const QString &value = {},
                const QString &defaultValue = {});

    /// An exit code when the command is over already: --help, or a mistake, which is explained. `least` and
    /// `most` bound the number of positional arguments.
    std::optional<int> parse(const QStringList &arguments, const Console &console, int least, int most);

    /// The command has such an option at all.
    [[nodiscard]] bool knows(const QString &name) const { return m_names.contains(name); }
    [[nodiscard]] bool has(const QString &name) const { return m_parser.isSet(name); }
    [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
    [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
    [[nodiscard]] QStringList positionals() const { return m_parser.positionalArguments(); }

    /// The value when it is one of `allowed`; else explains and returns nothing.
    std::optional<QString> oneOf(const QString &name, const QStringList &allowed,
                                 const Console &console) const;

private:
    int mistake(const QString &message, const Console &console) const;

    QString m_command;
    QStringList m_names;
    QCommandLineParser m_parser;
};

}
