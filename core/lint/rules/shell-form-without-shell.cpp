// SPDX-License-Identifier: Apache-2.0
// ENTRYPOINT and CMD in shell form start /bin/sh -c. On scratch and distroless there is no shell, and the
// container ends with "exec /bin/sh: no such file or directory".
#include "lint/rules/rules.h"
#include "lint/text.h"

#include <QRegularExpression>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

// Only words that no shell would read another way.
std::optional<QString> asJson(const QString &command)
{
    static const QRegularExpression special(uR"([$&|;<>()`"'\\*?\[\]{}~#=!\n])"_s);
    if (special.match(command).hasMatch())
        return std::nullopt;
    return u"[\""_s + command.simplified().split(u' ').join("\", \""_L1) + "\"]"_L1;
}

Findings check(const Input &input)
{
    Findings findings;
    for (const graph::Stage &stage : input.graph.stages) {
        for (const Instruction *instruction : input.of(stage)) {
            const Keyword keyword = instruction->keyword();
            if ((keyword != Keyword::Entrypoint && keyword != Keyword::Cmd) || instruction->json() ||
                instruction->arguments().trimmed().isEmpty() ||
                !input.hasNoShell(stage, input.tree.lineCount()))
                continue;
            Finding finding = found(instruction->argumentsRange(),
                                    Text::tr("%1 without brackets needs a shell, and this image has none.")
                                        .arg(keywordText(keyword)),
                                    Text::tr("Write it as a list: [\"/app\", \"argument\"]."));
            if (const auto json = asJson(instruction->arguments())) {
                finding.fix = base::TextEdit(instruction->argumentsRange(), *json);
                finding.fixLabel = Text::tr("Write it as a list");
            }
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

}

const Rule shellFormWithoutShell{
    QLatin1StringView("shell-form-without-shell"),
    {},
    Severity::Error,
    QT_TRANSLATE_NOOP("lint", "A command that needs a shell where there is none"),
    check};

}
