// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace image {

/// What an engine's history says of a layer, for people: "RUN /bin/sh -c go build # buildkit" is "RUN go
/// build",
/// "/bin/sh -c #(nop)  CMD [...]" is "CMD [...]". One line. What no builder wrote stays as it is.
QString instructionFromHistory(const QString &createdBy);

/// "RUN" of "RUN go build"; empty when the text starts with no Dockerfile instruction.
QString keywordOf(const QString &instruction);

}
