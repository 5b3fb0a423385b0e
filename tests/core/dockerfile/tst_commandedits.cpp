// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/commandverbs.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;
using Edit = base::Result<base::TextEdit>;

namespace {

QString after(const QString &text, const Edit &edit)
{
    if (!edit)
        return u"refused: "_s + edit.error().message;
    QString result = text;
    const base::TextEdit inverse = edit->applyTo(result);
    QString back = result;
    inverse.applyTo(back);
    return back == text ? result : u"the inverse is not exact"_s;
}

// The verb on the last instruction of the text, or on the first of that keyword.
QString done(const QString &text, Edit (*verb)(const Instruction &), Keyword keyword = Keyword::Unknown)
{
    for (const Instruction &one : instructions(parse(text))) {
        if (one.keyword() == keyword)
            return after(text, verb(one));
    }
    return after(text, verb(instructions(parse(text)).back()));
}

void columns()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("expected");
}

}

class TestCommandEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShellCommandBecomesAList_data()
    {
        columns();
        QTest::newRow("words") << u"CMD serve --port 80\n"_s << u"CMD [\"serve\", \"--port\", \"80\"]\n"_s;
        QTest::newRow("quotes") << u"ENTRYPOINT echo 'a b' \"c \\\"d\" e\\ f\n"_s
                                << u"ENTRYPOINT [\"echo\", \"a b\", \"c \\\"d\", \"e f\"]"_s + u"\n"_s;
        QTest::newRow("rows, comments and line ends stay")
            << u"cmd serve \\\r\n  # the port\r\n  --port \\\r\n  80"_s
            << u"cmd [\"serve\", \\\r\n  # the port\r\n  \"--port\", \\\r\n  \"80\"]"_s;
        QTest::newRow("a word over two rows") << u"RUN ma\\\nke all"_s << u"RUN [\"make\", \"all\"]"_s;
        QTest::newRow("after flags") << u"RUN --network=none make"_s << u"RUN --network=none [\"make\"]"_s;
        QTest::newRow("of a health check") << u"HEALTHCHECK --interval=5s CMD curl -f x"_s
                                           << u"HEALTHCHECK --interval=5s CMD [\"curl\", \"-f\", \"x\"]"_s;
        QTest::newRow("after ONBUILD")
            << u"FROM a\nONBUILD RUN make all\n"_s << u"FROM a\nONBUILD RUN [\"make\", \"all\"]\n"_s;
        QTest::newRow("plain words in a file for Windows")
            << u"# escape=`\nCMD serve `\n  all"_s << u"# escape=`\nCMD [\"serve\", `\n  \"all\"]"_s;
        QTest::newRow("quotes in a file for Windows")
            << u"# escape=`\nCMD serve \"a b\""_s
            << u"refused: The file is written for Windows, whose shell quotes by other rules."_s;
        QTest::newRow("another shell's quotes")
            << u"FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN echo 'a b'"_s
            << u"refused: SHELL sets pwsh, which quotes by other rules."_s;
        QTest::newRow("&&") << u"RUN a && b"_s
                            << u"refused: \"&\" joins commands, which only a shell does."_s;
        QTest::newRow("a pipe") << u"RUN a | b"_s
                                << u"refused: \"|\" joins commands, which only a shell does."_s;
        QTest::newRow("a variable") << u"CMD serve \"$PORT\""_s
                                    << u"refused: \"$\" is replaced by a shell only."_s;
        QTest::newRow("a variable in single quotes")
            << u"CMD serve '$PORT'"_s << u"CMD [\"serve\", \"$PORT\"]"_s;
        QTest::newRow("a glob") << u"RUN ls *.go"_s
                                << u"refused: \"*\" stands for file names, which only a shell looks up."_s;
        QTest::newRow("a redirection")
            << u"RUN ls > x"_s << u"refused: \">\" redirects, which only a shell does."_s;
        QTest::newRow("an assignment")
            << u"RUN A=1 make"_s
            << u"refused: A variable is set before the command, which only a shell does."_s;
        QTest::newRow("a builtin") << u"CMD exec serve"_s
                                   << u"refused: \"exec\" is a command of the shell itself, not a program."_s;
        QTest::newRow("a heredoc") << u"RUN <<EOF\nls\nEOF"_s << u"refused: A heredoc needs a shell."_s;
        QTest::newRow("a list already") << u"CMD [\"a\"]"_s << u"refused: It is in JSON form already."_s;
        QTest::newRow("an open quote") << u"RUN echo 'a"_s << u"refused: A quote is not closed."_s;
        QTest::newRow("nothing") << u"RUN"_s << u"refused: RUN has no command here."_s;
    }
    void aShellCommandBecomesAList()
    {
        QFETCH(QString, before);
        QTEST(done(before, toJsonForm), "expected");
    }

    void aListBecomesAShellCommand_data()
    {
        columns();
        QTest::newRow("words") << u"CMD [\"serve\", \"--port\", \"80\"]\n"_s << u"CMD serve --port 80\n"_s;
        QTest::newRow("quoted where a shell needs it")
            << u"RUN [\"echo\", \"a b\", \"$HOME\", \"it's\", \"\\\"x\\\"\", \"*\", \"\"]"_s
            << u"RUN echo 'a b' '$HOME' \"it's\" '\"x\"' '*' ''"_s;
        QTest::newRow("rows stay") << u"run [\"make\", \\\n  # why\n  \"all\"]\n"_s
                                   << u"run make \\\n  # why\n  all\n"_s;
        QTest::newRow("no blanks between") << u"CMD [\"a\",\"b\"]"_s << u"CMD a b"_s;
        QTest::newRow("of a health check")
            << u"HEALTHCHECK CMD [ \"a\", \"b\" ]"_s << u"HEALTHCHECK CMD a b"_s;
        QTest::newRow("what a shell would take for its own")
            << u"CMD [\"cd\", \"/\"]"_s << u"refused: The words would not be the same for a shell."_s;
        QTest::newRow("what the builder would take for a flag")
            << u"RUN [\"--network=none\"]"_s << u"refused: The words would not be the same for a shell."_s;
        QTest::newRow("an empty list") << u"CMD []"_s << u"refused: The list is empty."_s;
        QTest::newRow("SHELL") << u"SHELL [\"sh\", \"-c\"]"_s << u"refused: SHELL takes a list only."_s;
        QTest::newRow("a shell form") << u"CMD a"_s << u"refused: It is in shell form already."_s;
        QTest::newRow("a row in a word")
            << u"CMD [\"a\\nb\"]"_s << u"refused: A word of it goes over several rows."_s;
    }
    void aListBecomesAShellCommand()
    {
        QFETCH(QString, before);
        QTEST(done(before, toShellForm), "expected");
    }

    void pathsBecomeAListAndBack()
    {
        QCOMPARE(done(u"COPY --link a b \\\n  /c/\n"_s, toJsonPaths),
                 u"COPY --link [\"a\", \"b\", \\\n  \"/c/\"]\n"_s);
        QCOMPARE(done(u"VOLUME [\"/a\", \"/b\"]"_s, toPlainPaths), u"VOLUME /a /b"_s);
        QCOMPARE(done(u"ADD [\"a b\", \"/c\"]"_s, toPlainPaths),
                 u"refused: The path \"a b\" needs the list, for its blanks."_s);
        QCOMPARE(done(u"COPY <<E /x\ny\nE"_s, toJsonPaths), u"refused: A list cannot hold a heredoc."_s);
    }

    void twoRunsAreJoined_data()
    {
        columns();
        QTest::newRow("usual") << u"RUN a\nRUN b c\n"_s << u"RUN a && \\\n    b c\n"_s;
        QTest::newRow("comments stay, blank rows would break it")
            << u"RUN a\n\n# why\nRUN b\n"_s << u"RUN a && \\\n# why\n    b\n"_s;
        QTest::newRow("in the file's way")
            << u"run x \\\r\n  && y\r\nrun a\r\nrun b"_s << u"run x \\\r\n  && y \\\r\n  && a\r\nrun b"_s;
        QTest::newRow("with backticks")
            << u"# escape=`\nRUN a\nRUN b"_s << u"# escape=`\nRUN a && `\n    b"_s;
        QTest::newRow("the same mounts")
            << u"RUN --network=none a\nRUN --network=none b"_s << u"RUN --network=none a && \\\n    b"_s;
        QTest::newRow("other mounts")
            << u"RUN --network=none a\nRUN b"_s
            << u"refused: The two do not have the same options (mounts, network)."_s;
        QTest::newRow("cd") << u"RUN cd /x\nRUN b"_s
                            << u"refused: \"cd\" would then change the shell of the second as well."_s;
        QTest::newRow("an alternative")
            << u"RUN a\nRUN b || c"_s
            << u"refused: Its commands are not all joined with &&: \"||\" would no longer belong to the second alone."_s;
        QTest::newRow("a comment") << u"RUN a # b\nRUN c"_s << u"refused: There is a comment in it."_s;
        QTest::newRow("nothing follows")
            << u"RUN a\nCMD b"_s << u"refused: No RUN follows that it could be joined with."_s;
    }
    void twoRunsAreJoined()
    {
        QFETCH(QString, before);
        QTEST(done(before, joinWithNextRun, Keyword::Run), "expected");
    }

    void aRunIsSplit_data()
    {
        columns();
        QTest::newRow("usual") << u"RUN a && \\\n    b\nCMD x"_s << u"RUN a\nRUN b\nCMD x"_s;
        QTest::newRow("flags and comments")
            << u"run --network=none a \\\r\n  # why\r\n  && b 'x && y' \\\r\n  && c\r\n"_s
            << u"run --network=none a\r\n# why\r\nrun --network=none b 'x && y'\r\nrun --network=none c\r\n"_s;
        QTest::newRow("without blanks") << u"RUN a&&b"_s << u"RUN a\nRUN b"_s;
        QTest::newRow("a piece of several rows") << u"RUN a \\\n  -x && b"_s << u"RUN a \\\n  -x\nRUN b"_s;
        QTest::newRow("pipes and redirections stay")
            << u"RUN a | b 2>&1 && c"_s << u"RUN a | b 2>&1\nRUN c"_s;
        QTest::newRow("a shell in brackets") << u"RUN (a && b) && c"_s << u"RUN (a && b)\nRUN c"_s;
        QTest::newRow("cd")
            << u"RUN cd /x && b"_s
            << u"refused: \"cd\" changes the shell for what comes after it, and a RUN of its own has its own shell."_s;
        QTest::newRow("a variable")
            << u"RUN X=1 && b"_s
            << u"refused: \"X=1\" changes the shell for what comes after it, and a RUN of its own has its own shell."_s;
        QTest::newRow("a variable for one command") << u"RUN X=1 a && b"_s << u"RUN X=1 a\nRUN b"_s;
        QTest::newRow("or") << u"RUN a && b || c"_s
                            << u"refused: Its commands are not all joined with &&: \"||\" cannot be split."_s;
        QTest::newRow("a loop") << u"RUN for x in a; do b; done"_s
                                << u"refused: \"for\" belongs to a command of several parts."_s;
        QTest::newRow("one") << u"RUN a"_s << u"refused: It is one command only."_s;
    }
    void aRunIsSplit()
    {
        QFETCH(QString, before);
        QTEST(done(before, splitRun, Keyword::Run), "expected");
    }

    void aRunBecomesAHeredoc_data()
    {
        columns();
        QTest::newRow("usual") << u"RUN --network=none a && \\\n    # why\n    b\nCMD x"_s
                               << u"RUN --network=none <<EOF\nset -e\na\n# why\nb\nEOF\nCMD x"_s;
        QTest::newRow("one command, no line end") << u"RUN a"_s << u"RUN <<EOF\na\nEOF"_s;
        QTest::newRow("rows of a command stay")
            << u"RUN a \\\n  -x && b\n"_s << u"RUN <<EOF\nset -e\na \\\n  -x\nb\nEOF\n"_s;
        QTest::newRow("with backticks a row is one row")
            << u"# escape=`\nRUN a `\n-x"_s
            << u"refused: The file is written for Windows, whose shell quotes by other rules."_s;
        QTest::newRow("a mark that is free") << u"RUN a && EOF"_s << u"RUN <<EOF2\nset -e\na\nEOF\nEOF2"_s;
        QTest::newRow("CR LF")
            << u"RUN a\r\n"_s
            << u"refused: The rows end with CR LF, and a shell takes the CR for a part of its command."_s;
        QTest::newRow("!") << u"RUN ! a && b"_s << u"refused: \"!\" belongs to a command of several parts."_s;
    }
    void aRunBecomesAHeredoc()
    {
        QFETCH(QString, before);
        QTEST(done(before, toHeredoc, Keyword::Run), "expected");
    }

    void aHeredocBecomesARun_data()
    {
        columns();
        QTest::newRow("usual") << u"RUN <<EOF\nset -e\na\n\n# why\nb\nEOF\nCMD x"_s
                               << u"RUN a && \\\n# why\n    b\nCMD x"_s;
        QTest::newRow("with tabs, continued")
            << u"run <<-E\n\tset -ex\n\ta \\\n\t\t-x\n\tE\n"_s << u"run set -ex && \\\n    a \\\n-x\n"_s;
        QTest::newRow("comments first and last")
            << u"RUN <<E\n# 1\na\n# 2\nE"_s << u"RUN \\\n# 1\n    a\n# 2"_s;
        QTest::newRow("without set -e")
            << u"RUN <<E\na\nb\nE"_s
            << u"refused: Its rows go on after one that fails, and with && they would not."_s;
        QTest::newRow("a loop") << u"RUN <<E\nfor x in y; do\nz\ndone\nE"_s
                                << u"refused: \"for\" belongs to a command of several parts."_s;
        QTest::newRow("its own program") << u"RUN <<E\n#!/bin/python\nx\nE"_s
                                         << u"refused: Its first row names a program of its own to run it."_s;
        QTest::newRow("an input") << u"RUN cat <<E\nx\nE"_s
                                  << u"refused: The heredoc is the input of a command."_s;
    }
    void aHeredocBecomesARun()
    {
        QFETCH(QString, before);
        QTEST(done(before, fromHeredoc, Keyword::Run), "expected");
    }
};

QTEST_GUILESS_MAIN(TestCommandEdits)
#include "tst_commandedits.moc"
