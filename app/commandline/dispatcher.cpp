// SPDX-License-Identifier: Apache-2.0
#include "commandline/dispatcher.h"

#include "commandline/command.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <clocale>
#include <langinfo.h>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

QString helpText()
{
    QString text = tr("Usage: stageloom [FILES or FOLDERS]      opens the window\n"
                      "       stageloom COMMAND [ARGUMENTS]     works without one\n\nCommands:\n");
    for (const auto &command : commands())
        text += u"  %1 %2\n"_s.arg(command.name, -9).arg(command.summary);
    text += tr("\nOptions:\n"
               "  --sample       open a copy of the sample project in the window\n"
               "  --version, -v  print the version\n"
               "  --help, -h     print this text; \"stageloom COMMAND --help\" explains a command\n");
    return text;
}

const Command *find(const std::vector<Command> &all, const QString &name)
{
    const auto found = std::ranges::find(all, name, &Command::name);
    return found == all.end() ? nullptr : &*found;
}

}

std::vector<Command> commands()
{
    return {
        {u"new"_s, tr("write a Dockerfile for a Go project"), runNew},
        {u"graph"_s, tr("draw the stages of a Dockerfile"), nullptr},
        {u"dump"_s, tr("print the parsed tree of a Dockerfile"), runDump},
        {u"build"_s, tr("build a folder and show what every layer costs"), runBuild},
        {u"bake"_s, tr("build the targets of a bake file or compose file"), runBake},
        {u"engine"_s, tr("list the engines and builders, or ask what they can do"), runEngine},
        {u"cache"_s, tr("show what the build cache holds, and free it"), runCache},
        {u"layers"_s, tr("show the layers of an image"), runLayers},
        {u"compare"_s, tr("put images side by side"), nullptr},
        {u"ladder"_s, tr("build the sample in all its sizes and write a report"), nullptr},
    };
}

bool asksForCommand(int argc, char **argv)
{
    if (argc < 2)
        return false;
    const auto first = QString::fromLocal8Bit(argv[1]);
    static const QStringList general{u"--help"_s, u"-h"_s, u"--version"_s, u"-v"_s};
    if (general.contains(first))
        return true;
    const auto all = commands();
    if (find(all, first))
        return true;
    // What is neither an option nor a file is a command mistyped, and no window is needed to say so.
    return !first.startsWith(u'-') && !first.contains(u'/') && !QFileInfo::exists(first);
}

bool drawsPictures(int argc, char **argv)
{
    const auto all = commands();
    const auto *command = argc > 1 ? find(all, QString::fromLocal8Bit(argv[1])) : nullptr;
    return command && !command->run;
}

bool canShowWindows(int argc, char **argv)
{
    const std::vector<QByteArray> arguments(argv, argv + argc);
    const auto isSet = [](const char *name) { return !qEnvironmentVariableIsEmpty(name); };
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM") ||
           std::ranges::find(arguments, "-platform") != arguments.end();
}

int refuseWindow()
{
    return Console({}).fail(
        {.kind = base::Error::Kind::Unsupported,
         .message = tr("there is no display to open a window on"),
         .hint = tr("Start it on a desktop, or use a command that needs none: \"stageloom --help\" "
                    "lists them.")});
}

void speakUtf8()
{
    std::setlocale(LC_CTYPE, "");
    if (qstrcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return;
    // LC_ALL would win over LC_CTYPE: its word on numbers and dates is kept by LANG.
    if (const QByteArray all = qgetenv("LC_ALL"); !all.isEmpty())
        qputenv("LANG", all);
    qunsetenv("LC_ALL");
    qputenv("LC_CTYPE", "C.UTF-8");
}

int runCommandLine(int argc, char **argv)
{
    const auto all = commands();
    const auto *command = find(all, QString::fromLocal8Bit(argv[1]));
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"stageloom"_s);
    const Console console(command ? command->name : QString());
    const auto arguments = QCoreApplication::arguments();
    if (command)
        return console.finish(command->run(arguments.mid(2), console));
    const QString &word = arguments.at(1);
    if (word == "--version"_L1 || word == "-v"_L1) {
        console.out(u"stageloom " STAGELOOM_VERSION "\n"_s);
    } else if (word == "--help"_L1 || word == "-h"_L1) {
        console.out(helpText());
    } else {
        return console.fail({.kind = base::Error::Kind::NotFound,
                             .message = tr("\"%1\" is no command, no file and no folder").arg(word),
                             .hint = tr("\"stageloom --help\" lists the commands.")},
                            WrongUsage);
    }
    return console.finish(Done);
}

}
