// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "history/stepinputs.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace history {

/// A step of a remembered build.
struct StepRecord
{
    QString name;  ///< "[builder 3/5] RUN go build"
    QString state; ///< "done", "cached", "failed", "cancelled"
    qint64 durationNs = 0;
    int row = 0;                        ///< of the Dockerfile, from 1; 0 unknown
    std::optional<StepInputs> inputs{}; ///< none for internal steps, and for builds of older versions
    friend bool operator==(const StepRecord &, const StepRecord &) = default;
};

/// A layer of the image it made.
struct LayerRecord
{
    QString instruction;
    qint64 sizeBytes = 0;
    int row = 0;
    bool fromBase = false;
    friend bool operator==(const LayerRecord &, const LayerRecord &) = default;
};

/// One build as it is remembered.
struct BuildRecord
{
    qint64 id = 0;          ///< given by the store
    QString dockerfilePath; ///< absolute; the key that "the build before" is found by
    QString target;
    QString platform;
    QStringList tags;
    QString dockerfileText; ///< what was built
    QDateTime started;
    qint64 durationNs = 0;
    QString outcome; ///< "done", "failed", "cancelled"
    QString error;
    QString imageId;
    qint64 imageBytes = 0;
    std::vector<StepRecord> steps;
    std::vector<LayerRecord> layers;
    friend bool operator==(const BuildRecord &, const BuildRecord &) = default;
};

}
