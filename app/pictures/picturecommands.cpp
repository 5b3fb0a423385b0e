// SPDX-License-Identifier: Apache-2.0
#include "pictures/picturecommands.h"

#include <QApplication>

#include <map>

namespace app {

using namespace Qt::StringLiterals;

static const std::map<QByteArray, int (*)(const QStringList &, const Console &)> commands{
    {"graph", runGraph}, {"compare", runCompare}, {"ladder", runLadder}};

bool isPictureCommand(int argc, char **argv)
{
    return argc > 1 && commands.contains(argv[1]);
}

int runPictureCommand(int argc, char **argv)
{
    const QByteArray name = argv[1];
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"stageloom"_s);
    const Console console(QString::fromLatin1(name));
    return console.finish(commands.at(name)(QCoreApplication::arguments().mid(2), console));
}

}
