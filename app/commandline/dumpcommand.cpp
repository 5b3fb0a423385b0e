// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"
#include "commandline/command.h"
#include "commandline/sourcefile.h"
#include "dockerfile/treedump.h"

namespace app {

using namespace Qt::StringLiterals;

int runDump(const QStringList &arguments, const Console &console)
{
    Arguments options(u"dump"_s,
                      QCoreApplication::translate("CommandLine", "Prints the parsed tree of a Dockerfile."));
    options.positional(u"FILE"_s,
                       QCoreApplication::translate("CommandLine", "A Dockerfile, or - for standard input."));
    options.option({u"format"_s},
                   QCoreApplication::translate(
                       "CommandLine", "sexp: as BuildKit's parser prints it (default); json: every token."),
                   u"sexp|json"_s, u"sexp"_s);
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"sexp"_s, u"json"_s}, console);
    if (!format)
        return WrongUsage;
    const QString path = options.positionals().constFirst();
    const auto text = readSource(path);
    if (!text)
        return console.fail(text.error());
    const auto tree = dockerfile::parse(*text);
    if (*format == "json"_L1)
        return console.deliver(dockerfile::dumpJson(tree), {});
    const auto dump = dockerfile::dumpSexp(tree);
    if (!dump) {
        auto error = dump.error();
        error.where = error.where.isEmpty() ? path : path + u", "_s + error.where;
        return console.fail(error);
    }
    return console.deliver(*dump, {});
}

}
