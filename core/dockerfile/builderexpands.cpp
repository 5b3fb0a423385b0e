// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/builderexpands.h"

namespace dockerfile {

bool isExpandedByBuilder(Keyword keyword)
{
    switch (keyword) {
    case Keyword::Add:
    case Keyword::Arg:
    case Keyword::Copy:
    case Keyword::Env:
    case Keyword::Expose:
    case Keyword::From:
    case Keyword::Label:
    case Keyword::Stopsignal:
    case Keyword::User:
    case Keyword::Volume:
    case Keyword::Workdir:
        return true;
    case Keyword::Unknown:
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Healthcheck:
    case Keyword::Maintainer:
    case Keyword::Onbuild:
    case Keyword::Run:
    case Keyword::Shell:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

}
