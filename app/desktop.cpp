// SPDX-License-Identifier: Apache-2.0
#include "pictures/picturecommands.h"
#include "window/compositionroot.h"

/// Started by stageloom, which runs all that needs neither a painter nor a window itself.
int main(int argc, char **argv)
{
    return app::isPictureCommand(argc, argv) ? app::runPictureCommand(argc, argv)
                                             : app::runWindow(argc, argv);
}
