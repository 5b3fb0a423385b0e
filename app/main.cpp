// SPDX-License-Identifier: Apache-2.0
#include "commandline/dispatcher.h"
#include "commandline/handover.h"

/// What a person starts. What draws or opens a window is done by stageloom-desktop in its place.
int main(int argc, char **argv)
{
    app::speakUtf8();
    const bool isCommand = app::asksForCommand(argc, argv);
    if (isCommand && !app::drawsPictures(argc, argv))
        return app::runCommandLine(argc, argv);
    if (!isCommand && !app::canShowWindows(argc, argv))
        return app::refuseWindow();
    return app::becomeDesktop(argv);
}
