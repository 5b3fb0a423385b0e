// SPDX-License-Identifier: Apache-2.0
#include "core/language/placed.h"
#include "language/completion.h"
#include "language/match.h"
#include "language/reference.h"

#include <QTest>

using namespace language;
using namespace Qt::StringLiterals;

namespace {

const QString head = u"FROM golang:1.24 AS builder\nWORKDIR /src\n"_s;

Facts someFacts()
{
    Facts facts;
    facts.listFolder = [](const QString &folder) -> std::vector<FolderEntry> {
        if (folder.isEmpty())
            return {{u".git"_s, true},
                    {u"cmd"_s, true},
                    {u"go.mod"_s, false, 120},
                    {u"go.sum"_s, false, 3400},
                    {u"my file"_s, false, 5}};
        if (folder == u"cmd")
            return {{u"app"_s, true}, {u"main.go"_s, false, 900}};
        return {};
    };
    facts.images = {{u"golang:1.24"_s, 800'000'000},
                    {u"golang:1.24-alpine"_s, 300'000'000},
                    {u"alpine:3.22"_s, 8'000'000}};
    facts.ports = {8081};
    facts.namedContexts = {u"assets"_s};
    facts.secretIds = {u"api-token"_s};
    facts.platforms = {u"linux/amd64"_s};
    facts.stageSizes = {{u"builder"_s, 950'000'000}};
    return facts;
}

QStringList labels(const Completion &completion)
{
    QStringList all;
    for (const CompletionItem &item : completion.items)
        all.append(item.label);
    return all;
}

}

class TestCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstProposalIsTheLikeliest_data();
    void theFirstProposalIsTheLikeliest();
    void otherProposalsAreThereToo_data();
    void otherProposalsAreThereToo();
    void nothingIsProposedWhereNothingFits_data();
    void nothingIsProposedWhereNothingFits();
    void acceptingReplacesThePieceAlone_data();
    void acceptingReplacesThePieceAlone();
    void theListOpensByItselfWhereThereIsAChoice_data();
    void theListOpensByItselfWhereThereIsAChoice();
    void aBetterMatchScoresHigher_data();
    void aBetterMatchScoresHigher();
    void detailsTellValuesAndSizes();
    void theContextIsAskedOnce();
    void everyInstructionHasItsPage();
    void everyProposalsPageIsThere();
};

void TestCompletion::theFirstProposalIsTheLikeliest_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("first");
    const auto row = [](const char *why, const QString &marked, const QString &first) {
        QTest::newRow(why) << marked << first;
    };
    row("an empty file begins with a directive", u"¦"_s, u"# syntax=docker/dockerfile:1"_s);
    row("half a keyword", head + u"CO¦"_s, u"COPY"_s);
    row("the file's own case", u"from a\nco¦"_s, u"copy"_s);
    row("letters in between left out", head + u"hltch¦"_s, u"HEALTHCHECK"_s);
    row("before the first FROM", u"F¦\n"_s, u"FROM"_s);
    row("behind ONBUILD", head + u"ONBUILD C¦"_s, u"COPY"_s);
    row("a directive's name", u"# es¦"_s, u"escape"_s);
    row("a directive's value", u"# syntax=¦\nFROM a"_s, u"docker/dockerfile:1"_s);
    row("checks to skip, by the builder's names", u"# check=skip=StageNa¦"_s, u"StageNameCasing"_s);
    row("a check to skip for one instruction", u"FROM a\n# check=skip=mov¦\nRUN b"_s, u"moving-tag"_s);
    row("a flag", head + u"COPY --f¦"_s, u"--from"_s);
    row("a flag in a row of its own", head + u"RUN \\\n  --m¦"_s, u"--mount"_s);
    row("two dashes alone", head + u"RUN --¦"_s, u"--mount"_s);
    row("the stage that is nearest above", head + u"FROM a AS tools\nFROM scratch\nCOPY --from=¦"_s,
        u"tools"_s);
    row("a stage by a part of its name", head + u"FROM scratch\nCOPY --from=bu¦ /a /b"_s, u"builder"_s);
    row("FROM a stage", head + u"FROM b¦"_s, u"builder"_s);
    row("FROM a stage, in lower case as it must be", u"FROM a AS Base\nFROM ba¦"_s, u"base"_s);
    row("FROM an image that the engine has", u"FROM golang:1.24-¦"_s, u"golang:1.24-alpine"_s);
    row("AS after the image", u"FROM golang:1.24 ¦"_s, u"AS"_s);
    row("the platform that builds", u"FROM --platform=¦ golang"_s, u"$BUILDPLATFORM"_s);
    row("a mount's first field", head + u"RUN --mount=¦"_s, u"type"_s);
    row("a mount's type", head + u"RUN --mount=type=se¦"_s, u"secret"_s);
    row("a field of this type of mount", head + u"RUN --mount=type=cache,sh¦"_s, u"sharing"_s);
    row("a field's value", head + u"RUN --mount=type=cache,sharing=l¦ go build"_s, u"locked"_s);
    row("where Go's caches are", head + u"RUN --mount=type=cache,target=¦"_s, u"/go/pkg/mod"_s);
    row("a secret that the build is given", head + u"RUN --mount=type=secret,id=¦"_s, u"api-token"_s);
    row("the variable for a secret", head + u"RUN --mount=type=secret,id=api-token,env=¦"_s, u"API_TOKEN"_s);
    row("from= of a mount", head + u"FROM a\nRUN --mount=from=¦"_s, u"builder"_s);
    row("a source in the context", head + u"RUN --mount=type=bind,source=go.s¦"_s, u"go.sum"_s);
    row("a network", head + u"RUN --network=n¦"_s, u"none"_s);
    row("permissions", head + u"COPY --chmod=¦"_s, u"0755"_s);
    row("a health check's flag", head + u"HEALTHCHECK --start-i¦"_s, u"--start-interval"_s);
    row("a health check's command", head + u"HEALTHCHECK ¦"_s, u"CMD"_s);
    row("a file of the context", head + u"COPY go.m¦"_s, u"go.mod"_s);
    row("in a folder of the context", head + u"COPY ./cmd/ma¦"_s, u"main.go"_s);
    row("in a JSON form", head + u"COPY [\"my¦"_s, u"my file"_s);
    row("the second source", head + u"COPY go.mod go.s¦"_s, u"go.sum"_s);
    row("a destination", head + u"COPY go.mod ¦"_s, u"./"_s);
    row("what a stage is known to make",
        head + u"RUN go build -o /bin/hello .\nFROM scratch\nCOPY --from=builder ¦"_s, u"/bin/hello"_s);
    row("the same path in the image", head + u"FROM scratch\nCOPY --from=builder /bin/hello ¦"_s,
        u"/bin/hello"_s);
    row("an ARG of the stage", head + u"ARG VERSION=1\nLABEL v=$V¦"_s, u"VERSION"_s);
    row("an ARG in braces", head + u"ARG VERSION=1\nLABEL v=${V¦"_s, u"VERSION"_s);
    row("the nearest declaration", head + u"ARG ONE\nENV TWO=2\nRUN echo \"$¦"_s, u"TWO"_s);
    row("a global ARG in FROM", u"ARG GO=1.24\nFROM golang:$¦"_s, u"GO"_s);
    row("in the script of a heredoc", head + u"ARG VERSION=1\nRUN <<EOF\necho $¦\nEOF\n"_s, u"VERSION"_s);
    row("in a heredoc that is not finished", head + u"ARG VERSION=1\nRUN <<EOF\necho ${¦"_s, u"VERSION"_s);
    row("a global ARG to be declared again", u"ARG GO=1.24\nFROM a\nARG ¦"_s, u"GO"_s);
    row("a platform ARG", head + u"ARG TARGETA¦"_s, u"TARGETARCH"_s);
    row("an environment of Go builds", head + u"ENV CGO¦"_s, u"CGO_ENABLED"_s);
    row("its value", head + u"ENV CGO_ENABLED=¦"_s, u"0"_s);
    row("its value before a command", head + u"RUN GOOS=li¦ go build"_s, u"linux"_s);
    row("a port of the project", head + u"EXPOSE ¦"_s, u"8081"_s);
    row("a protocol", head + u"EXPOSE 53/u¦"_s, u"udp"_s);
    row("a signal", head + u"STOPSIGNAL SIGQ¦"_s, u"SIGQUIT"_s);
    row("a user", head + u"USER ¦"_s, u"nonroot"_s);
    row("a label", head + u"LABEL org.opencontainers.image.so¦"_s, u"org.opencontainers.image.source"_s);
    row("the program that the stage makes", head + u"RUN go build -o /app .\nENTRYPOINT ¦"_s,
        u"[\"/app\"]"_s);
    row("the program in a JSON form", head + u"RUN go build -o /app .\nENTRYPOINT [\"¦"_s, u"/app"_s);
    row("a path of the context in a command", head + u"COPY . .\nRUN go build ./cm¦"_s, u"cmd/"_s);
    row("in a row without a word yet", head + u"¦\nUSER root\n"_s, u"RUN"_s);
    row("behind the last line end", head + u"RUN a\n¦"_s, u"RUN"_s);
    row("in a continued row", head + u"COPY \\\n  go.s¦ \\\n  ./\n"_s, u"go.sum"_s);
}

void TestCompletion::theFirstProposalIsTheLikeliest()
{
    QFETCH(QString, marked);
    QFETCH(QString, first);
    const Placed placed(marked);
    const Completion completion = complete(placed.tree, placed.graph, placed.offset, someFacts());
    QVERIFY2(!completion.items.empty(), "there are proposals");
    QCOMPARE(completion.items.front().label, first);
    QVERIFY(!completion.items.front().insert.isEmpty());
}

void TestCompletion::otherProposalsAreThereToo_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QStringList>("some");
    QTest::newRow("stages, contexts and images for --from")
        << head + u"FROM scratch\nCOPY --from=¦"_s
        << QStringList{u"builder"_s, u"assets"_s, u"alpine:3.22"_s};
    QTest::newRow("an unnamed stage goes by its number")
        << u"FROM a\nFROM b\nCOPY --from=¦"_s << QStringList{u"0"_s};
    QTest::newRow("stages and images for FROM")
        << head + u"FROM ¦"_s << QStringList{u"builder"_s, u"scratch"_s, u"golang:1.24"_s};
    QTest::newRow("ARGs and the builder's own in FROM")
        << u"ARG GO=1\nFROM --platform=$¦ golang"_s
        << QStringList{u"GO"_s, u"BUILDPLATFORM"_s, u"TARGETPLATFORM"_s};
    QTest::newRow("files and folders")
        << head + u"COPY ¦"_s << QStringList{u"cmd/"_s, u"go.mod"_s, u"go.sum"_s, u"."_s, u".git/"_s};
    QTest::newRow("the flags of ADD")
        << head + u"ADD --¦"_s
        << QStringList{u"--checksum"_s, u"--keep-git-dir"_s, u"--unpack"_s, u"--link"_s};
    QTest::newRow("fields of a secret")
        << head + u"RUN --mount=type=secret,¦"_s
        << QStringList{u"id"_s, u"target"_s, u"env"_s, u"required"_s, u"mode"_s};
}

void TestCompletion::otherProposalsAreThereToo()
{
    QFETCH(QString, marked);
    QFETCH(QStringList, some);
    const Placed placed(marked);
    const QStringList all = labels(complete(placed.tree, placed.graph, placed.offset, someFacts()));
    for (const QString &one : some)
        QVERIFY2(all.contains(one), qPrintable(one + u" is not in "_s + all.join(u' ')));
}

void TestCompletion::nothingIsProposedWhereNothingFits_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("never"); // empty: nothing at all
    QTest::newRow("in a comment") << head + u"# CO¦\n"_s << QString();
    QTest::newRow("in a comment among continued rows") << head + u"RUN a \\\n# b $¦\n c\n"_s << QString();
    QTest::newRow("in a single-quoted word") << head + u"ARG V\nRUN echo '$¦"_s << QString();
    QTest::newRow("behind an escape") << head + u"ARG V\nENV a=\\$¦"_s << QString();
    QTest::newRow("in --from, which takes no variable") << head + u"ARG V\nCOPY --from=$¦"_s << QString();
    QTest::newRow("in a quoted heredoc of COPY") << head + u"ARG V\nCOPY <<\"E\" /x\n$¦\nE\n"_s << QString();
    QTest::newRow("in a JSON form, which no shell reads") << head + u"ARG V\nCMD [\"$¦"_s << QString();
    QTest::newRow("RUN before the first FROM") << u"R¦\nFROM a"_s << u"RUN"_s;
    QTest::newRow("FROM behind ONBUILD") << head + u"ONBUILD ¦"_s << u"FROM"_s;
    QTest::newRow("a stage that comes later") << u"FROM a\nCOPY --from=¦\nFROM b AS later"_s << u"later"_s;
    QTest::newRow("the stage itself") << u"FROM a AS own\nCOPY --from=¦"_s << u"own"_s;
    QTest::newRow("a flag that is there") << head + u"COPY --link --¦"_s << u"--link"_s;
    QTest::newRow("a field that is there") << head + u"RUN --mount=type=cache,dst=/x,¦"_s << u"target"_s;
    QTest::newRow("a field of another type") << head + u"RUN --mount=type=ssh,¦"_s << u"sharing"_s;
    QTest::newRow("a file whose name needs quotes") << head + u"COPY ¦"_s << u"my file"_s;
    QTest::newRow("an ARG of another stage") << u"FROM a\nARG ONE\nFROM b\nRUN echo $¦"_s << u"ONE"_s;
    QTest::newRow("the end of a heredoc") << head + u"RUN <<EOF\na\nEOF¦\n"_s << QString();
}

void TestCompletion::nothingIsProposedWhereNothingFits()
{
    QFETCH(QString, marked);
    QFETCH(QString, never);
    const Placed placed(marked);
    const QStringList all = labels(complete(placed.tree, placed.graph, placed.offset, someFacts()));
    if (never.isEmpty())
        QCOMPARE(all, QStringList());
    else
        QVERIFY2(!all.contains(never), qPrintable(all.join(u' ')));
}

void TestCompletion::acceptingReplacesThePieceAlone_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("after");
    QTest::newRow("a keyword gets its blank") << head + u"CO¦"_s << head + u"COPY "_s;
    QTest::newRow("which is not doubled") << head + u"CO¦ a b"_s << head + u"COPY a b"_s;
    QTest::newRow("the rest of the word goes") << head + u"WO¦RK"_s << head + u"WORKDIR "_s;
    QTest::newRow("a flag gets its equals sign") << head + u"COPY --fr¦"_s << head + u"COPY --from="_s;
    QTest::newRow("which is not doubled either")
        << head + u"COPY --fr¦=x a b"_s << head + u"COPY --from=x a b"_s;
    QTest::newRow("a switch has none") << head + u"COPY --li¦"_s << head + u"COPY --link"_s;
    QTest::newRow("the path's last part") << head + u"COPY cmd/ma¦ ./"_s << head + u"COPY cmd/main.go ./"_s;
    QTest::newRow("a folder in the middle of a path")
        << head + u"COPY c¦/main.go ./"_s << head + u"COPY cmd//main.go ./"_s;
    QTest::newRow("a brace is closed")
        << head + u"ARG VERSION\nENV a=${V¦"_s << head + u"ARG VERSION\nENV a=${VERSION}"_s;
    QTest::newRow("and not twice") << head + u"ARG VERSION\nENV a=${V¦}b"_s
                                   << head + u"ARG VERSION\nENV a=${VERSION}b"_s;
    QTest::newRow("one field of a mount")
        << head + u"RUN --mount=type=ca¦,target=/x a"_s << head + u"RUN --mount=type=cache,target=/x a"_s;
    QTest::newRow("a word is not eaten before which nothing was typed")
        << head + u"COPY --from=¦x a b"_s << head + u"COPY --from=assetsx a b"_s;
    QTest::newRow("a word that goes on in the next row")
        << head + u"RUN --mou\\\nnt=type=cache,tar¦"_s << head + u"RUN --mou\\\nnt=type=cache,target="_s;
    QTest::newRow("a piece that goes on in the next row")
        << head + u"RUN --mount=type=cache,tar\\\nge¦"_s << head + u"RUN --mount=type=cache,target="_s;
    QTest::newRow("a directive") << u"#sy¦"_s << u"#syntax="_s;
}

void TestCompletion::acceptingReplacesThePieceAlone()
{
    QFETCH(QString, marked);
    QFETCH(QString, after);
    const Placed placed(marked);
    const Completion completion = complete(placed.tree, placed.graph, placed.offset, someFacts());
    QVERIFY(!completion.items.empty());
    QString text = placed.text;
    text.replace(completion.range.start, completion.range.length, completion.items.front().insert);
    QCOMPARE(text, after);
}

void TestCompletion::theListOpensByItselfWhereThereIsAChoice_data()
{
    QTest::addColumn<QString>("marked"); // the place is behind what was typed
    QTest::addColumn<bool>("opens");
    QTest::newRow("the first letter of a keyword") << head + u"C¦"_s << true;
    QTest::newRow("the second does not open it again") << head + u"CO¦"_s << false;
    QTest::newRow("a blank behind FROM") << head + u"FROM ¦"_s << true;
    QTest::newRow("a blank behind RUN") << head + u"RUN ¦"_s << false;
    QTest::newRow("a dollar") << head + u"RUN echo $¦"_s << true;
    QTest::newRow("a dollar's brace") << head + u"RUN echo ${¦"_s << true;
    QTest::newRow("two dashes") << head + u"COPY --¦"_s << true;
    QTest::newRow("one dash is no flag yet") << head + u"COPY -¦"_s << false;
    QTest::newRow("a flag's value") << head + u"COPY --from=¦"_s << true;
    QTest::newRow("a comma in a mount") << head + u"RUN --mount=type=cache,¦"_s << true;
    QTest::newRow("a slash in a path") << head + u"COPY cmd/¦"_s << true;
    QTest::newRow("a letter in a comment") << head + u"# C¦"_s << false;
    QTest::newRow("a letter in a word") << head + u"RUN e¦"_s << false;
    QTest::newRow("a letter in a heredoc") << head + u"RUN <<EOF\ne¦\nEOF"_s << false;
    QTest::newRow("a dollar in a heredoc") << head + u"RUN <<EOF\necho $¦\nEOF"_s << true;
}

void TestCompletion::theListOpensByItselfWhereThereIsAChoice()
{
    QFETCH(QString, marked);
    QFETCH(bool, opens);
    const Placed placed(marked);
    QCOMPARE(opensByItself(placed.tree, placed.offset, placed.text[placed.offset - 1]), opens);
}

void TestCompletion::aBetterMatchScoresHigher_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("all of it before the start of it") << u"COPY"_s << u"COPY"_s << u"COPYING"_s;
    QTest::newRow("its start before its middle") << u"go"_s << u"go.mod"_s << u"cargo"_s;
    QTest::newRow("a part's start before its middle") << u"go"_s << u"my-go"_s << u"cargo"_s;
    QTest::newRow("its middle before letters here and there") << u"arch"_s << u"TARGETARCH"_s << u"a-r-c-h"_s;
    QTest::newRow("parts' starts before other letters") << u"ce"_s << u"CGO_ENABLED"_s << u"COPPER"_s;
    QTest::newRow("the same case before the other") << u"go"_s << u"go"_s << u"GO"_s;
    QTest::newRow("anything before nothing") << u"xyz"_s << u"x-y-z"_s << u"xy"_s;
    QTest::newRow("letters that begin no part fit nothing") << u"op"_s << u"o-p"_s << u"corp"_s;
}

void TestCompletion::aBetterMatchScoresHigher()
{
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    const auto good = match(typed, better);
    const auto poor = match(typed, worse);
    QVERIFY(good);
    QVERIFY(!poor || good->score > poor->score);
    QCOMPARE(qsizetype(good->places.size()), typed.size());
    for (qsizetype i = 0; i < typed.size(); ++i)
        QCOMPARE(better[good->places[size_t(i)]].toLower(), typed[i].toLower());
    QVERIFY(std::ranges::is_sorted(good->places));
}

void TestCompletion::detailsTellValuesAndSizes()
{
    const auto detail = [](const QString &marked) {
        const Placed placed(marked);
        const Completion completion = complete(placed.tree, placed.graph, placed.offset, someFacts());
        return completion.items.empty() ? QString() : completion.items.front().detail;
    };
    QCOMPARE(detail(head + u"ARG VERSION=1.2\nENV a=$VER¦"_s), u"1.2 · ARG, line 3"_s);
    QCOMPARE(detail(head + u"FROM scratch\nCOPY --from=b¦"_s), u"stage, from golang:1.24 · 950\u00a0MB"_s);
    QCOMPARE(detail(u"FROM alpine:3¦"_s), u"8\u00a0MB"_s);
    QCOMPARE(detail(head + u"COPY go.sum¦"_s), u"3.4\u00a0kB"_s);
    QVERIFY(detail(head + u"EXPO¦"_s).contains(u"ports"));
}

void TestCompletion::theContextIsAskedOnce()
{
    int asked = 0;
    Facts facts;
    facts.listFolder = [&asked](const QString &) -> std::vector<FolderEntry> {
        ++asked;
        return {};
    };
    const Placed placed(head + u"COPY a b/c¦"_s);
    (void)complete(placed.tree, placed.graph, placed.offset, facts);
    QCOMPARE(asked, 1);
}

void TestCompletion::everyInstructionHasItsPage()
{
    for (int keyword = 1; keyword <= int(dockerfile::Keyword::Workdir); ++keyword) {
        const QString name = dockerfile::keywordText(dockerfile::Keyword(keyword));
        QCOMPARE(topic(name).title, name);
        QVERIFY2(topic(name).summary.endsWith(u'.'), qPrintable(name));
        QVERIFY(topic(name).text.startsWith(topic(name).summary.first(10)));
    }
    QCOMPARE(topic(u"copy --from"_s).title, u"COPY --from"_s);
    QCOMPARE(topic(u"mount cache"_s).title, u"--mount cache"_s);
    QCOMPARE(topic(u"directive syntax"_s).title, u"# syntax"_s);
    QCOMPARE(topic(u"no such thing"_s), Topic());
    QVERIFY(pageTopics().contains(u"variable"_s));
}

void TestCompletion::everyProposalsPageIsThere()
{
    const QStringList places{head + u"¦"_s,
                             head + u"RUN --¦"_s,
                             head + u"ADD --¦"_s,
                             head + u"COPY --¦"_s,
                             head + u"HEALTHCHECK --¦"_s,
                             head + u"RUN --mount=¦"_s,
                             head + u"ENV ¦"_s,
                             head + u"RUN --mount=type=cache,¦"_s,
                             u"# ¦"_s,
                             u"FROM --¦"_s};
    for (const QString &marked : places) {
        const Placed placed(marked);
        for (const CompletionItem &item :
             complete(placed.tree, placed.graph, placed.offset, someFacts()).items) {
            QVERIFY2(!item.topic.isEmpty(), qPrintable(item.label));
            QVERIFY2(!topic(item.topic).name.isEmpty(), qPrintable(item.topic));
            QCOMPARE(item.detail, topic(item.topic).summary);
        }
    }
}

QTEST_APPLESS_MAIN(TestCompletion)
#include "tst_completion.moc"
