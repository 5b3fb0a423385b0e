// SPDX-License-Identifier: Apache-2.0
// Builds that fail on a real engine, each in its own way, as a person reads them in a terminal: where, what,
// and what to try. STAGELOOM_TEST_ENGINE is the engine's address.
#include "programrun.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

class TestBuildFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
        if (m_engine.isEmpty())
            QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
        if (isPodman(m_engine))
            QSKIP("Podman's builder has words of its own");
        m_isOld = engineCannot(m_engine, "named contexts");
        writeFile(m_context, u"file"_s, "content\n");
        writeFile(m_context, u"binary"_s,
                  QByteArray("\x7f"
                             "ELF of nothing"));
    }

    void aFailureSaysWhereWhatAndWhatToTry_data()
    {
        QTest::addColumn<QByteArray>("dockerfile");
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<QByteArray>("place"); // what follows the Dockerfile's path
        QTest::addColumn<QByteArray>("says");
        QTest::addColumn<QByteArray>("hint");
        const auto row = [](const char *name, const char *text, const char *place, const char *says,
                            const char *hint = "", const QStringList &flags = {}) {
            QTest::newRow(name) << QByteArray("FROM alpine\n") + text << flags << QByteArray(place)
                                << QByteArray(says) << QByteArray(hint);
        };
        const auto whole = [](const char *name, const char *text, const char *place, const char *says,
                              const char *hint = "", const QStringList &flags = {}) {
            QTest::newRow(name) << QByteArray(text) << flags << QByteArray(place) << QByteArray(says)
                                << QByteArray(hint);
        };
        whole("a base image that is not there", "FROM nosuchimage:v9\nRUN true\n",
              ":1: ", "nosuchimage:v9: the registry ", "Check the name");
        whole("a base in a registry that is not there", "FROM 127.0.0.1:1/x/y:v1\n",
              ":1: ", "127.0.0.1:1/x/y:v1: the registry 127.0.0.1:1 cannot be reached (connection refused)",
              "Check the name");
        whole("a base without a value", "ARG BASE\nFROM ${BASE}\n", ":2: ", "the base image is empty",
              "--build-arg");
        whole("a base for another platform", "FROM --platform=linux/s390x alpine\nRUN true\n",
              ":1: ", "alpine:latest: the registry ", "Check the name");
        row("a file that is not there", "COPY nosuch.txt /\n",
            ":2: ", "\"/nosuch.txt\" is not in the build context", ".dockerignore");
        row("a file above the context", "COPY ../x /\n", ":2: ", "\"/x\" is not in the build context",
            "named context");
        row("a file that another stage lacks", "COPY --from=alpine /nosuch /\n",
            ":2: ", "\"/nosuch\" is not in \"alpine\"", "that stage or image");
        row("a program that fails", "RUN echo words >&2; exit 1\n",
            ":2: ", "\"RUN echo words >&2; exit 1\" ended with exit code 1");
        row("a program that is not there", "RUN nosuchprogram --x\n", ":2: ", "ended with exit code 127",
            "There is no such program in this stage");
        row("a file that is no program", "RUN echo x > /x; /x\n", ":2: ", "ended with exit code 126",
            "chmod +x");
        row("a program that is killed", "RUN sh -c 'kill -9 $$'; exit $?\n",
            ":2: ", "ended with exit code 137", "memory ran out");
        row("a program for another machine", "COPY --chmod=755 binary /x\nRUN [\"/x\"]\n",
            ":3: ", "\"RUN [\"/x\"]\" ended with exit code", "install its emulator");
        whole("an image without a shell", "FROM scratch\nCOPY file /\nRUN echo hi\n",
              ":3: ", "\"RUN echo hi\" ended with exit code 1", "This image has no shell");
        row("a name that is not found", "RUN wget http://nosuch.invalid/x\n",
            ":2: ", "ended with exit code 1", "could not look up that name");
        row("no space", "RUN --mount=type=tmpfs,target=/t,size=64k dd if=/dev/zero of=/t/x bs=1M count=1\n",
            ":2: ", "ended with exit code 1", "Free space");
        row("no right", "USER nobody\nRUN touch /etc/x\n", ":3: ", "ended with exit code 1",
            "See which USER");
        row("a user that is not there", "USER nobodyhere\nRUN true\n",
            ":3: ", "there is no user \"nobodyhere\" in the image", "adduser");
        row("a file where a folder should be", "RUN echo x > /f\nWORKDIR /f/g\n",
            ":3: ", "cannot be made: a file is where a folder should be");
        row("an unknown flag", "COPY --frm=x file /\n", ":2: ", "unknown flag", "Check the spelling");
        row("an unknown instruction", "RUNN true\n", ":2: ", "unknown instruction: RUNN",
            "Check the spelling");
        whole("stages in a circle",
              "FROM alpine AS a\nCOPY --from=b /x /\nFROM alpine AS b\nCOPY --from=a /x /\n",
              ":4: ", "circular dependency");
        row("a target that is not there", "RUN true\n", ": ", "no stage is called \"nosuchstage\"", "",
            {u"--target"_s, u"nosuchstage"_s});
        row("a platform that is none", "RUN true\n", "", "\"nosuch\" is no platform", "linux/arm64",
            {u"--platform"_s, u"nosuch"_s});
        row("a secret that is missing", "RUN --mount=type=secret,id=tok,required=true true\n",
            ":2: ", "the build was given no secret \"tok\"", "with the id \"tok\"");
        row("an agent that is missing", "RUN --mount=type=ssh,required=true true\n",
            ":2: ", "the build was given no SSH agent or key", "--ssh default");
        row("an address without a server", "ADD http://127.0.0.1:1/file /\n",
            ":2: ", "http://127.0.0.1:1/file cannot be fetched (connection refused)", "reaches");
        row("a repository without a server", "COPY --from=src / /\n", "", "the engine has no git",
            "Install git", {u"--build-context"_s, u"src=https://127.0.0.1:1/x/y.git"_s});
        row("no half of a heredoc", "RUN <<EOF\necho\n", ":2: ", "unterminated heredoc");
        whole("nothing at all", "", ": ", "the Dockerfile has no stage", "Begin with");
    }
    void aFailureSaysWhereWhatAndWhatToTry()
    {
        QFETCH(QByteArray, dockerfile);
        QFETCH(QStringList, flags);
        QFETCH(QByteArray, place);
        QFETCH(QByteArray, says);
        QFETCH(QByteArray, hint);
        writeFile(m_context, u"Dockerfile"_s, dockerfile);
        const ProgramRun run =
            runProgram(QStringList{u"build"_s} + flags + QStringList{m_context.path()}, {}, m_engine);
        if (says.contains("no git") && (m_isOld || run.err.contains("cannot be fetched")))
            QSKIP("this engine has git, or takes no named contexts");
        if (m_isOld && (dockerfile.contains("<<EOF") || dockerfile.contains("size=64k")))
            QSKIP("this engine's Dockerfile has no such syntax");
        if (run.exitCode == 0 && dockerfile.contains("s390x"))
            QSKIP("the containerd image store takes the image that it has");
        QVERIFY2(run.exitCode == 1 || run.exitCode == 2, run.err.constData());
        const QByteArray last = run.err.mid(run.err.lastIndexOf("stageloom build: ")).split('\n').front();
        QVERIFY2(last.toLower().contains(says.toLower()), run.err.constData());
        QVERIFY2(last.contains(hint), run.err.constData());
        QVERIFY2(place.isEmpty() || m_isOld || last.contains(QByteArray("/Dockerfile" + place)),
                 run.err.constData());
        for (const char *inside : {"rpc error", "failed to solve", "failed to resolve source", "overlay2",
                                   "buildkit-mount", "moby", "dial tcp"})
            QVERIFY2(!last.contains(inside), run.err.constData());
        QVERIFY2(!run.err.contains("rpc error"), run.err.constData()); // nor in the engine's words below it
    }

    void scriptsGetTheRowsAndTheExitCode()
    {
        writeFile(m_context, u"Dockerfile"_s, "FROM alpine\nRUN echo words && \\\n    exit 7\n");
        const ProgramRun run =
            runProgram({u"build"_s, u"--format"_s, u"json"_s, m_context.path()}, {}, m_engine);
        QCOMPARE(run.exitCode, 1);
        const QJsonObject error = QJsonDocument::fromJson(run.out).object()[u"error"_s].toObject();
        QCOMPARE(error[u"row"_s].toInt(), 2);
        QCOMPARE(error[u"exitCode"_s].toInt(), 7);
        QVERIFY(error[u"lastRow"_s].toInt() >= 2);
        QVERIFY2(error[u"detail"_s].toString().contains(u"words"_s), run.out.constData());
    }

    void theLastLinesOfAStepAreShownToWhoSawNone()
    {
        writeFile(m_context, u"Dockerfile"_s, "FROM alpine\nRUN seq 1001 1200; exit 3\n");
        const ProgramRun run =
            runProgram({u"build"_s, u"--progress"_s, u"none"_s, m_context.path()}, {}, m_engine);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("\n1200\n"), run.err.constData());
        QVERIFY2(run.err.contains("1151\n") && !run.err.contains("1150\n"), run.err.constData());
    }

private:
    QString m_engine;
    bool m_isOld = false; ///< before 23: its errors name no rows, and its Dockerfile has less
    QTemporaryDir m_context;
};

QTEST_GUILESS_MAIN(TestBuildFailures)
#include "tst_buildfailures.moc"
