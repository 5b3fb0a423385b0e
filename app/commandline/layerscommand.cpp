// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"
#include "commandline/command.h"
#include "commandline/engineconnection.h"
#include "commandline/imagereader.h"

namespace app {

using namespace Qt::StringLiterals;

int runLayers(const QStringList &arguments, const Console &console)
{
    Arguments options(u"layers"_s,
                      QCoreApplication::translate("CommandLine", "Shows the layers of an image."));
    options.positional(u"IMAGE"_s,
                       QCoreApplication::translate("CommandLine", "A tag or an id of the engine."));
    options.option({u"format"_s}, QCoreApplication::translate("CommandLine", "How it is printed."),
                   u"text|json"_s, u"text"_s);
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"text"_s, u"json"_s}, console);
    if (!format)
        return WrongUsage;
    return withEngine(console, [&](const std::shared_ptr<engine::Client> &client) {
        readImages(client, options.positionals(), [&](base::Result<image::Comparison> read) {
            if (!read) {
                QCoreApplication::exit(console.fail(read.error()));
                return;
            }
            const auto &sizes = read->images.front();
            if (*format == "json"_L1)
                console.outBytes(image::toJson(sizes));
            else
                console.out(image::toText(sizes));
            QCoreApplication::exit(Done);
        });
    });
}

}
