// SPDX-License-Identifier: Apache-2.0
#include "inspector/instructiondocs.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InstructionDocs)
};

}

QString whatItDoes(dockerfile::Keyword keyword)
{
    using dockerfile::Keyword;
    switch (keyword) {
    case Keyword::Unknown:
        return Text::tr("No instruction is called that; the builder refuses it.");
    case Keyword::Add:
        return Text::tr("Copies files, URLs or Git repositories into the image, and unpacks local archives. "
                        "For plain files COPY is clearer.");
    case Keyword::Arg:
        return Text::tr("Declares a build arg: a value that a build may be given. It is not in the image, "
                        "but it is in the history. Before the first FROM it can be used in FROM lines only.");
    case Keyword::Cmd:
        return Text::tr(
            "What runs by default when the image is started, or the default arguments of ENTRYPOINT.");
    case Keyword::Copy:
        return Text::tr("Copies files from the build context, or with --from out of another stage or image.");
    case Keyword::Entrypoint:
        return Text::tr("The program that the image is. Arguments given at start follow it.");
    case Keyword::Env:
        return Text::tr("Sets an environment variable, for later instructions and for the running program. "
                        "Anyone with the image can read it.");
    case Keyword::Expose:
        return Text::tr("Says which port the program listens on. It opens nothing by itself.");
    case Keyword::From:
        return Text::tr("Begins a stage on the files of an image or of an earlier stage.");
    case Keyword::Healthcheck:
        return Text::tr("A command that tells, while the program runs, whether it is well.");
    case Keyword::Label:
        return Text::tr("Writes facts about the image into it: source, version, licence.");
    case Keyword::Maintainer:
        return Text::tr("Deprecated: use LABEL org.opencontainers.image.authors.");
    case Keyword::Onbuild:
        return Text::tr("Keeps an instruction for builds that are FROM this image.");
    case Keyword::Run:
        return Text::tr(
            "Runs a command in the stage. What it changes becomes a layer; what it mounts does not.");
    case Keyword::Shell:
        return Text::tr("The shell that the shell form of RUN, CMD and ENTRYPOINT uses from here on.");
    case Keyword::Stopsignal:
        return Text::tr("The signal that asks the program to stop.");
    case Keyword::User:
        return Text::tr("The user that later instructions and the program run as.");
    case Keyword::Volume:
        return Text::tr("A folder whose content lives outside the image while the program runs.");
    case Keyword::Workdir:
        return Text::tr(
            "The folder that later instructions and the program start in; made when it is not there.");
    }
    Q_UNREACHABLE_RETURN({});
}

}
