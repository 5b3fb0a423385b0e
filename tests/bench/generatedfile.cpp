// SPDX-License-Identifier: Apache-2.0
#include "generatedfile.h"

using namespace Qt::StringLiterals;

QString generatedDockerfile(int rows)
{
    static constexpr int rowsOfAStage = 20;
    QString text = u"# syntax=docker/dockerfile:1\nARG GO=1.24\nARG BASE=alpine\n"_s;
    for (int stage = 0; (stage + 1) * rowsOfAStage < rows; ++stage) {
        const QString before = stage == 0 ? u"golang:${GO}-alpine"_s : u"stage%1"_s.arg(stage - 1);
        text += u"\nFROM %1 AS stage%2\n"_s.arg(before).arg(stage);
        text +=
            u"# what this stage is for\nARG TARGETARCH\nENV CGO_ENABLED=0 GOARCH=$TARGETARCH\nWORKDIR /src\n"_s;
        text += u"COPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    # why\n    go mod "
                u"download \\\n"
                "    && go mod verify\n"_s;
        text += u"COPY <<EOF /etc/app%1.conf\nport=8080\nname=$GO\nEOF\n"_s.arg(stage);
        if (stage > 0)
            text += u"COPY --from=stage%1 /out/app%1 /in/\n"_s.arg(stage - 1);
        text += u"RUN go build -ldflags=\"-s -w\" -o /out/app%1 .\nLABEL stage=\"%1\"\nUSER 65532\n"
                "ENTRYPOINT [\"/out/app%1\"]\n"_s.arg(stage);
    }
    return text;
}
