// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/instruction.h"

#include <QStringList>

namespace dockerfile {

/// CMD, ENTRYPOINT, SHELL, the command of RUN: for the shell, or a list of words.
struct CommandForm
{
    Keyword keyword = Keyword::Cmd;
    bool isJson = false;
    QString text; ///< of the shell form, as written: continuations, comments and heredocs included; rows end
                  ///< with \n
    QStringList items; ///< of the JSON form

    friend bool operator==(const CommandForm &, const CommandForm &) = default;
};
CommandForm readCommand(const Instruction &instruction);
QString whyNot(const CommandForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const CommandForm &form);

/// HEALTHCHECK NONE, or HEALTHCHECK [options] CMD command. Empty options are not said.
struct HealthcheckForm
{
    bool none = false;
    QString interval;
    QString timeout;
    QString startPeriod;
    QString startInterval;
    QString retries;
    CommandForm command{.keyword = Keyword::Healthcheck, .isJson = false, .text = {}, .items = {}};

    friend bool operator==(const HealthcheckForm &, const HealthcheckForm &) = default;
};
HealthcheckForm readHealthcheck(const Instruction &instruction);
QString whyNot(const HealthcheckForm &form);
base::Result<base::TextEdit> editTo(const Instruction &instruction, const HealthcheckForm &form);

}
