// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/buildfailure.h"
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

/// The image whose description the step looked for; old engines leave it out of their sentence.
QString wantedImage(const BuildStep *step)
{
    static const QRegularExpression load(u"^\\[internal\\] load metadata for (\\S+)$"_s);
    return step ? load.match(step->name).captured(1) : QString();
}

QString hintFor(const QString &message)
{
    if (message.contains("no active session"_L1) || message.contains("secret"_L1)) {
        return Words::tr(
            "Secrets, SSH mounts and private base images need more than this engine offers here: build "
            "without "
            "them, or pull the image first.");
    }
    const bool isMissingFile = message.startsWith(u'"') && message.endsWith(" not found"_L1);
    if (isMissingFile || message.contains("copier: stat"_L1)) { // the latter is Podman's
        return Words::tr(
            "Check that the file is in the build context, is spelled like that, and is not left out by "
            ".dockerignore.");
    }
    if (message.contains("no space left"_L1))
        return Words::tr("Free space with \"docker system prune\".");
    return {};
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

QString withoutPrefixes(const QString &message)
{
    static const QRegularExpression prefix(
        u"^(?:failed to solve(?: with frontend [\\w.]+)?: |rpc error: code = \\w+ desc = |"
        "failed to build LLB: |failed to create LLB definition: |error building at STEP \"[^\"]*\": |"
        "failed to compute cache key: |failed to calculate checksum of ref [^:]+::[^:]+: |"
        "dockerfile parse error (?:on )?line \\d+: |building at STEP \"[^\"]*\": )"_s);
    QString rest = message.trimmed();
    for (auto match = prefix.match(rest); match.hasMatch(); match = prefix.match(rest))
        rest.remove(0, match.capturedLength());
    // Podman prints its own structures.
    static const QRegularExpression structure(u"\\s*&imagebuilder\\.Step\\{.*$"_s,
                                              QRegularExpression::DotMatchesEverythingOption);
    rest.remove(structure);
    if (rest.endsWith(" not found: not found"_L1)) // 20.10 says it twice
        rest.chop(": not found"_L1.size());
    return rest;
}

base::Error buildFailure(const QString &message, const QString &dockerfileName, const BuildStep *failedStep,
                         const QString &log)
{
    static const QRegularExpression exitCode(u"exit (?:code:?|status) (\\d+)"_s);
    base::Error error{.kind = base::Error::Kind::Failed,
                      .message = withoutPrefixes(message),
                      .where = {},
                      .hint = {},
                      .detail = log.isEmpty() ? message : log};
    if (const QString image = wantedImage(failedStep); !error.message.contains(image))
        error.message = image + u": "_s + error.message;
    error.hint = hintFor(error.message);
    if (const int row = errorRow(message))
        error.where = u"%1:%2"_s.arg(dockerfileName).arg(row);
    else if (failedStep && !failedStep->stage.isEmpty())
        error.where = Words::tr("stage %1, step %2 of %3")
                          .arg(failedStep->stage)
                          .arg(failedStep->position)
                          .arg(failedStep->count);
    const auto code = exitCode.match(error.message);
    if (failedStep && code.hasMatch()) {
        error.detail = log; // the engine's own sentence says no more than ours
        error.message = Words::tr("\"%1\" ended with exit code %2")
                            .arg(shortened(failedStep->instruction), code.captured(1));
    }
    return error;
}

}
