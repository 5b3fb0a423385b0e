// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/command.h"

namespace dockerfile {

/// RUN --mount=... A field that is not said is empty. Names are the reference's own.
struct MountForm
{
    QString type = QStringLiteral("bind"); ///< bind, cache, tmpfs, secret, ssh
    QString target;
    QString source;
    QString from;
    QString id;      ///< cache, secret, ssh
    QString sharing; ///< cache: shared, private, locked
    QString size;    ///< tmpfs
    QString mode;    ///< cache, secret, ssh
    QString uid;
    QString gid;
    QString env;            ///< secret: as a variable of this name
    bool readOnly = false;  ///< cache, bind
    bool readWrite = false; ///< bind, which is read-only when nothing is said
    bool required = false;  ///< secret, ssh

    friend bool operator==(const MountForm &, const MountForm &) = default;
};
/// The fields that a mount of that type has, by the names that whyNoMountField knows, in the order of a form.
QStringList mountFields(const QString &type);
MountForm readMountForm(const QString &value);
/// "type=cache,target=/root/.cache": what stands after --mount=.
QString mountText(const MountForm &form);
/// The same as a change of what is written there: order, other names (dst) and unknown fields stay.
QString mountTextLike(const QString &written, const MountForm &form);
QString whyNot(const MountForm &form);

struct RunForm
{
    std::vector<MountForm> mounts;
    QString network;  ///< default, none, host
    QString security; ///< sandbox, insecure
    CommandForm command{.keyword = Keyword::Run, .isJson = false, .text = {}, .items = {}};

    friend bool operator==(const RunForm &, const RunForm &) = default;
};
RunForm readRun(const Instruction &instruction);
QString whyNot(const RunForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const RunForm &form);

/// Another mount, a changed one (of those in viewRun), one less: what the rest says stays untouched. A field
/// that the form does not know stays as well.
base::Result<base::TextEdit> addMount(const Instruction &run, const MountForm &mount);
base::Result<base::TextEdit> setMount(const Instruction &run, int index, const MountForm &mount);
base::Result<base::TextEdit> removeMount(const Instruction &run, int index);

}
