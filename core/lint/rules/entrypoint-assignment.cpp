// SPDX-License-Identifier: Apache-2.0
// ENTRYPOINT ["DB_SOURCE=postgresql://...", "/app"]: a list starts its first item as a program, and an
// assignment is none. Only a shell reads NAME=value in front of a command.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include <QRegularExpression>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

Findings check(const Input &input)
{
    static const QRegularExpression assignment(uR"(^([A-Za-z_]\w*)=)"_s);
    Findings findings;
    for (const Instruction &instruction : input.instructions) {
        if (instruction.keyword() != Keyword::Entrypoint && instruction.keyword() != Keyword::Cmd)
            continue;
        const auto items = instruction.json();
        const auto match =
            items && !items->isEmpty() ? assignment.match(items->front()) : QRegularExpressionMatch();
        if (!match.hasMatch())
            continue;
        findings.push_back(
            found(instruction.argumentsRange(),
                  Text::tr("\"%1=...\" is no program: a list starts its first item.").arg(match.captured(1)),
                  Text::tr("Set it with ENV %1=..., or when the container starts.").arg(match.captured(1))));
    }
    return findings;
}

}

const Rule entrypointAssignment{QLatin1StringView("entrypoint-assignment"),
                                {},
                                Severity::Error,
                                QT_TRANSLATE_NOOP("lint", "An assignment where a program is started"),
                                check};

}
