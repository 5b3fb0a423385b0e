// SPDX-License-Identifier: Apache-2.0
#include "commandline/arguments.h"
#include "commandline/sourcefile.h"
#include "graph/graphexport.h"
#include "graph/graphrender.h"
#include "pictures/picture.h"
#include "pictures/picturecommands.h"
#include "theme/themecolors.h"

#include <QImage>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("GraphCommand", text);
}

QByteArray drawn(const QString &format, const dockerfile::Tree &tree, const graph::StageGraph &graph,
                 bool dark)
{
    const auto &colors = dark ? ui::darkColors() : ui::lightColors();
    if (format == "json"_L1)
        return graph::toJson(tree, graph);
    if (format == "dot"_L1)
        return graph::toDot(graph);
    if (format == "svg"_L1)
        return ui::graphSvg(tree, graph, colors);
    return pngBytes(ui::graphImage(tree, graph, colors, 2.0));
}

}

int runGraph(const QStringList &arguments, const Console &console)
{
    Arguments options(u"graph"_s, tr("Draws the stages of a Dockerfile."));
    options.positional(u"FILE"_s, tr("A Dockerfile, or - for standard input."));
    options.option({u"format"_s}, tr("How it is drawn; json is the default."), u"json|dot|svg|png"_s,
                   u"json"_s);
    options.option({u"target"_s}, tr("The stage that is built: what it does not need is drawn dim."),
                   u"stage"_s);
    options.option({u"o"_s, u"output"_s}, tr("Write to a file instead of standard output."), u"file"_s);
    options.option({u"dark"_s}, tr("Dark colours for svg and png."));
    if (const auto over = options.parse(arguments, console, 1, 1))
        return *over;
    const auto format = options.oneOf(u"format"_s, {u"json"_s, u"dot"_s, u"svg"_s, u"png"_s}, console);
    if (!format)
        return WrongUsage;
    const QString path = options.positionals().constFirst();
    const auto text = readSource(path);
    if (!text)
        return console.fail(text.error());
    const auto tree = dockerfile::parse(*text);
    const QString target = options.value(u"target"_s);
    const auto graph = graph::build(tree, target);
    if (!target.isEmpty() && !graph.stageCalled(target))
        return console.fail({.kind = base::Error::Kind::NotFound,
                             .message = tr("no stage is called \"%1\"").arg(target),
                             .where = path,
                             .hint = tr("Leave --target out to build the last stage.")});
    return console.deliver(drawn(*format, tree, graph, options.has(u"dark"_s)), options.value(u"output"_s));
}

}
