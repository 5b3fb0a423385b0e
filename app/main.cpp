// SPDX-License-Identifier: Apache-2.0
#include "commandline/dispatcher.h"
#include "window/compositionroot.h"

int main(int argc, char **argv)
{
    if (app::asksForCommand(argc, argv))
        return app::runCommandLine(argc, argv);
    return app::runWindow(argc, argv);
}
