// SPDX-License-Identifier: Apache-2.0
// What ENV, ARG and command lines say stays in the image and in its history, for everybody who pulls it.
// Found by telling names (as the builder does) and by addresses with a password in them.
#include "lint/rules/rules.h"
#include "lint/secretname.h"
#include "lint/text.h"

#include "dockerfile/views.h"

#include <QRegularExpression>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

QString hint()
{
    return Text::tr(
        "It stays in the image: pass it with RUN --mount=type=secret, or set it when the container starts.");
}

Findings check(const Input &input)
{
    // user:password@ in an address; a variable in the password's place gives nothing away.
    static const QRegularExpression address(
        uR"(\b[A-Za-z][A-Za-z0-9+.\-]*://[^\s/:@"']+:(?!\$)[^\s/@"']+@)"_s);
    Findings findings;
    for (const Instruction &instruction : input.instructions) {
        if (instruction.keyword() == Keyword::Env || instruction.keyword() == Keyword::Arg) {
            for (const Pair &pair : viewPairs(instruction)) {
                if (soundsSecret(pair.name.text))
                    findings.push_back(found(
                        pair.name.range, Text::tr("%1 looks like a secret.").arg(pair.name.text), hint()));
            }
        }
        const QString &text = input.tree.line(instruction.line()).text;
        if (!text.contains("://"_L1)) // most lines: far quicker than the expression
            continue;
        const qsizetype start = input.tree.lineRange(instruction.line()).start;
        for (const auto &match : address.globalMatch(text)) {
            findings.push_back(found({start + match.capturedStart(), match.capturedLength()},
                                     Text::tr("This address holds a password."), hint()));
        }
    }
    return findings;
}

}

const Rule secretInEnvOrArg{QLatin1StringView("secret-in-env-or-arg"),
                            QLatin1StringView("SecretsUsedInArgOrEnv"), Severity::Warning,
                            QT_TRANSLATE_NOOP("lint", "A secret that stays in the image"), check};

}
