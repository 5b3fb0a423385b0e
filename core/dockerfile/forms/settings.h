// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/instruction.h"

#include <QStringList>

namespace dockerfile {

/// One name of ARG, ENV or LABEL. The value is what it says, without its quotes; variables in it are not
/// expanded, and
/// \$ is a dollar that stays one (\\ before a $ is a backslash).
struct PairForm
{
    QString name;
    std::optional<QString> value; ///< none: ARG NAME

    friend bool operator==(const PairForm &, const PairForm &) = default;
};

/// ARG, ENV, LABEL: any number of pairs.
struct PairsForm
{
    Keyword keyword = Keyword::Env;
    std::vector<PairForm> pairs;

    friend bool operator==(const PairsForm &, const PairsForm &) = default;
};
PairsForm readPairs(const Instruction &instruction);
QString whyNot(const PairsForm &form);
/// Pairs whose name and value stay keep their spelling. The old form with a space stays as long as there is
/// one pair.
base::Result<base::TextEdit> editTo(const Instruction &instruction, const PairsForm &form);

/// EXPOSE 80 8000-8010/udp
struct ExposeForm
{
    QStringList ports;

    friend bool operator==(const ExposeForm &, const ExposeForm &) = default;
};
ExposeForm readExpose(const Instruction &instruction);
QString whyNot(const ExposeForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const ExposeForm &form);

/// USER app:staff
struct UserForm
{
    QString user;
    QString group; ///< empty: not said

    friend bool operator==(const UserForm &, const UserForm &) = default;
};
UserForm readUser(const Instruction &instruction);
QString whyNot(const UserForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const UserForm &form);

/// WORKDIR, STOPSIGNAL, MAINTAINER: one text that goes on to the end of the line. ONBUILD: the instruction
/// after it.
struct TextForm
{
    Keyword keyword = Keyword::Workdir;
    QString text;

    friend bool operator==(const TextForm &, const TextForm &) = default;
};
TextForm readText(const Instruction &instruction);
QString whyNot(const TextForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const TextForm &form);

}
