// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/failurehints.h"

#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// One of `words` (apart by '|') stands in what was said; upper and lower case are the same.
struct Hint
{
    const char *words;
    QString hint;
};

QString firstThatFits(const std::vector<Hint> &hints, const QString &said)
{
    for (const Hint &it : hints) {
        const QStringList all = QString::fromLatin1(it.words).split(u'|');
        for (const QString &words : all) {
            if (said.contains(words, Qt::CaseInsensitive))
                return it.hint;
        }
    }
    return {};
}

QString emulatorHint()
{
    return Words::tr("Programs of this platform do not run here: install its emulator with \"docker run "
                     "--privileged --rm tonistiigi/binfmt --install all\", or cross-compile.");
}

QString spaceHint()
{
    return Words::tr("Free space on the cache page, or with \"docker system prune\".");
}

const std::vector<Hint> &registryHints()
{
    static const std::vector<Hint> all{
        {"401 Unauthorized|status: 401|code: 401|unauthorized|authorization failed|pull access denied|"
         "insufficient_scope|no basic auth credentials|403 Forbidden",
         Words::tr("Log in to the registry with \"docker login\", and check the name.")},
        {"429 Too Many|status: 429|code: 429|: 429|toomanyrequests",
         Words::tr("The registry wants a pause, or a login with \"docker login\".")},
        {"500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway|status 500|status: "
         "500|"
         "received unexpected HTTP status",
         Words::tr("The registry has a fault of its own: try again later, or ask whoever runs it.")},
        {"unexpected commit digest",
         Words::tr("The registry, or a proxy before it, is broken: try again, or ask whoever runs it.")},
        {"no match for platform",
         Words::tr("Choose a platform that the image is made for, or another image.")},
        {"server gave HTTP response to HTTPS client|first record does not look like a TLS handshake",
         Words::tr("This registry speaks plain HTTP: list it under \"insecure-registries\" in "
                   "/etc/docker/daemon.json, and restart the engine.")},
        {"certificate signed by unknown authority|certificate has expired|failed to verify certificate",
         Words::tr("Put the certificate of the registry's authority where the engine looks for it: "
                   "/etc/docker/certs.d/HOST/ca.crt.")},
    };
    return all;
}

const std::vector<Hint> &buildHints()
{
    static const std::vector<Hint> all{
        {"no SSH key|unset ssh forward key|no ssh handler",
         Words::tr("Give the build an SSH agent or key, for instance with --ssh default.")},
        {"network.host is not allowed|security.insecure is not allowed|entitlement",
         Words::tr(
             "Allow it for this build with --allow or among the build options. If it was, the builder's own "
             "configuration refuses it: an engine takes {\"builder\": {\"entitlements\": "
             "{\"security-insecure\": true}}} in /etc/docker/daemon.json, a builder of its own "
             "--allow-insecure-entitlement.")},
        {"exec format error", emulatorHint()},
        {"should not be blank",
         Words::tr(
             "Give the variable a default where ARG declares it, before the first FROM, or pass it with "
             "--build-arg.")},
        {"unable to find user|unable to find group",
         Words::tr("Make the account in an earlier step (adduser, useradd), or write its number.")},
        {"exec: \"git\": executable file not found|unknown scheme git:",
         Words::tr(
             "Install git where the engine runs, or clone the repository and give the build its folder.")},
        {"digest mismatch",
         Words::tr("If you trust what the address serves now, put its checksum into the Dockerfile.")},
        {"invalid response status 404|invalid response status 403|invalid response status 401",
         Words::tr("Check the address: the server does not give out such a file.")},
        {"unknown flag:|unknown instruction:",
         Words::tr("Check the spelling. If it is newer than this engine, begin the file with \"# "
                   "syntax=docker/dockerfile:1\".")},
        {"no space left", spaceHint()},
        {"no active session|no secret matching|without session",
         Words::tr(
             "Secrets, SSH mounts and private base images need more than this engine offers here: build "
             "without them, or pull the image first.")},
    };
    return all;
}

bool isUnreachable(const QString &message)
{
    static const std::vector<Hint> all{{"no such host|connection refused|i/o timeout|network is unreachable|"
                                        "no route to host|TLS handshake timeout|context deadline exceeded|"
                                        "Could not resolve host|failed to do request",
                                        u"unreachable"_s}};
    return !firstThatFits(all, message).isEmpty();
}

bool isMissingFile(const QString &message)
{
    return (message.contains(u'"') && message.trimmed().endsWith(" not found"_L1)) ||
           message.contains("\": not found"_L1) || message.contains(": no such file or directory"_L1) ||
           message.contains("copier: stat"_L1); // the last is Podman's
}

QString missingFileHint(const QString &instruction)
{
    if (instruction.contains("--from="_L1))
        return Words::tr(
            "See what that stage or image holds: the path must be there when its last step is done.");
    if (instruction.contains("../"_L1))
        return Words::tr("What lies above the build context cannot be taken: build from the folder above, or "
                         "give the other folder to the build as a named context.");
    return Words::tr(
        "Check that the file is in the build context, is spelled like that, and is not left out by "
        ".dockerignore.");
}

const std::vector<Hint> &logHints()
{
    static const std::vector<Hint> all{
        {"exec format error", emulatorHint()},
        {"exec: \"/bin/sh\": stat /bin/sh: no such file",
         Words::tr(
             "This image has no shell: name a program that it has, in the form RUN [\"/program\"], or do "
             "this in an earlier stage and copy what comes of it.")},
        {"unable to start container process",
         Words::tr("This image has no such program: check its path, or install it in an earlier step.")},
        {"no space left on device", spaceHint()},
        {"bad address '|Could not resolve|Temporary failure in name resolution|Temporary failure resolving|"
         "Name or service not known|Name does not resolve|no such host|server "
         "misbehaving|ENOTFOUND|EAI_AGAIN",
         Words::tr("The step could not look up that name: see whether containers of this engine reach the "
                   "network, and whether they need a proxy.")},
        {"Read-only file system",
         Words::tr("What is mounted there cannot be written: add \"rw\" to the mount, or write elsewhere.")},
        {"Permission denied|Operation not permitted|EACCES",
         Words::tr("See which USER the step runs as, and to whom the file belongs.")},
    };
    return all;
}

}

QString failureHint(const QString &message, const BuildStep *step)
{
    if (message.contains("secret"_L1, Qt::CaseInsensitive) && message.contains("not found"_L1))
        return Words::tr("Give the build a secret with this id.");
    if (const QString hint = firstThatFits(buildHints(), message); !hint.isEmpty())
        return hint;
    if (const QString hint = firstThatFits(registryHints(), message); !hint.isEmpty())
        return hint;
    if (isUnreachable(message))
        return Words::tr("Check the name, and see whether the engine reaches that place.");
    return isMissingFile(message) ? missingFileHint(step ? step->instruction : QString()) : QString();
}

QString programHint(int exitCode, const QString &log)
{
    switch (exitCode) {
    case 126:
        return Words::tr(
            "The program is there but may not be run: \"chmod +x\" it, and check its first line.");
    case 127:
        return Words::tr(
            "There is no such program in this stage: check its name, or install it in an earlier "
            "step.");
    case 137:
        return Words::tr(
            "It was killed, mostly because memory ran out: give the engine more, or let the step "
            "do less at once.");
    case 139:
        return Words::tr("The program crashed: see whether it is made for this platform and this image's "
                         "libraries.");
    case 143:
        return Words::tr("Something told the program to end before it was done.");
    default:
        return firstThatFits(logHints(), log);
    }
}

}
