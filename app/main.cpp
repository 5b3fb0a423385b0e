// SPDX-License-Identifier: Apache-2.0
#include "commandline/dispatcher.h"
#include "window/compositionroot.h"

int main(int argc, char **argv)
{
    app::speakUtf8();
    if (app::asksForCommand(argc, argv))
        return app::runCommandLine(argc, argv);
    if (!app::canShowWindows(argc, argv))
        return app::refuseWindow();
    return app::runWindow(argc, argv);
}
