// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/solveoptions.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace engine {

/// One entry of the context to send; see project::ContextEntry, which it is made from.
struct BuildFile
{
    enum class Type : quint8 { File, Folder, Link };
    QString path; ///< within the context
    Type type = Type::File;
    qint64 sizeBytes = 0;
    quint32 mode = 0644; ///< permission bits
    qint64 modifiedSeconds = 0;
    QString linkTarget;
};

/// Everything that a build is asked to do, frozen.
struct BuildRequest
{
    QString contextFolder;        ///< absolute
    std::vector<BuildFile> files; ///< what of it is sent, parents first
    QByteArray dockerfile;        ///< the editor's bytes; unsaved text included
    QString dockerfileName = QStringLiteral("Dockerfile");
    QStringList baseImages; ///< external references that must be there (no scratch, no stages)
    QHash<QString, QString>
        basePlatforms; ///< of base images that are not of `platform` (FROM --platform=...)
    QStringList tags;
    QString target;
    QString platform; ///< "linux/amd64"; empty: the engine's own
    QHash<QString, QString> buildArgs;
    QHash<QString, QString> labels;
    bool noCache = false;
    bool pull = false;
    SolveOptions options; ///< what POST /build cannot do
};

/// One vertex of the build, upserted by id as news arrive.
struct BuildStep
{
    enum class State : quint8 { Waiting, Running, Done, Cached, Failed, Cancelled };

    struct Progress
    {
        QString id;
        QString name;
        qint64 current = 0; ///< bytes, or layers
        qint64 total = 0;   ///< 0: unknown
        bool completed = false;
        friend bool operator==(const Progress &, const Progress &) = default;
    };

    QString id;   ///< digest of the vertex
    QString name; ///< as the engine says it: "[builder 3/5] RUN go build"
    QString
        stage; ///< "builder"; "stage-1" for unnamed ones, as BuildKit calls them; empty for internal steps
    int position = 0; ///< 3 of 5; 0 for internal steps
    int count = 0;
    QString platform;    ///< of multi-platform builds
    QString instruction; ///< what follows the bracket: "RUN go build"
    State state = State::Waiting;
    QStringList inputs;                   ///< ids of the steps it needs
    QDateTime started;                    ///< of the first run
    QDateTime completed;                  ///< of the last one
    std::chrono::nanoseconds duration{0}; ///< sum of its intervals
    QString error;
    std::vector<Progress> progress;

    [[nodiscard]] bool isInternal() const { return position == 0; }
    friend bool operator==(const BuildStep &, const BuildStep &) = default;
};

/// A check of the engine's own Dockerfile frontend (BuildKit >= 0.14).
struct BuildWarning
{
    QString message;
    QString url;
    int firstRow = 0; ///< from 1; 0 when it names no place
    int lastRow = 0;
    friend bool operator==(const BuildWarning &, const BuildWarning &) = default;
};

struct BuildOutcome
{
    QString imageId; ///< sha256:...; empty when nothing was made
    std::optional<base::Error> error;
    QString failedStep;          ///< id of the step that failed; empty when it was none
    int errorRow = 0;            ///< row of the Dockerfile that caused it, from 1; 0 unknown
    int errorLastRow = 0;        ///< where that instruction ends, if it is known; else errorRow
    std::optional<int> exitCode; ///< of the program that failed
    std::chrono::nanoseconds duration{0};

    [[nodiscard]] bool succeeded() const { return !error; }
};

}
