// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/sshfailure.h"

#include "engine/buildkit/bytestream.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;

namespace {

/// As ssh files it: "[127.0.0.1]:2222" where the port is not the usual one.
QString hostKeyName(const Endpoint &endpoint)
{
    return endpoint.port > 0 ? u"[%1]:%2"_s.arg(endpoint.host).arg(endpoint.port) : endpoint.host;
}

/// "ssh -l user -p 2222 host", to be tried in a terminal.
QString login(const Endpoint &endpoint)
{
    QString command = u"ssh "_s;
    if (endpoint.port > 0)
        command += u"-p %1 "_s.arg(endpoint.port);
    return command + (endpoint.user.isEmpty() ? QString() : QString(endpoint.user + u'@')) + endpoint.host;
}

struct Known
{
    QLatin1StringView says; ///< by ssh, the far shell or the far docker
    Error::Kind kind;
    QString message;
    QString hint;
};

std::vector<Known> knownFailures(const Endpoint &endpoint)
{
    using enum Error::Kind;
    const QString &host = endpoint.host;
    return {
        {"HOST IDENTIFICATION HAS CHANGED"_L1, Refused,
         Words::tr("the host key of %1 is another than before").arg(host),
         Words::tr("If that machine was set up anew, forget its old key with \"ssh-keygen -R '%1'\"; if not, "
                   "somebody "
                   "may stand between you and it.")
             .arg(hostKeyName(endpoint))},
        {"Host key verification failed"_L1, Refused,
         Words::tr("this machine does not know the host key of %1").arg(host),
         Words::tr("Log in once in a terminal with \"%1\", compare the key, and accept it.")
             .arg(login(endpoint))},
        {"Permission denied ("_L1, Refused, Words::tr("%1 does not let you in").arg(host),
         Words::tr("Put your key there with \"ssh-copy-id\", or load it with \"ssh-add\"; \"%1\" has to work "
                   "without "
                   "a password.")
             .arg(login(endpoint))},
        {"docker: not found"_L1, NotFound, Words::tr("there is no docker command on %1").arg(host),
         Words::tr(
             "Install it there: it joins ssh to the engine. It has to be in the PATH of logins without a "
             "terminal.")},
        {"docker: command not found"_L1, NotFound, Words::tr("there is no docker command on %1").arg(host),
         Words::tr(
             "Install it there: it joins ssh to the engine. It has to be in the PATH of logins without a "
             "terminal.")},
        {"connect: permission denied"_L1, Refused, Words::tr("you may not use the engine on %1").arg(host),
         Words::tr("Join the docker group there with \"sudo usermod -aG docker $USER\".")},
        {"connect: no such file"_L1, Unreachable, Words::tr("no engine answers on %1").arg(host),
         Words::tr("Start it there, for instance with \"sudo systemctl start docker\".")},
        {"connect: connection refused"_L1, Unreachable, Words::tr("no engine answers on %1").arg(host),
         Words::tr("Start it there, for instance with \"sudo systemctl start docker\".")},
    };
}

}

Error sshFailure(const Endpoint &endpoint, const QString &words)
{
    for (const Known &known : knownFailures(endpoint)) {
        if (words.contains(known.says))
            return {.kind = known.kind,
                    .message = known.message,
                    .where = endpoint.url,
                    .hint = known.hint,
                    .detail = words};
    }
    const QString last = words.trimmed().section(u'\n', -1).trimmed();
    return {.kind = Error::Kind::Unreachable,
            .message = last.isEmpty() ? Words::tr("ssh ended without a word") : last,
            .where = endpoint.url,
            .hint = Words::tr("See whether \"%1\" works in a terminal.").arg(sshCommand(endpoint).join(u' ')),
            .detail = words};
}

}
