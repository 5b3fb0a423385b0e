// SPDX-License-Identifier: Apache-2.0
#include "image/instructiontext.h"

#include <QRegularExpression>
#include <QStringList>

namespace image {

using namespace Qt::StringLiterals;

namespace {

/// "|2 A=b C= go build" -> "go build". A value with blanks cannot be told from the command: it stays.
QString withoutBuildArgs(const QString &command)
{
    static const QRegularExpression counted(u"^\\|(\\d+)\\s+"_s);
    const auto match = counted.match(command);
    if (!match.hasMatch())
        return command;
    static const QRegularExpression assignment(u"^[^\\s=]+=\\S*\\s+"_s);
    QString rest = command.mid(match.capturedEnd());
    for (int left = match.captured(1).toInt(); left > 0; --left) {
        const auto next = assignment.match(rest);
        if (!next.hasMatch())
            break;
        rest = rest.mid(next.capturedEnd());
    }
    return rest;
}

/// "/bin/bash -o pipefail -c go build" -> "go build"; also PowerShell's and cmd's forms. Null when no shell
/// is named.
QString afterShell(const QString &command)
{
    static const QRegularExpression shell(
        u"^(?:(?:/\\S*/"
        u")?(?:ba|da|a|z|k)?sh(?:\\s+[-+]\\S+(?:\\s+(?:pipefail|errexit|nounset|xtrace))?)*?\\s+-\\w*c|"
        "cmd /S /C|powershell\\s.*?-Command)(?:\\s+|$)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const auto match = shell.match(command);
    return match.hasMatch() ? command.mid(match.capturedEnd()) : QString();
}

/// Go prints a list of strings as ["a" "b"]; a Dockerfile has commas.
QString withCommas(const QString &list)
{
    QString out;
    bool inString = false;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QChar c = list[i];
        if (inString && c == u'\\' && i + 1 < list.size()) {
            out += c;
            out += list[++i];
            continue;
        }
        if (c == u'"')
            inString = !inString;
        if (!inString && c == u' ' && !out.endsWith(u','))
            out += u',';
        out += c;
    }
    return out;
}

/// map[8080/tcp:{} 9090/udp:{}] and [8080/tcp] -> 8080/tcp 9090/udp
QString portList(QString ports)
{
    ports.remove(u"map["_s).remove(u":{}"_s).remove(u'[').remove(u']');
    return ports;
}

/// &{["CMD-SHELL" "wget -q x"] "5s" ...} -> CMD wget -q x
QString healthcheck(const QString &arguments)
{
    static const QRegularExpression printed(u"^&\\{\\[\"(CMD-SHELL|CMD|NONE)\"\\s*(.*?)\\]\\s"_s);
    const auto match = printed.match(arguments);
    if (!match.hasMatch())
        return arguments;
    const QString test = match.captured(2);
    if (match.captured(1) == u"NONE")
        return u"NONE"_s;
    if (match.captured(1) == u"CMD")
        return u"CMD ["_s + withCommas(test) + u']';
    return u"CMD "_s + (test.size() >= 2 ? test.sliced(1, test.size() - 2) : test);
}

/// The classic builder names sources by their digest: twelve digits of it are enough.
QString withShortDigests(QString text)
{
    static const QRegularExpression digest(u"\\b((?:file|dir|multi):[0-9a-f]{12})[0-9a-f]{52}\\b"_s);
    return text.replace(digest, u"\\1"_s);
}

QString tidied(const QString &instruction)
{
    const QString keyword = keywordOf(instruction);
    const QString arguments = instruction.mid(keyword.size()).trimmed();
    if (keyword == u"EXPOSE")
        return keyword + u' ' + portList(arguments);
    if (keyword == u"HEALTHCHECK")
        return keyword + u' ' + healthcheck(arguments);
    if ((keyword == u"CMD" || keyword == u"ENTRYPOINT") && arguments.startsWith(u'['))
        return keyword + u' ' + withCommas(arguments);
    if (keyword == u"COPY" || keyword == u"ADD")
        return withShortDigests(instruction);
    return instruction;
}

QString runInstruction(const QString &command)
{
    const QString plain = withoutBuildArgs(command);
    const QString inShell = afterShell(plain);
    return u"RUN "_s + (inShell.isNull() ? plain : inShell);
}

}

QString keywordOf(const QString &instruction)
{
    static const QStringList keywords{
        u"ADD"_s,    u"ARG"_s,   u"CMD"_s,   u"COPY"_s,        u"ENTRYPOINT"_s, u"ENV"_s,
        u"EXPOSE"_s, u"FROM"_s,  u"LABEL"_s, u"HEALTHCHECK"_s, u"MAINTAINER"_s, u"ONBUILD"_s,
        u"RUN"_s,    u"SHELL"_s, u"USER"_s,  u"STOPSIGNAL"_s,  u"VOLUME"_s,     u"WORKDIR"_s};
    const qsizetype end = instruction.indexOf(u' ');
    const QString first = end < 0 ? instruction : instruction.first(end);
    return keywords.contains(first) ? first : QString();
}

QString instructionFromHistory(const QString &createdBy)
{
    QString text = createdBy.trimmed();
    static const QRegularExpression buildkit(u"\\s*# buildkit$"_s);
    text.remove(buildkit);
    static const QRegularExpression lineBreaks(u"\\s*[\\r\\n]+\\s*"_s);
    text.replace(lineBreaks, u" "_s);

    static const QRegularExpression noOperation(u"^\\S+(?:\\s+\\S+){0,6}?\\s+#\\(nop\\)\\s*"_s);
    if (const auto match = noOperation.match(text); match.hasMatch())
        return tidied(text.mid(match.capturedEnd()));
    if (keywordOf(text) == u"RUN")
        return runInstruction(text.mid(4).trimmed());
    if (!keywordOf(text).isEmpty())
        return tidied(text);
    // The classic builder writes no RUN before a command.
    if (text.startsWith(u'|') || !afterShell(text).isNull())
        return runInstruction(text);
    return text;
}

}
