// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/instruction.h"

#include <QStringList>

namespace dockerfile {

/// FROM [--platform=] image [AS name]. The name is changed by graph::renameStage, which follows the
/// references.
struct FromForm
{
    QString platform;
    QString image;
    QString name;

    friend bool operator==(const FromForm &, const FromForm &) = default;
};
FromForm readFrom(const Instruction &instruction);
QString whyNot(const FromForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const FromForm &form);

/// COPY and ADD. Options that are not said are empty or false.
struct CopyForm
{
    Keyword keyword = Keyword::Copy;
    QString from; ///< COPY only (and ADD where the builder knows it)
    QString chown;
    QString chmod;
    bool link = false;
    bool parents = false; ///< COPY only
    QStringList excludes;
    QString checksum;        ///< ADD only
    bool keepGitDir = false; ///< ADD only
    QString unpack;          ///< ADD only: "", "true" or "false"
    QStringList sources;     ///< heredoc words included
    QString destination;

    friend bool operator==(const CopyForm &, const CopyForm &) = default;
};
CopyForm readCopy(const Instruction &instruction);
QString whyNot(const CopyForm &form);
/// Paths with blanks make it a JSON list.
base::Result<base::TextEdit> editTo(const Instruction &instruction, const CopyForm &form);

/// VOLUME.
struct VolumeForm
{
    QStringList paths;

    friend bool operator==(const VolumeForm &, const VolumeForm &) = default;
};
VolumeForm readVolume(const Instruction &instruction);
QString whyNot(const VolumeForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const VolumeForm &form);

}
