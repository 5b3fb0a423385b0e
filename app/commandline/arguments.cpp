// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"

#include <QCoreApplication>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

}

Arguments::Arguments(QString command, const QString &description)
    : m_command(std::move(command))
{
    m_parser.setApplicationDescription(description);
    m_parser.addOption({{u"h"_s, u"help"_s}, tr("Show this help.")});
}

void Arguments::positional(const QString &name, const QString &description, const QString &syntax)
{
    m_parser.addPositionalArgument(name, description, syntax);
}

void Arguments::option(const QStringList &names, const QString &description, const QString &value,
                       const QString &defaultValue)
{
    m_names += names;
    m_parser.addOption({names, description, value, defaultValue});
}

std::optional<int> Arguments::parse(const QStringList &arguments, const Console &console, int least, int most)
{
    if (!m_parser.parse(QStringList{u"stageloom "_s + m_command} + arguments))
        return mistake(m_parser.errorText(), console);
    if (m_parser.isSet(u"help"_s)) {
        // Qt names the program by its path; people know it as "stageloom build".
        QString help = m_parser.helpText();
        const qsizetype end = help.indexOf(u" ["_s);
        const qsizetype start = help.indexOf(u": "_s) + 2;
        if (start >= 2 && end > start)
            help.replace(start, end - start, u"stageloom "_s + m_command);
        console.out(help);
        return Done;
    }
    const auto count = m_parser.positionalArguments().size();
    if (count < least || m_parser.positionalArguments().contains(QString()))
        return mistake(tr("something is missing"), console);
    if (count > most)
        return mistake(tr("\"%1\" is one argument too many").arg(m_parser.positionalArguments().at(most)),
                       console);
    return {};
}

std::optional<QString> Arguments::oneOf(const QString &name, const QStringList &allowed,
                                        const Console &console) const
{
    const QString value = m_parser.value(name);
    if (allowed.contains(value))
        return value;
    mistake(tr("--%1 takes %2, not \"%3\"").arg(name, allowed.join(u", "_s), value), console);
    return {};
}

int Arguments::mistake(const QString &message, const Console &console) const
{
    return console.fail({.kind = base::Error::Kind::Malformed,
                         .message = message,
                         .hint = tr("\"stageloom %1 --help\" shows how it is used.").arg(m_command)},
                        WrongUsage);
}

}
