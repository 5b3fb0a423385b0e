// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What breaks on our side of a build on a real engine: it is told, the log is kept, nothing of it is left
/// where it should not be, and the next build on the same client works.
class TestFaults : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine();
        if (QTest::currentTestResolved())
            return;
        if (m_engine->client->info()->isPodman)
            QSKIP("Podman builds without a session");
    }
    void cleanupTestCase() { m_engine.reset(); }

    void anOutputThatFindsNoRoomIsToldAndTheNextBuildWorks_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("a folder") << u"local"_s;
        QTest::newRow("an archive") << u"tar"_s;
    }
    void anOutputThatFindsNoRoomIsToldAndTheNextBuildWorks()
    {
        QFETCH(QString, type);
        QTemporaryDir folder;
        const QByteArray place = QFile::encodeName(folder.path());
        if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=256k") != 0)
            QSKIP("to mount a small disk takes root");
        const auto unmount = qScopeGuard([&place] { ::umount2(place.constData(), MNT_DETACH); });
        const bool isFolder = type == "local"_L1;
        const QString dest = folder.filePath(isFolder ? u"out"_s : u"out.tar"_s);
        failsAndTheNextWorks(writing(type, dest), u"no room left"_s, dest);
        QVERIFY2(isFolder || QDir(folder.path()).isEmpty(), "half an archive is left");
    }

    void anOutputThatMayNotBeWrittenIsToldAndTheNextBuildWorks()
    {
        QTemporaryDir folder;
        const QByteArray place = QFile::encodeName(folder.path());
        if (::mount("tmpfs", place.constData(), "tmpfs", MS_RDONLY, "") != 0)
            QSKIP("to mount a disk takes root");
        const auto unmount = qScopeGuard([&place] { ::umount2(place.constData(), MNT_DETACH); });
        failsAndTheNextWorks(writing(u"local"_s, folder.filePath(u"out"_s)), u"may not be written"_s,
                             folder.path());
    }

    void aSecretThatIsMissingIsToldAndTheNextBuildWorks()
    {
        failsAndTheNextWorks(request("RUN --mount=type=secret,id=tok,required=true true\n"),
                             u"the build was given no secret \"tok\""_s, {});
    }

    void aSecretWhoseFileVanishedIsToldAndTheNextBuildWorks()
    {
        engine::BuildRequest wanted = request("RUN --mount=type=secret,id=tok,required=true true\n");
        wanted.options.secrets = {{.id = u"tok"_s, .file = u"/nosuch/file"_s}};
        failsAndTheNextWorks(wanted, u"/nosuch/file"_s, {});
    }

    void credentialsThatCannotBeHadAreToldAndTheNextBuildWorks_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("rubbish") << QByteArray("echo planted-rubbish");
        QTest::newRow("a failure") << QByteArray("echo planted-words >&2; exit 3");
    }
    void credentialsThatCannotBeHadAreToldAndTheNextBuildWorks()
    {
        QFETCH(QByteArray, script);
        QTemporaryDir home;
        QFile helper(home.filePath(u"docker-credential-odd"_s));
        QVERIFY(helper.open(QIODevice::WriteOnly));
        helper.write("#!/bin/sh\n" + script + '\n');
        helper.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        helper.close();
        QFile config(home.filePath(u"config.json"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(R"({"credsStore":"odd"})");
        config.close();
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", QByteArray(QFile::encodeName(home.path()) + ':' + path));
        qputenv("DOCKER_CONFIG", QFile::encodeName(home.path()));
        const auto back = qScopeGuard([&path] {
            qputenv("PATH", path);
            qunsetenv("DOCKER_CONFIG");
        });
        engine::BuildRequest wanted = request("RUN true\n");
        wanted.dockerfile = "FROM 127.0.0.1:1/private/base:v1\nRUN true\n";
        BuildRun run(m_engine->client, wanted);
        QVERIFY(run.wait(1min));
        QVERIFY(run.outcome->error);
        const QString all = run.error() + run.outcome->error->detail + run.log;
        QVERIFY2(!all.contains("planted"_L1), qPrintable(all));
        theNextWorks();
    }

    void aContextThatIsGoneIsToldAndTheNextBuildWorks()
    {
        engine::BuildRequest wanted = request("COPY . /x\n");
        wanted.contextFolder = u"/nosuch/folder"_s;
        failsAndTheNextWorks(wanted, u"/nosuch/folder"_s, {});
    }

    void aBuildThatIsCancelledWhileItWritesLeavesTheNextAlone()
    {
        QTemporaryDir folder;
        engine::BuildRequest wanted = writing(u"local"_s, folder.filePath(u"out"_s));
        BuildRun run(m_engine->client, wanted);
        QTRY_VERIFY_WITH_TIMEOUT(!run.steps.empty() || run.outcome, 30s);
        run.job.cancel();
        QVERIFY(run.wait(1s));
        theNextWorks();
    }

private:
    /// Rows 1 and 2 make a log; then `rest`.
    static engine::BuildRequest request(const QByteArray &rest)
    {
        engine::BuildRequest wanted;
        wanted.dockerfile = "FROM alpine\nRUN echo the log is kept\n" + rest;
        wanted.noCache = true;
        return wanted;
    }
    static engine::BuildRequest writing(const QString &type, const QString &dest)
    {
        engine::BuildRequest wanted = request("RUN dd if=/dev/zero of=/large bs=1M count=4\n");
        wanted.options.outputs = {{.type = type, .attributes = {{u"dest"_s, dest}}}};
        return wanted;
    }

    void theNextWorks()
    {
        BuildRun next(m_engine->client, request("RUN true\n"));
        QVERIFY(next.wait(1min));
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
    }

    void failsAndTheNextWorks(const engine::BuildRequest &wanted, const QString &says, const QString &where)
    {
        BuildRun run(m_engine->client, wanted);
        QVERIFY(run.wait(1min));
        QVERIFY(run.outcome->error);
        QCOMPARE(run.timesFinished, 1);
        const base::Error &error = *run.outcome->error;
        QVERIFY2(error.text().contains(says), qPrintable(error.text()));
        QVERIFY2(error.text().contains(where), qPrintable(error.text()));
        QVERIFY2(!error.hint.isEmpty(), qPrintable(error.text()));
        QVERIFY2(!error.message.contains("rpc error"_L1), qPrintable(error.text()));
        if (!wanted.options.outputs.empty())
            QVERIFY2(run.log.contains("the log is kept"_L1), qPrintable(run.log));
        for (const engine::BuildStep &step : run.steps)
            QVERIFY2(step.state != engine::BuildStep::State::Running, qPrintable(step.name));
        theNextWorks();
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
