// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"
#include "commandline/command.h"
#include "dockerfile/textfile.h"
#include "project/gomodule.h"
#include "recipes/recipe.h"

#include <QDir>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("NewCommand", text);
}

QStringList baseIds()
{
    QStringList ids;
    for (const auto &base : recipes::bases())
        ids.append(base.id);
    return ids;
}

void declare(Arguments &options)
{
    options.positional(u"FOLDER"_s, tr("A folder with go.mod."));
    options.option({u"base"_s}, tr("Base of the final stage: %1, or any image.").arg(baseIds().join(u", "_s)),
                   u"base"_s);
    options.option({u"main"_s}, tr("Folder of the main package, relative to FOLDER."), u"folder"_s);
    options.option({u"name"_s}, tr("Name of the binary."), u"name"_s);
    options.option({u"go"_s}, tr("Go version of the builder image."), u"version"_s);
    options.option({u"port"_s}, tr("Port that the program listens on; 0 for none."), u"port"_s);
    options.option({u"cgo"_s}, tr("Build with CGO."));
    options.option({u"debian-builder"_s}, tr("Build on golang (Debian) instead of golang-alpine."));
    options.option({u"keep-symbols"_s}, tr("Leave the symbol table and DWARF in the binary."));
    options.option({u"no-mounts"_s}, tr("Copy the sources instead of cache and bind mounts."));
    options.option({u"certificates"_s}, tr("Put CA certificates into the final stage."));
    options.option({u"timezone"_s}, tr("Put the data of one time zone into the final stage."), u"zone"_s);
    options.option({u"root"_s}, tr("Run as root."));
    options.option({u"print"_s}, tr("Print the Dockerfile, write nothing."));
    options.option({u"force"_s}, tr("Replace a Dockerfile that is there."));
}

std::optional<int> numberIn(const QString &text, int least, int most)
{
    bool fine = false;
    const int number = text.toInt(&fine);
    return fine && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

base::Result<recipes::Choices> choicesFrom(const Arguments &options, const QString &folder,
                                           const project::GoModule &module)
{
    recipes::Choices choices = recipes::choicesFor(module);
    const auto take = [&](const QString &option, QString &field) {
        if (options.has(option))
            field = options.value(option);
    };
    take(u"base"_s, choices.base);
    take(u"main"_s, choices.mainPackage);
    take(u"name"_s, choices.binaryName);
    take(u"go"_s, choices.goVersion);
    take(u"timezone"_s, choices.timeZone);
    if (options.has(u"port"_s)) {
        const auto port = numberIn(options.value(u"port"_s), 0, 65535);
        if (!port)
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::Malformed,
                            .message = tr("\"%1\" is no port").arg(options.value(u"port"_s)),
                            .hint = tr("Ports are numbers from 1 to 65535.")});
        choices.port = *port;
    }
    if (!QFileInfo(QDir(folder).filePath(choices.mainPackage)).isDir()) {
        QStringList mains;
        for (const auto &main : module.mains)
            mains.append(u'"' + main.folder + u'"');
        return std::unexpected(base::Error{
            .kind = base::Error::Kind::Malformed,
            .message = tr("--main names no folder of the module: \"%1\"").arg(choices.mainPackage),
            .hint = mains.isEmpty() ? tr("No main package was found.")
                                    : tr("Main packages: %1.").arg(mains.join(u", "_s))});
    }
    choices.cgo = choices.cgo || options.has(u"cgo"_s);
    choices.alpineBuilder = choices.alpineBuilder && !options.has(u"debian-builder"_s);
    choices.stripSymbols = !options.has(u"keep-symbols"_s);
    choices.certificates = choices.certificates || options.has(u"certificates"_s);
    choices.nonRoot = !options.has(u"root"_s);
    if (options.has(u"no-mounts"_s))
        choices.cacheMounts = choices.bindMounts = false;
    return choices;
}

int writeDesign(const QString &folder, const QString &dockerfile, const QString &ignore, bool force,
                const Console &console)
{
    const QString path = QDir(folder).filePath(u"Dockerfile"_s);
    if (QFileInfo::exists(path) && !force)
        return console.fail({.kind = base::Error::Kind::Refused,
                             .message = tr("there is a Dockerfile already"),
                             .where = path,
                             .hint = tr("--force replaces it, --print only shows the new one.")});
    if (const auto written = dockerfile::writeTextFile(path, dockerfile); !written)
        return console.fail(written.error());
    console.out(tr("Wrote %1\n").arg(path));
    const QString ignorePath = QDir(folder).filePath(u".dockerignore"_s);
    if (QFileInfo::exists(ignorePath))
        return Done;
    if (const auto written = dockerfile::writeTextFile(ignorePath, ignore); !written)
        return console.fail(written.error());
    console.out(tr("Wrote %1\n").arg(ignorePath));
    return Done;
}

}

int runNew(const QStringList &arguments, const Console &console)
{
    Arguments options(u"new"_s, tr("Writes a Dockerfile and a .dockerignore for a Go project."));
    declare(options);
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const QString folder = options.positionals().constFirst();
    const auto module = project::loadGoModule(folder);
    if (!module)
        return console.fail(module.error());
    const auto choices = choicesFrom(options, folder, *module);
    if (!choices)
        return console.fail(choices.error(), WrongUsage);
    const auto dockerfile = recipes::generate(*module, *choices);
    if (!dockerfile)
        return console.fail(dockerfile.error(), WrongUsage); // the choices are what it refuses
    if (options.has(u"print"_s))
        return console.deliver(dockerfile->toUtf8(), {});
    return writeDesign(folder, *dockerfile, recipes::generateDockerIgnore(*module), options.has(u"force"_s),
                       console);
}

}
