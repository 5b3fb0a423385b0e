// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/failurewords.h"

#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/words.h"

#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using Match = QRegularExpressionMatch;

/// "docker.io/library/alpine:latest" as people write it.
QString shortName(QString image)
{
    for (const auto &usual : {u"docker.io/library/"_s, u"docker.io/"_s}) {
        if (image.startsWith(usual))
            image.remove(0, usual.size());
    }
    return image;
}

/// Of "dial tcp: lookup x on 1.2.3.4:53: no such host" the last, which says why.
QString reasonOf(const QString &words)
{
    return words.section(u": "_s, -1).trimmed();
}

QString registryStatus(const QString &registry, const QString &status)
{
    if (status.startsWith("401"_L1))
        return Words::tr("the registry %1 wants a login (%2)").arg(registry, status);
    if (status.startsWith("403"_L1))
        return Words::tr("the registry %1 does not allow it (%2)").arg(registry, status);
    if (status.startsWith("429"_L1))
        return Words::tr("the registry %1 was asked too often (%2)").arg(registry, status);
    if (status.startsWith(u'5'))
        return Words::tr("the registry %1 has a fault of its own (%2)").arg(registry, status);
    return Words::tr("the registry %1 answered %2").arg(registry, status);
}

/// What stood in the way between the engine and an image.
QString fetchProblem(const QString &image, const QString &words)
{
    static const QRegularExpression request(
        u"failed to do request: (?:\\w+ \"\\w+://([^/\"]+)[^\"]*\": )?(.*)$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression status(
        u"unexpected status from \\w+ request to \\w+://([^/\\s]+)\\S*: (\\d{3} .*)$"_s);
    static const QRegularExpression bareStatus( // "unexpected status code [manifests v1]: 401 Unauthorized"
        u"unexpected status(?: code)?(?: \\[[^\\]]*\\])?: (\\d{3} .*)$"_s);
    if (const Match match = request.match(words); match.hasMatch()) {
        const QString host = match.captured(1).isEmpty() ? registryOf(image) : match.captured(1);
        return Words::tr("the registry %1 cannot be reached (%2)").arg(host, reasonOf(match.captured(2)));
    }
    if (const Match match = status.match(words); match.hasMatch())
        return registryStatus(match.captured(1), match.captured(2).trimmed());
    if (const Match match = bareStatus.match(words); match.hasMatch())
        return registryStatus(registryOf(image), match.captured(1).trimmed());
    if (words.contains("pull access denied"_L1) || words.contains("insufficient_scope"_L1))
        return Words::tr("the registry %1 has no such image, or shows it only to those who are logged in")
            .arg(registryOf(image));
    if (words.contains("no match for platform"_L1))
        return Words::tr("there is no image of it for this platform");
    if (words.contains("unexpected commit digest"_L1))
        return Words::tr("what the registry %1 sent is not what it had announced").arg(registryOf(image));
    if (words == "not found"_L1 || words == QString(image + u": not found"_s))
        return Words::tr("the registry %1 has no such image").arg(registryOf(image));
    return words;
}

/// A message that speaks of an image which the build needs; nothing for others.
std::optional<QString> imageWords(const QString &message, const BuildStep *step)
{
    static const QRegularExpression resolve(
        u"^(?:[^\\s\"]+: )?failed to resolve source metadata for (\\S+): (.*)$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression load(u"^\\[internal\\] load metadata for (\\S+)$"_s);
    if (const Match match = resolve.match(message); match.hasMatch())
        return QString(shortName(match.captured(1)) + u": "_s +
                       fetchProblem(match.captured(1), match.captured(2)));
    const QString image = step ? load.match(step->name).captured(1) : QString();
    if (image.isEmpty())
        return std::nullopt;
    QString rest = message;
    for (const QString &name : {image, shortName(image)}) {
        if (rest.startsWith(QString(name + u": "_s)))
            rest.remove(0, name.size() + 2);
    }
    return QString(shortName(image) + u": "_s + fetchProblem(image, rest));
}

QString notFoundWords(const QString &path, const BuildStep *step)
{
    static const QRegularExpression copiesFrom(u"^(?:COPY|ADD)\\b.*?\\s--from=(\\S+)"_s);
    const QString instruction = step ? step->instruction : QString();
    if (const Match from = copiesFrom.match(instruction); from.hasMatch())
        return Words::tr("\"%1\" is not in \"%2\"").arg(path, from.captured(1));
    if (instruction.startsWith("COPY"_L1) || instruction.startsWith("ADD"_L1))
        return Words::tr("\"%1\" is not in the build context").arg(path);
    return Words::tr("\"%1\" was not found").arg(path);
}

struct Rule
{
    QRegularExpression pattern;
    QString (*sentence)(const Match &match, const BuildStep *step);
};

const std::vector<Rule> &rules()
{
    static const std::vector<Rule> all{
        {QRegularExpression(u"^\"([^\"]*)\":? not found$"_s),
         [](const Match &match, const BuildStep *step) { return notFoundWords(match.captured(1), step); }},
        {QRegularExpression(u"^l?stat (/\\S+): no such file or directory$"_s),
         [](const Match &match, const BuildStep *step) { return notFoundWords(match.captured(1), step); }},
        {QRegularExpression(u"^(?:l?stat|mkdir|open) (/\\S*): not a directory$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("%1 cannot be made: a file is where a folder should be").arg(match.captured(1));
         }},
        {QRegularExpression(u"unable to find user ([^:\"]+): [^\"]*$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("there is no user \"%1\" in the image").arg(match.captured(1));
         }},
        {QRegularExpression(u"unable to find group ([^:\"]+): [^\"]*$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("there is no group \"%1\" in the image").arg(match.captured(1));
         }},
        {QRegularExpression(
             u"^unknown scheme git: |exec: \"git\": executable file not found in \\$PATH\\s*(?:stderr:\\s*)?$"_s),
         [](const Match &, const BuildStep *) {
             return Words::tr("the engine has no git, which fetches repositories");
         }},
        {QRegularExpression(
             u"^error fetching (?:default branch for )?repository (\\S+):.*?stderr:\\s*(.*?)(?:: exit status \\d+)?$"_s,
             QRegularExpression::DotMatchesEverythingOption),
         [](const Match &match, const BuildStep *) {
             return Words::tr("the repository %1 cannot be fetched: %2")
                 .arg(match.captured(1), match.captured(2).simplified());
         }},
        {QRegularExpression(u"^(?:Get|Head) \"([^\"]+)\": (.*)$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("%1 cannot be fetched (%2)")
                 .arg(match.captured(1), reasonOf(match.captured(2)));
         }},
        {QRegularExpression(u"^invalid response status (\\d+)$"_s),
         [](const Match &match, const BuildStep *step) {
             static const QRegularExpression address(u"\\bhttps?://\\S+"_s);
             const QString from = step ? address.match(step->instruction).captured() : QString();
             return from.isEmpty() ? Words::tr("the server answered with status %1").arg(match.captured(1))
                                   : Words::tr("%1 was answered with status %2").arg(from, match.captured(1));
         }},
        {QRegularExpression(u"^digest mismatch (sha\\d+:\\w+): (sha\\d+:\\w+)$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("what came is not what the checksum asks for: it has %1")
                 .arg(match.captured(1));
         }},
        {QRegularExpression(u"^secret (\\S+?):? not found$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("the build was given no secret \"%1\"").arg(match.captured(1));
         }},
        {QRegularExpression(u"^no SSH key \"([^\"]*)\" forwarded from the client$"_s),
         [](const Match &match, const BuildStep *) {
             return match.captured(1).isEmpty()
                        ? Words::tr("the build was given no SSH agent or key")
                        : Words::tr("the build was given no SSH agent or key \"%1\"").arg(match.captured(1));
         }},
        {QRegularExpression(u"^(network\\.host|security\\.insecure|device\\S*) is not allowed$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("the build wants more than it was allowed: %1").arg(match.captured(1));
         }},
        {QRegularExpression(u"^base name \\((.*)\\) should not be blank$"_s),
         [](const Match &match, const BuildStep *) {
             return Words::tr("the base image is empty: \"%1\" has no value").arg(match.captured(1));
         }},
    };
    return all;
}

// Where the engine keeps its files is nobody's path: "/var/lib/docker/overlay2/xyz/merged/etc" is "/etc".
QString withoutInnerPaths(QString message)
{
    static const QRegularExpression inner(
        u"/\\S*?/(?:overlay2/\\w+/(?:merged|diff)|buildkit-mount\\d+|snapshots/\\d+/(?:fs|work))(?=[/\\s:]|$)"_s);
    return message.remove(inner);
}

}

QString withoutPrefixes(const QString &message)
{
    static const QRegularExpression prefix(
        u"^(?:failed to solve(?: with frontend [\\w.]+)?: |rpc error: code = \\w+ desc = |"
        "failed to build LLB: |failed to create LLB definition: |failed to load LLB: |"
        "error building at STEP \"[^\"]*\": |"
        "failed to compute cache key: |failed to load cache key: |"
        "failed to calculate checksum of ref [^:]+::[^:]+: |failed to walk \\S+: |"
        "dockerfile parse error (?:on )?line \\d+: |building at STEP \"[^\"]*\": )"_s,
        QRegularExpression::CaseInsensitiveOption);
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

QString plainWords(const QString &message, const BuildStep *step)
{
    const QString rest = withoutInnerPaths(withoutPrefixes(message));
    if (const auto words = imageWords(rest, step))
        return *words;
    for (const Rule &rule : rules()) {
        if (const Match match = rule.pattern.match(rest); match.hasMatch())
            return rule.sentence(match, step);
    }
    return rest;
}

}
