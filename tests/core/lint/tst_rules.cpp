// SPDX-License-Identifier: Apache-2.0
#include "lint/linter.h"
#include "lint/ruleset.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace lint;
using namespace Qt::StringLiterals;

namespace {

Findings findingsIn(const QString &text, const QString &rule, const Facts &facts = {})
{
    const auto tree = dockerfile::parse(text);
    Findings findings = run(tree, graph::build(tree), facts);
    std::erase_if(findings, [&](const Finding &finding) { return finding.rule != rule; });
    return findings;
}

/// The code blocks of a rule's page: what is bad, what is good.
QStringList examplesOf(QStringView rule)
{
    QFile file(QStringLiteral(SOURCE_DIR "/resources/rules/") + rule + u".md"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression block(u"```dockerfile\\n(.*?)```"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    QStringList examples;
    for (const auto &match : block.globalMatch(QString::fromUtf8(file.readAll())))
        examples.append(match.captured(1));
    return examples;
}

}

class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPageShowsWhatItsRuleFinds_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::newRow("syntax") << u"syntax"_s;
        for (const Rule *rule : allRules())
            QTest::newRow(rule->id.data()) << QString(rule->id);
    }

    void everyPageShowsWhatItsRuleFinds()
    {
        QFETCH(QString, rule);
        const QStringList examples = examplesOf(rule);
        QCOMPARE(examples.size(), 2);
        QVERIFY(!findingsIn(examples[0], rule).empty());
        QCOMPARE(findingsIn(examples[1], rule).size(), 0U);
    }

    // The place is marked by its row and the text there; an empty place: nothing is found.
    void rulesFindWhatTheyShouldAndNoMore_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("places");
        const auto row = [](const char *name, const QString &rule, const QString &text,
                            const QStringList &places) { QTest::newRow(name) << rule << text << places; };

        QString rule = u"unknown-instruction"_s;
        row("a swapped letter", rule, u"FORM a"_s, {u"1 FORM"_s});
        row("nothing near", rule, u"FROM a\nHELLOWORLD x"_s, {u"2 HELLOWORLD"_s});
        row("lower case is fine", rule, u"from a\nrun x"_s, {});

        rule = u"refused-instruction"_s;
        row("FROM with two words", rule, u"FROM a b"_s, {u"1 FROM"_s});
        row("FROM without a name", rule, u"FROM a AS"_s, {u"1 FROM"_s});
        row("a name that is none", rule, u"FROM a AS 1x"_s, {u"1 1x"_s});
        row("a name in upper case is taken", rule, u"FROM a AS Builder"_s, {});
        row("something above FROM", rule, u"ARG A\nENV B=1\nFROM a"_s, {u"2 ENV"_s});
        row("only ARG", rule, u"ARG A=1"_s, {u"1 ARG"_s});
        row("COPY without a destination", rule, u"FROM a\nCOPY x"_s, {u"2 COPY"_s});
        row("COPY of a list", rule, u"FROM a\nCOPY [\"x\", \"/\"]"_s, {});
        row("COPY of a heredoc", rule, u"FROM a\nCOPY <<E /x\nhi\nE"_s, {});
        row("a flag it does not have", rule, u"FROM a\nCOPY --mount=x a b"_s, {u"2 --mount=x"_s});
        row("a flag twice", rule, u"FROM a\nCOPY --chown=1 --chown=2 a b"_s, {u"2 --chown=2"_s});
        row("mounts may be many", rule, u"FROM a\nRUN --mount=target=/a --mount=target=/b x"_s, {});
        row("a flag without a value", rule, u"FROM a\nCOPY --chown a b"_s, {u"2 --chown"_s});
        row("a switch needs none", rule, u"FROM a\nCOPY --link a b"_s, {});
        row("labs only", rule, u"FROM a\nRUN --security=insecure x"_s, {u"2 --security=insecure"_s});
        row("with labs", rule, u"# syntax=docker/dockerfile:1-labs\nFROM a\nRUN --security=insecure x"_s, {});
        row("nothing behind it", rule, u"FROM a\nWORKDIR"_s, {u"2 WORKDIR"_s});
        row("SHELL in shell form", rule, u"FROM a\nSHELL /bin/sh -c"_s, {u"2 SHELL"_s});
        row("HEALTHCHECK of nothing", rule, u"FROM a\nHEALTHCHECK CMD"_s, {u"2 HEALTHCHECK"_s});
        row("HEALTHCHECK NONE", rule, u"FROM a\nHEALTHCHECK NONE"_s, {});
        row("ONBUILD FROM", rule, u"FROM a\nONBUILD FROM b"_s, {u"2 ONBUILD"_s});
        row("a brace that never ends", rule, u"FROM a\nWORKDIR /${b"_s, {u"2 /${b"_s});
        row("a quote that never ends", rule, u"FROM a\nENV A=\"b"_s, {u"2 A=\"b"_s});

        rule = u"stage-cycle"_s;
        row("from itself", rule, u"FROM a AS x\nCOPY --from=x /1 /"_s, {u"2 COPY --from=x /1 /"_s});
        row("round about", rule, u"FROM a AS x\nCOPY --from=z /1 /\nFROM x AS y\nFROM y AS z"_s,
            {u"2 COPY --from=z /1 /"_s});
        row("a later stage without a cycle", rule, u"FROM a AS x\nCOPY --from=y /1 /\nFROM b AS y"_s, {});

        rule = u"unknown-stage"_s;
        row("one letter off", rule, u"FROM a AS builder\nFROM b\nCOPY --from=bilder /x /"_s, {u"3 bilder"_s});
        row("a mount, one letter off", rule,
            u"FROM a AS builder\nFROM b\nRUN --mount=from=builde,target=/x ls"_s, {u"3 builde"_s});
        row("an image", rule, u"FROM a AS alpin\nFROM b\nCOPY --from=alpine /x /\nCOPY --from=nginx:1 /x /"_s,
            {});
        row("far from any stage", rule, u"FROM a AS builder\nFROM b\nCOPY --from=certificates /x /"_s, {});
        row("a number out of range", rule, u"FROM a\nFROM b\nCOPY --from=2 /x /"_s, {u"3 2"_s});
        row("a mount by number", rule, u"FROM a AS x\nFROM b\nRUN --mount=from=0,target=/x ls"_s, {u"3 0"_s});
        row("a variable", rule, u"ARG B=x\nFROM a AS x\nFROM b\nCOPY --from=${B} /x /"_s, {u"4 ${B}"_s});
        row("FROM a later stage", rule, u"FROM final AS x\nFROM b AS final"_s, {u"1 final"_s});
        row("FROM in another case", rule, u"FROM a AS Build\nFROM Build"_s, {u"2 Build"_s});
        row("FROM, one letter off", rule, u"FROM a AS builder\nFROM buildr"_s, {u"2 buildr"_s});
        row("an image called as its stage", rule, u"FROM alpine AS alpine"_s, {});

        rule = u"duplicate-stage-name"_s;
        row("in another case", rule, u"FROM a AS x\nFROM b AS X"_s, {u"2 X"_s});
        row("two names", rule, u"FROM a AS x\nFROM b AS y"_s, {});

        rule = u"undefined-arg-in-from"_s;
        row("declared in a stage only", rule, u"FROM a AS x\nARG V=1\nFROM b:$V"_s, {u"3 b:$V"_s});
        row("declared above, without a value", rule, u"ARG V\nFROM b:$V"_s, {u"2 b:$V"_s});
        row("a default in place", rule, u"FROM b:${V:-1}"_s, {});
        row("declared above", rule, u"ARG V=1\nFROM b:$V"_s, {});
        row("a predefined one in the platform", rule, u"FROM --platform=$BUILDPLATFORM a"_s, {});

        rule = u"undefined-variable"_s;
        row("a global ARG in ENV", rule, u"ARG P=1\nFROM a\nENV X=$P"_s, {u"3 X=$P"_s});
        row("a global ARG in RUN", rule, u"ARG P=1\nFROM a\nRUN echo ${P} $P"_s, {u"3 ${P"_s});
        row("an ARG of another stage", rule, u"FROM a AS x\nARG P=1\nFROM b\nWORKDIR /$P"_s, {u"4 /$P"_s});
        row("an ARG of the base stage", rule, u"FROM a AS x\nARG P=1\nFROM x\nWORKDIR /$P"_s, {});
        row("declared again", rule, u"ARG P=1\nFROM a\nARG P\nENV X=$P\nRUN echo $P"_s, {});
        row("declared too late", rule, u"ARG P=1\nFROM a\nENV X=$P\nARG P"_s, {u"3 X=$P"_s});
        row("EXPOSE with an ARG of elsewhere", rule, u"ARG PORT=80\nFROM a\nEXPOSE $PORT"_s, {u"3 $PORT"_s});
        row("a platform name that is not declared", rule, u"FROM a\nCOPY x-$TARGETARCH /x"_s,
            {u"2 x-$TARGETARCH"_s});
        row("unknown, but the image may set it", rule, u"FROM golang\nENV X=$GOPATH"_s, {});
        row("unknown on scratch", rule, u"FROM scratch\nENV X=$GOPATH"_s, {u"2 X=$GOPATH"_s});
        row("PATH is always there", rule, u"FROM scratch\nENV PATH=$PATH:/x"_s, {});
        row("a slip", rule, u"FROM a\nARG VERSION\nENV X=$VERSOIN"_s, {u"3 X=$VERSOIN"_s});
        row("set by the shell itself", rule, u"ARG P=1\nFROM a\nRUN P=2 && echo $P"_s, {});
        row("single quotes", rule, u"ARG P=1\nFROM a\nENV X='$P'"_s, {});

        rule = u"invalid-platform"_s;
        row("arm64/v7", rule, u"FROM --platform=linux/arm64/v7 a"_s, {u"1 linux/arm64/v7"_s});
        row("a slip in the architecture", rule, u"FROM --platform=linux/adm64 a"_s, {u"1 linux/adm64"_s});
        row("a slip in the system", rule, u"FROM --platform=linx/amd64 a"_s, {u"1 linx/amd64"_s});
        row("good ones", rule,
            u"FROM --platform=linux/arm/v7 a\nFROM --platform=linux/arm64/v8 b\nFROM --platform=$BUILDPLATFORM c\nFROM --platform=linux/amd64 d\nFROM --platform=arm64 e"_s,
            {});

        rule = u"shell-on-scratch"_s;
        row("RUN on scratch", rule, u"FROM scratch\nRUN ls\nRUN ls"_s, {u"2 RUN"_s});
        row("RUN on a stage of scratch", rule, u"FROM scratch AS x\nCOPY a /a\nFROM x\nRUN ls"_s,
            {u"4 RUN"_s});
        row("RUN on distroless", rule, u"FROM gcr.io/distroless/static-debian12\nRUN ls"_s, {u"2 RUN"_s});
        row("a root file system was copied", rule, u"FROM scratch\nADD rootfs.tar /\nRUN ls"_s, {});
        row("a shell was copied", rule, u"FROM scratch\nCOPY --from=busybox:1 /bin/sh /bin/sh\nRUN ls"_s, {});
        row("a list", rule, u"FROM scratch\nCOPY a /a\nRUN [\"/a\"]"_s, {});

        rule = u"shell-form-without-shell"_s;
        row("ENTRYPOINT on scratch", rule, u"FROM scratch\nENTRYPOINT /app -x"_s, {u"2 /app -x"_s});
        row("CMD on distroless", rule, u"FROM gcr.io/distroless/static:nonroot\nCMD /app"_s, {u"2 /app"_s});
        row("the debug image has a shell", rule, u"FROM gcr.io/distroless/static:debug\nCMD /app"_s, {});
        row("alpine has a shell", rule, u"FROM alpine\nCMD /app"_s, {});

        rule = u"entrypoint-assignment"_s;
        row("as in the article", rule, u"FROM a\nENTRYPOINT [\"DB_SOURCE=x\", \"/app\"]"_s,
            {u"2 [\"DB_SOURCE=x\", \"/app\"]"_s});
        row("an option is none", rule, u"FROM a\nENTRYPOINT [\"/app\", \"--x=y\"]"_s, {});
        row("the shell reads it", rule, u"FROM a\nENTRYPOINT A=b /app"_s, {});

        rule = u"secret-in-env-or-arg"_s;
        row("names", rule, u"FROM a\nENV DB_PASSWORD=x A=b\nARG github_token"_s,
            {u"2 DB_PASSWORD"_s, u"3 github_token"_s});
        row("a public key", rule, u"FROM a\nENV SSH_PUBLIC_KEY=x MONKEY=y"_s, {});
        row("an address in a list", rule, u"FROM a\nENTRYPOINT [\"/app\", \"postgres://me:geheim@db/x\"]"_s,
            {u"2 postgres://me:geheim@"_s});
        row("a variable in the password's place", rule,
            u"FROM a\nRUN x postgres://me:$P@db/x && y ssh://git@host/x"_s, {});

        rule = u"state-lost-with-layer"_s;
        row("a version, as in the article", rule, u"FROM a\nRUN VERSION=$(git describe --tags)"_s,
            {u"2 RUN VERSION=$(git describe --tags)"_s});
        row("export", rule, u"FROM a\nRUN export A=1 B=\"2 3\""_s, {u"2 RUN export A=1 B=\"2 3\""_s});
        row("cd alone", rule, u"FROM a\nRUN cd /src"_s, {u"2 RUN cd /src"_s});
        row("used in the same RUN", rule,
            u"FROM a\nRUN V=1 && echo $V\nRUN V=1 make\nRUN cd /x && make\nRUN V=$(x); y"_s, {});

        rule = u"add-instead-of-copy"_s;
        row("a plain file", rule, u"FROM a\nADD x /x"_s, {u"2 ADD"_s});
        row("what only ADD does", rule,
            u"FROM a\nADD x.tar.gz /x\nADD https://e.org/x /x\nADD git@h:r.git /x\nADD *.t /x\nADD --checksum=sha256:0 x /x\nADD $X /x"_s,
            {});

        rule = u"copy-all-before-go-mod-download"_s;
        row("all first", rule, u"FROM a\nCOPY . .\nRUN go mod download"_s, {u"2 COPY . ."_s});
        row("modules first", rule, u"FROM a\nCOPY go.* ./\nRUN go mod download\nCOPY . ."_s, {});
        row("from another stage", rule, u"FROM a\nCOPY --from=x . .\nRUN go mod download"_s, {});

        rule = u"unused-stage"_s;
        row("forgotten", rule, u"FROM a AS x\nFROM b"_s, {u"1 x"_s});
        row("unnamed", rule, u"FROM a\nFROM b"_s, {u"1 a"_s});
        row("needed", rule, u"FROM a AS x\nFROM x"_s, {});

        rule = u"moving-tag"_s;
        row("no tag", rule, u"FROM alpine"_s, {u"1 alpine"_s});
        row("latest", rule, u"FROM h:5000/x:latest"_s, {u"1 h:5000/x:latest"_s});
        row("a port is no tag", rule, u"FROM h:5000/x"_s, {u"1 h:5000/x"_s});
        row("copied from", rule, u"FROM a:1\nCOPY --from=nginx /x /"_s, {u"2 nginx"_s});
        row("fixed", rule, u"FROM a:1 AS x\nFROM b@sha256:0\nFROM scratch\nFROM x"_s, {});

        rule = u"root-user"_s;
        row("no USER", rule, u"FROM a AS x\nUSER me\nFROM b"_s, {u"3 b"_s});
        row("USER root at the end", rule, u"FROM a\nUSER me\nUSER root"_s, {u"3 USER root"_s});
        row("a user", rule, u"FROM a\nUSER 65532:65532"_s, {});
        row("a user of the base stage", rule, u"FROM a AS x\nUSER me\nFROM x"_s, {});
        row("a nonroot image", rule, u"FROM gcr.io/distroless/static:nonroot"_s, {});
    }

    void rulesFindWhatTheyShouldAndNoMore()
    {
        QFETCH(QString, rule);
        QFETCH(QString, text);
        QFETCH(QStringList, places);
        QVERIFY(ruleCalled(rule));
        QStringList foundPlaces;
        for (const Finding &finding : findingsIn(text, rule)) {
            foundPlaces.append(QString::number(finding.row) + u' ' +
                               text.mid(finding.range.start, finding.range.length));
            QVERIFY(!finding.message.isEmpty());
        }
        QCOMPARE(foundPlaces, places);
    }

    void fixesMendWhatWasFound_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fixed");
        QTest::newRow("instruction, in its case")
            << u"unknown-instruction"_s << u"from a\nrnu x"_s << u"from a\nrun x"_s;
        QTest::newRow("stage") << u"unknown-stage"_s
                               << u"FROM a AS builder\nFROM b\nCOPY --from=bilder /x /"_s
                               << u"FROM a AS builder\nFROM b\nCOPY --from=builder /x /"_s;
        QTest::newRow("a mount by number")
            << u"unknown-stage"_s << u"FROM a AS x\nFROM b\nRUN --mount=from=0,target=/x ls"_s
            << u"FROM a AS x\nFROM b\nRUN --mount=from=x,target=/x ls"_s;
        QTest::newRow("ARG above the first FROM")
            << u"undefined-arg-in-from"_s << u"# first\nFROM a AS x\nARG V=1\nFROM b:$V"_s
            << u"ARG V=1\n# first\nFROM a AS x\nARG V=1\nFROM b:$V"_s;
        QTest::newRow("ARG declared again")
            << u"undefined-variable"_s << u"ARG P=1\nFROM a\n# why\nENV X=$P"_s
            << u"ARG P=1\nFROM a\nARG P\n# why\nENV X=$P"_s;
        QTest::newRow("ARG of another stage")
            << u"undefined-variable"_s << u"from a as x\narg P=1\nfrom b\nworkdir /$P"_s
            << u"from a as x\narg P=1\nfrom b\narg P=1\nworkdir /$P"_s;
        QTest::newRow("COPY") << u"add-instead-of-copy"_s << u"FROM a\nadd --chown=1 x /x"_s
                              << u"FROM a\ncopy --chown=1 x /x"_s;
        QTest::newRow("list form") << u"shell-form-without-shell"_s << u"FROM scratch\nCMD /app -x \\\n y\n"_s
                                   << u"FROM scratch\nCMD [\"/app\", \"-x\", \"y\"]\n"_s;
        QTest::newRow("WORKDIR") << u"state-lost-with-layer"_s << u"FROM a\nRUN cd /src\n"_s
                                 << u"FROM a\nWORKDIR /src\n"_s;
        QTest::newRow("platform") << u"invalid-platform"_s << u"FROM --platform=linux/arm64/v7 a"_s
                                  << u"FROM --platform=linux/arm/v7 a"_s;
    }

    void fixesMendWhatWasFound()
    {
        QFETCH(QString, rule);
        QFETCH(QString, text);
        const Findings findings = findingsIn(text, rule);
        QCOMPARE(findings.size(), 1U);
        QVERIFY(findings.front().fix);
        QVERIFY(!findings.front().fixLabel.isEmpty());
        findings.front().fix->applyTo(text);
        QTEST(text, "fixed");
        QCOMPARE(findingsIn(text, rule).size(), 0U);
    }

    void aGivenBuildArgIsAValue()
    {
        const QString text = u"ARG V\nFROM b:$V"_s;
        Facts facts;
        facts.buildArgs = {u"V"_s};
        QCOMPARE(findingsIn(text, u"undefined-arg-in-from"_s).size(), 1U);
        QCOMPARE(findingsIn(text, u"undefined-arg-in-from"_s, facts).size(), 0U);
    }
};

QTEST_APPLESS_MAIN(TestRules)
#include "tst_rules.moc"
