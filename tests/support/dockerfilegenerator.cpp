// SPDX-License-Identifier: Apache-2.0
#include "support/dockerfilegenerator.h"

#include <QRegularExpression>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

struct Body
{
    const char *name;
    const char *text;
};

const std::vector<Body> valid{
    {"one-stage", "FROM scratch\nCOPY a /a\n"},
    {"one-named-stage", "FROM scratch AS only\nCOPY a /a\n"},
    {"name-in-capitals", "FROM scratch AS Builder\nFROM scratch\nCOPY --from=builder /a /a\n"},
    {"three-stages",
     "FROM scratch AS one\nCOPY a /a\nFROM scratch AS two\nCOPY --from=one /a /b\nFROM two\nCMD [\"/b\"]\n"},
    {"unnamed-stages", "FROM scratch\nCOPY a /a\nFROM scratch\nCOPY --from=0 /a /a\n"},
    {"stage-from-stage", "FROM scratch AS base\nENV A=b\nFROM base AS next\nWORKDIR /x\n"},
    {"stage-described",
     "# base starts everything\nFROM scratch AS base\n\n# next goes on\nFROM base AS next\nLABEL a=b\n"},
    {"two-of-one-name", "FROM scratch AS x\nCOPY a /a\nFROM scratch AS x\nCOPY --from=x /a /a\n"},
    {"unneeded-stage", "FROM scratch AS unneeded\nCOPY a /a\nFROM scratch\nCOPY b /b\n"},
    {"platform", "FROM --platform=linux/arm64 scratch AS arm\nFROM --platform=$BUILDPLATFORM scratch\nCOPY "
                 "--from=arm /a /\n"},
    {"platform-of-target", "FROM --platform=$TARGETPLATFORM scratch AS t\nCOPY a /a\n"},
    {"base-by-arg", "ARG BASE=scratch\nFROM $BASE AS x\nCOPY a /a\n"},
    {"base-by-arg-with-default", "ARG BASE\nFROM ${BASE:-scratch} AS x\nCOPY a /a\n"},
    {"base-by-arg-quoted", "ARG BASE=\"scratch\"\nFROM ${BASE}\nCOPY a /a\n"},
    {"base-by-two-args", "ARG A=scr\nARG B=atch\nFROM $A$B\nCOPY a /a\n"},
    {"arg-above", "ARG V=1\nFROM scratch\nARG V\nLABEL v=$V\n"},
    {"arg-without-value", "FROM scratch\nARG V\nLABEL v=$V\n"},
    {"arg-with-default", "FROM scratch\nARG V=1.2\nLABEL v=$V\n"},
    {"arg-quoted", "FROM scratch\nARG V=\"a b\"\nLABEL v=\"$V\"\n"},
    {"arg-of-arg", "FROM scratch\nARG A=1\nARG B=${A}.2\nLABEL v=$B\n"},
    {"arg-described", "FROM scratch\n# V says which\nARG V=1\nLABEL v=$V\n"},
    {"several-args-a-line", "FROM scratch\nARG A=1 B=2 C\nLABEL v=$A$B$C\n"},
    {"arg-unused", "FROM scratch\nARG V=1\nCOPY a /a\n"},
    {"arg-overridden-by-env", "FROM scratch\nARG V=1\nENV V=2\nLABEL v=$V\n"},
    {"arg-in-two-stages", "ARG V=1\nFROM scratch AS a\nARG V\nLABEL v=$V\nFROM a\nARG V\nLABEL w=$V\n"},
    {"arg-of-platform", "FROM scratch\nARG TARGETARCH\nLABEL v=$TARGETARCH\n"},
    {"env-old-form", "FROM scratch\nENV A b c d\nLABEL v=$A\n"},
    {"env-several", "FROM scratch\nENV A=1 B=\"2 3\" C=4\\ 5\nLABEL v=$A\n"},
    {"secret", "FROM scratch\nRUN --mount=type=secret,id=token true\n"},
    {"secret-required", "FROM scratch\nRUN --mount=type=secret,id=token,required=true true\n"},
    {"secret-by-target", "FROM scratch\nRUN --mount=type=secret,target=/run/key.pem true\n"},
    {"secret-as-variable", "FROM scratch\nRUN --mount=type=secret,id=token,env=TOKEN true\n"},
    {"two-secrets", "FROM scratch\nRUN --mount=type=secret,id=a --mount=type=secret,id=b true\n"},
    {"secret-in-a-base", "FROM scratch AS base\nRUN --mount=type=secret,id=a true\nFROM base\nCOPY a /a\n"},
    {"secret-in-an-unneeded-stage",
     "FROM scratch AS x\nRUN --mount=type=secret,id=a true\nFROM scratch\nCOPY a /a\n"},
    {"ssh", "FROM scratch\nRUN --mount=type=ssh true\n"},
    {"ssh-with-id", "FROM scratch\nRUN --mount=type=ssh,id=github,required=true true\n"},
    {"cache", "FROM scratch\nRUN --mount=type=cache,target=/root/.cache true\n"},
    {"cache-with-id", "FROM scratch\nRUN --mount=type=cache,id=go,target=/go/pkg/mod true\n"},
    {"cache-locked", "FROM scratch\nRUN --mount=type=cache,target=/c,sharing=locked true\n"},
    {"two-caches",
     "FROM scratch\nRUN --mount=type=cache,target=/a --mount=type=cache,target=/b \\\n    true\n"},
    {"bind-from-stage", "FROM scratch AS x\nCOPY a /a\nFROM scratch\nRUN --mount=from=x,target=/x true\n"},
    {"tmpfs", "FROM scratch\nRUN --mount=type=tmpfs,target=/t true\n"},
    {"heredoc-run", "FROM scratch\nRUN <<EOF\necho a\necho b\nEOF\nCMD [\"/a\"]\n"},
    {"heredoc-copy", "FROM scratch\nCOPY <<a.txt <<b.txt /x/\none\na.txt\ntwo\nb.txt\nCMD [\"/a\"]\n"},
    {"heredoc-tabs", "FROM scratch\nRUN <<-EOF\n\techo a\n\tEOF\nCMD [\"/a\"]\n"},
    {"heredoc-quoted", "FROM scratch\nARG V=1\nCOPY <<\"EOF\" /a\n$V\nEOF\n"},
    {"heredoc-with-from-inside",
     "FROM scratch AS a\nCOPY <<EOF /a\nFROM scratch AS no\nEOF\nFROM scratch AS b\n"},
    {"continued", "FROM \\\n  scratch \\\n  AS x\nRUN a \\\n  # why\n  && b \\\n\n  && c\n"},
    {"json-forms", "FROM scratch\nSHELL [\"/bin/sh\", \"-c\"]\nENTRYPOINT [\"/a\", \"b c\"]\nCMD "
                   "[\"d\"]\nVOLUME [\"/v\"]\n"},
    {"all-the-rest", "FROM scratch\nEXPOSE 80 443/tcp\nUSER 65532:65532\nWORKDIR /w\nSTOPSIGNAL SIGTERM\n"
                     "HEALTHCHECK --interval=5s CMD [\"/h\"]\nMAINTAINER a\nVOLUME /v\n"},
    {"onbuild", "FROM scratch\nONBUILD COPY a /a\nONBUILD RUN true\n"},
    {"add", "FROM scratch\nADD a b /c/\nADD --chown=1:1 --chmod=644 d /e\n"},
    {"copy-link", "FROM scratch\nCOPY --link --chown=1 a b /c/\n"},
    {"directives", "# escape=`\n# check=skip=all\nFROM scratch\nCOPY a `\n  /a\n"},
};

// What the builder refuses, each for another reason.
const std::vector<Body> invalid{
    {"empty", ""},
    {"blank-rows-only", "\n\n  \n"},
    {"comments-only", "# a\n# b\n"},
    {"unknown-instruction", "FROM scratch\nRNU a\n"},
    {"env-without-value", "FROM scratch\nENV A\n"},
    {"env-without-anything", "FROM scratch\nENV\n"},
    {"label-without-value", "FROM scratch\nLABEL a\n"},
    {"escape-twice", "# escape=`\n# escape=`\nFROM scratch\n"},
    {"escape-impossible", "# escape=x\nFROM scratch\n"},
    {"heredoc-without-end", "FROM scratch\nRUN <<EOF\necho a\n"},
    {"from-without-image", "FROM\n"},
    {"from-with-two-words", "FROM scratch x\n"},
    {"from-without-name", "FROM scratch AS\n"},
    {"from-with-a-bad-name", "FROM scratch AS 1x\n"},
    {"nothing-before-from", "RUN a\nFROM scratch\n"},
    {"no-from", "ARG A=1\n"},
    {"copy-without-destination", "FROM scratch\nCOPY a\n"},
    {"unknown-flag", "FROM scratch\nCOPY --nope=1 a /a\n"},
    {"mount-of-no-type", "FROM scratch\nRUN --mount=type=nope,target=/a true\n"},
    {"mount-without-target", "FROM scratch\nRUN --mount=type=cache true\n"},
    {"arg-without-name", "FROM scratch\nARG\n"},
    {"expose-nothing", "FROM scratch\nEXPOSE\n"},
    {"workdir-nowhere", "FROM scratch\nWORKDIR\n"},
    {"healthcheck-without-command", "FROM scratch\nHEALTHCHECK CMD\n"},
    {"onbuild-from", "FROM scratch\nONBUILD FROM x\n"},
    {"onbuild-onbuild", "FROM scratch\nONBUILD ONBUILD RUN a\n"},
    {"shell-not-json", "FROM scratch\nSHELL bash\n"},
    {"unclosed-variable", "FROM scratch\nLABEL a=${b\n"},
};

struct Writing
{
    const char *name;
    std::function<QString(QString)> apply;
};

QString withLowerCaseKeywords(QString text)
{
    static const QRegularExpression keyword(u"^(ONBUILD )?[A-Z]+(?= )"_s,
                                            QRegularExpression::MultilineOption);
    QString result;
    qsizetype at = 0;
    for (const auto &match : keyword.globalMatch(text)) {
        result += QStringView(text).sliced(at, match.capturedStart() - at);
        result += match.captured().toLower();
        at = match.capturedEnd();
    }
    return result + QStringView(text).sliced(at);
}

const std::vector<Writing> &writings()
{
    static const std::vector<Writing> all{
        {"plain", [](QString text) { return text; }},
        {"lower-case", withLowerCaseKeywords},
        {"crlf", [](QString text) { return text.replace(u'\n', u"\r\n"_s); }},
        {"below-comments", [](QString text) { return QString(u"# what this is\n\n"_s + text); }},
        {"no-last-line-end", [](QString text) { return text.endsWith(u'\n') ? text.chopped(1) : text; }},
    };
    return all;
}

}

std::vector<GeneratedFile> generatedDockerfiles()
{
    std::vector<GeneratedFile> files;
    const auto add = [&files](const Body &body, const Writing &writing) {
        const QString name = QLatin1StringView(body.name) + "--"_L1 + QLatin1StringView(writing.name);
        files.push_back({name, writing.apply(QString::fromUtf8(body.text))});
    };
    for (const Body &body : valid) {
        for (const Writing &writing : writings())
            add(body, writing);
    }
    for (const Body &body : invalid) {
        add(body, writings()[0]);
        add(body, writings()[1]);
    }
    return files;
}
