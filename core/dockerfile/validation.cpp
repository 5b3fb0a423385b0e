// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/validation.h"

#include "dockerfile/jsonlist.h"
#include "dockerfile/text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

bool matches(const QRegularExpression &pattern, const QString &text)
{
    return pattern.match(text).hasMatch();
}

bool hasVariable(const QString &text)
{
    return text.contains(u'$');
}

bool hasBlank(const QString &text)
{
    static const QRegularExpression blank(uR"(\s)"_s);
    return text.contains(blank);
}

QString wholeNumberReason(const QString &text, const QString &what, uint most)
{
    bool isNumber = false;
    const uint number = text.toUInt(&isNumber);
    if (!isNumber)
        return Text::tr("%1 is a whole number: \"%2\" is none.").arg(what, text);
    if (number > most)
        return Text::tr("%1 is at most %2.").arg(what).arg(most);
    return {};
}

}

QString whyNoStageName(const QString &name)
{
    // instructions/parse.go, parseBuildStageName, after lowering the case.
    static const QRegularExpression valid(uR"(\A[a-z][a-z0-9\-_.]*\z)"_s);
    const QString lower = name.toLower();
    if (lower.isEmpty())
        return Text::tr("A stage needs a name.");
    if (!matches(valid, lower)) {
        return Text::
            tr("\"%1\" is no stage name: it starts with a letter and holds letters, digits, \"-\", \"_\" and "
               "\".\" only.")
                .arg(name);
    }
    if (lower == "scratch"_L1 || lower == "context"_L1)
        return Text::tr("\"%1\" has a meaning of its own for the builder.").arg(lower);
    return {};
}

QString whyNoImage(const QString &reference)
{
    if (reference.isEmpty())
        return Text::tr("A stage needs a base: an image such as alpine:3.22, scratch, or a stage above it.");
    if (hasBlank(reference) || reference.startsWith(u'-') || reference.startsWith(u'#'))
        return Text::tr("\"%1\" is no image reference.").arg(reference);
    if (hasVariable(reference))
        return {};
    // The grammar of github.com/distribution/reference (regexp.go); a stage's name has the shape of a path,
    // and FROM knows it in lower case.
    static const QRegularExpression valid(
        uR"(\A(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/)?)"
        uR"([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)"
        uR"((?::[\w][\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,})?\z)"_s);
    if (matches(valid, reference) || whyNoStageName(reference).isEmpty())
        return {};
    static const QRegularExpression upper(uR"([A-Z])"_s);
    if (matches(valid, reference.toLower()) && reference.contains(upper))
        return Text::tr("\"%1\" is no image reference: names are in lower case.").arg(reference);
    return Text::tr("\"%1\" is no image reference: it reads registry/name:tag, such as "
                    "ghcr.io/team/app:1.0.")
        .arg(reference);
}

QString whyNoPlatform(const QString &platform)
{
    static const QRegularExpression valid(uR"(\A[A-Za-z0-9_.\-()]+(?:/[A-Za-z0-9_.\-]+){0,2}\z)"_s);
    if (platform.isEmpty())
        return Text::tr("A platform reads like linux/arm64.");
    if (hasBlank(platform))
        return Text::tr("A platform has no blanks.");
    if (hasVariable(platform) || matches(valid, platform))
        return {};
    return Text::tr("\"%1\" is no platform: it reads like linux/amd64 or linux/arm/v7.").arg(platform);
}

QString whyNoVariableName(const QString &name)
{
    static const QRegularExpression valid(uR"(\A[A-Za-z_][A-Za-z0-9_.\-]*\z)"_s);
    if (name.isEmpty())
        return Text::tr("A variable needs a name.");
    if (!matches(valid, name)) {
        return Text::tr("\"%1\" is no variable name: it starts with a letter or \"_\" and holds letters, "
                        "digits and \"_\".")
            .arg(name);
    }
    return {};
}

QString whyNoLabelName(const QString &name)
{
    if (name.isEmpty())
        return Text::tr("A label needs a name.");
    static const QRegularExpression bad(uR"([\s="'\\`\p{Cc}])"_s);
    if (name.contains(bad) || name.startsWith(u'#'))
        return Text::tr("\"%1\" is no label name: it holds no blanks, quotes or \"=\".").arg(name);
    return {};
}

QString whyNoPort(const QString &port)
{
    if (port.isEmpty())
        return Text::tr("EXPOSE needs a port, such as 8080.");
    if (hasBlank(port))
        return Text::tr("A port has no blanks.");
    if (hasVariable(port))
        return {};
    static const QRegularExpression parts(uR"(\A(\d+)(?:-(\d+))?(?:/(.*))?\z)"_s);
    const auto match = parts.match(port);
    if (!match.hasMatch()) {
        return Text::tr("\"%1\" is no port: it is a number, or a range such as 8000-8010, with /tcp or /udp.")
            .arg(port);
    }
    constexpr uint lastPort = 65535;
    for (const int part : {1, 2}) {
        const QString number = match.captured(part);
        bool fits = true;
        const uint value = number.isEmpty() ? 1 : number.toUInt(&fits);
        if (!fits || value < 1 || value > lastPort)
            return Text::tr("Port %1 is out of range: ports go from 1 to %2.").arg(number).arg(lastPort);
    }
    if (!match.captured(2).isEmpty() && match.captured(1).toUInt() > match.captured(2).toUInt())
        return Text::tr("The range %1 ends before it begins.").arg(match.captured(0).section(u'/', 0, 0));
    if (!port.contains(u'/'))
        return {};
    const QString protocol = match.captured(3).toLower();
    if (protocol != "tcp"_L1 && protocol != "udp"_L1 && protocol != "sctp"_L1)
        return Text::tr("\"%1\" is no protocol: there are tcp, udp and sctp.").arg(match.captured(3));
    return {};
}

QString whyNoChmod(const QString &mode)
{
    if (mode.isEmpty())
        return Text::tr("A mode reads like 755.");
    if (hasBlank(mode))
        return Text::tr("A mode has no blanks.");
    if (hasVariable(mode))
        return {};
    static const QRegularExpression digits(uR"(\A\d+\z)"_s);
    if (matches(digits, mode)) {
        bool isOctal = false;
        constexpr uint most = 07777;
        const uint value = mode.toUInt(&isOctal, 8);
        if (!isOctal)
            return Text::tr("\"%1\" is no mode: its digits go from 0 to 7.").arg(mode);
        return value > most ? Text::tr("\"%1\" is no mode: it is at most 7777.").arg(mode) : QString();
    }
    static const QRegularExpression symbolic(
        uR"(\A[ugoa]*(?:[+\-=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[+\-=](?:[rwxXst]*|[ugo]))+)*\z)"_s);
    if (matches(symbolic, mode))
        return {};
    return Text::tr("\"%1\" is no mode: it reads like 755, or like u=rwX,go=rX.").arg(mode);
}

QString whyNoOwner(const QString &owner)
{
    if (owner.isEmpty())
        return Text::tr("An owner is a user, or user:group.");
    if (hasBlank(owner))
        return Text::tr("An owner has no blanks.");
    if (hasVariable(owner))
        return {};
    if (owner.count(u':') > 1)
        return Text::tr("\"%1\" is no owner: it has one colon, between user and group.").arg(owner);
    if (owner.startsWith(u':'))
        return Text::tr("\"%1\" names no user before the colon.").arg(owner);
    if (owner.endsWith(u':'))
        return Text::tr("\"%1\" names no group after the colon.").arg(owner);
    return {};
}

QString whyNoChecksum(const QString &checksum)
{
    if (hasVariable(checksum) && !hasBlank(checksum))
        return {};
    static const QRegularExpression digest(
        uR"(\A(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})\z)"_s);
    static const QRegularExpression commit(uR"(\A[0-9a-f]{7,64}\z)"_s);
    if (matches(digest, checksum) || matches(commit, checksum))
        return {};
    return Text::tr("\"%1\" is no checksum: it is sha256: and 64 digits, or a Git commit.").arg(checksum);
}

QString whyNoDuration(const QString &duration)
{
    if (duration.isEmpty())
        return Text::tr("A duration reads like 30s.");
    if (duration == "0"_L1)
        return {};
    static const QRegularExpression valid(uR"(\A\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+\z)"_s);
    if (!matches(valid, duration)) {
        static const QRegularExpression number(uR"(\A[\d.]+\z)"_s);
        if (matches(number, duration))
            return Text::tr("\"%1\" has no unit: write %1s for seconds.").arg(duration);
        if (duration.startsWith(u'-'))
            return Text::tr("A duration is not negative.");
        return Text::tr("\"%1\" is no duration: it reads like 30s or 1m30s.").arg(duration);
    }
    static const QRegularExpression part(uR"((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))"_s);
    double milliseconds = 0;
    for (const auto &match : part.globalMatch(duration)) {
        const QString unit = match.captured(2);
        const double factor = unit == "ns"_L1   ? 1e-6
                              : unit == "ms"_L1 ? 1
                              : unit == "s"_L1  ? 1e3
                              : unit == "m"_L1  ? 6e4
                              : unit == "h"_L1  ? 3.6e6
                                                : 1e-3;
        milliseconds += match.captured(1).toDouble() * factor;
    }
    // instructions/parse.go, parseOptInterval.
    if (milliseconds > 0 && milliseconds < 1)
        return Text::tr("A duration is at least 1ms.");
    return {};
}

QString whyNoRetries(const QString &retries)
{
    if (retries.isEmpty())
        return Text::tr("Retries is a number, such as 3.");
    return wholeNumberReason(retries, Text::tr("Retries"), 0x7fffffff);
}

QString whyNoSignal(const QString &signal)
{
    if (signal.isEmpty())
        return Text::tr("A signal reads like SIGTERM or 15.");
    if (hasVariable(signal) && !hasBlank(signal))
        return {};
    // moby/sys/signal, signal_linux.go.
    static const QStringList names{
        u"ABRT"_s,  u"ALRM"_s,  u"BUS"_s,    u"CHLD"_s,   u"CLD"_s,   u"CONT"_s,  u"FPE"_s,  u"HUP"_s,
        u"ILL"_s,   u"INT"_s,   u"IO"_s,     u"IOT"_s,    u"KILL"_s,  u"PIPE"_s,  u"POLL"_s, u"PROF"_s,
        u"PWR"_s,   u"QUIT"_s,  u"SEGV"_s,   u"STOP"_s,   u"SYS"_s,   u"TERM"_s,  u"TRAP"_s, u"TSTP"_s,
        u"TTIN"_s,  u"TTOU"_s,  u"URG"_s,    u"USR1"_s,   u"USR2"_s,  u"WINCH"_s, u"XCPU"_s, u"XFSZ"_s,
        u"RTMIN"_s, u"RTMAX"_s, u"STKFLT"_s, u"UNUSED"_s, u"VTALRM"_s};
    bool isNumber = false;
    const int number = signal.toInt(&isNumber);
    constexpr int last = 64;
    if (isNumber) {
        return number >= 1 && number <= last
                   ? QString()
                   : Text::tr("Signal %1 is out of range: signals go from 1 to %2.").arg(number).arg(last);
    }
    QString name = signal.toUpper();
    if (name.startsWith("SIG"_L1))
        name.remove(0, 3);
    static const QRegularExpression realTime(uR"(\A(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))\z)"_s);
    if (names.contains(name) || matches(realTime, name))
        return {};
    return Text::tr("\"%1\" is no signal: it reads like SIGTERM or 15.").arg(signal);
}

QString whyNoPath(const QString &path)
{
    if (path.trimmed().isEmpty())
        return Text::tr("A path is needed here.");
    if (path.contains(u'\n') || path.contains(u'\r'))
        return Text::tr("A path stands on one line.");
    return {};
}

QString whyNoAbsolutePath(const QString &path)
{
    if (const QString reason = whyNoPath(path); !reason.isEmpty())
        return reason;
    static const QRegularExpression windows(uR"(\A[A-Za-z]:)"_s);
    if (path.startsWith(u'/') || path.startsWith(u'$') || path.startsWith(u'\\') || path.contains(windows) ||
        path.startsWith("\"$"_L1))
        return {};
    return Text::tr("\"%1\" does not start with \"/\".").arg(path);
}

QString whyNoNetwork(const QString &network)
{
    if (network == "default"_L1 || network == "none"_L1 || network == "host"_L1)
        return {};
    return Text::tr("\"%1\" is no network for a build: there are default, none and host.").arg(network);
}

QString whyNoSecurity(const QString &security)
{
    if (security == "sandbox"_L1 || security == "insecure"_L1)
        return {};
    return Text::tr("\"%1\" is no security mode: there are sandbox and insecure.").arg(security);
}

QString whyNoJsonList(const QString &text)
{
    switch (readJsonList(text.trimmed()).form) {
    case JsonList::Form::Strings:
        return {};
    case JsonList::Form::NotStrings:
        return Text::tr("The list holds something else than texts: put each item in double quotes.");
    case JsonList::Form::None:
        break;
    }
    return Text::tr("This is no list: it reads [\"program\", \"argument\"], in double quotes.");
}

}
