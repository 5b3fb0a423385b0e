// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace dockerfile {

/// The instructions of Docker's Dockerfile reference, in its order.
enum class Keyword : quint8 {
    Unknown,
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir
};

/// Case does not matter, as for the builder. Unknown for anything else.
Keyword keywordFromText(QStringView text);

/// In upper case; empty for Unknown.
QString keywordText(Keyword keyword);

}
