// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/buildfailure.h"

#include "engine/steps/failurehints.h"
#include "engine/steps/failurewords.h"
#include "engine/words.h"

#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

QString shortened(const QString &instruction)
{
    constexpr qsizetype most = 80;
    const QString line = instruction.section(u'\n', 0, 0).simplified();
    return line.size() <= most ? line : line.first(most - 1) + u'…';
}

}

int errorRow(const QString &message)
{
    static const QRegularExpression parseError(u"parse error (?:on )?line (\\d+)"_s);
    static const QRegularExpression marked(u"(?:^|\\n)\\s*(\\d+) \\|\\s*>>>"_s);
    static const QRegularExpression place(u"(?:^|\\n)\\S*[Dd]ockerfile\\S*:(\\d+)\\b"_s);
    for (const auto &pattern : {parseError, marked, place}) {
        if (const auto match = pattern.match(message); match.hasMatch())
            return match.captured(1).toInt();
    }
    return 0;
}

std::optional<int> exitCodeOf(const QString &message)
{
    static const QRegularExpression exitCode(
        u"(?:^|successfully: |failed running .*: |running runtime: )exit (?:code:?|status) (\\d+)"_s);
    const auto match = exitCode.match(withoutPrefixes(message));
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

base::Error buildFailure(const QString &message, const QString &dockerfileName, const BuildStep *failedStep,
                         const QString &log)
{
    base::Error error{.kind = base::Error::Kind::Failed,
                      .message = plainWords(message, failedStep),
                      .where = {},
                      .hint = failureHint(message, failedStep),
                      .detail = log};
    const QString said = withoutPrefixes(message);
    if (log.isEmpty()) // what we made of it may have lost something
        error.detail = said == error.message ? said : Words::tr("The engine's words: %1").arg(said);
    if (const int row = errorRow(message))
        error.where = u"%1:%2"_s.arg(dockerfileName).arg(row);
    else if (failedStep && !failedStep->stage.isEmpty())
        error.where = Words::tr("stage %1, step %2 of %3")
                          .arg(failedStep->stage)
                          .arg(failedStep->position)
                          .arg(failedStep->count);
    const auto code = exitCodeOf(message);
    if (failedStep && code) {
        error.detail = log; // the engine's own sentence says no more than ours
        error.message =
            Words::tr("\"%1\" ended with exit code %2").arg(shortened(failedStep->instruction)).arg(*code);
        error.hint = programHint(*code, log);
    }
    return error;
}

}
