// SPDX-License-Identifier: Apache-2.0
#include "programrun.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QProcessEnvironment environmentOf(const QString &host)
{
    static const QTemporaryDir home;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"DOCKER_CONTEXT"_s})
        environment.remove(name);
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.path() + u"/data"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, home.path() + u"/config"_s);
    environment.insert(u"DOCKER_HOST"_s,
                       host.isEmpty() ? u"unix://"_s + home.path() + u"/none.sock"_s : host);
    return environment;
}

ProgramRun runProcess(const QString &path, const QStringList &arguments, const QByteArray &input,
                      const QString &host)
{
    QProcess program;
    program.setProcessEnvironment(environmentOf(host));
    program.start(path, arguments);
    program.write(input);
    program.closeWriteChannel();
    ProgramRun run;
    // In an event loop, so that a FakeEngine of this thread can answer.
    if (!QTest::qWaitFor([&] { return program.state() == QProcess::NotRunning; }, 300'000)) {
        run.err = "did not finish: " + program.errorString().toUtf8();
        program.kill();
        program.waitForFinished();
        return run;
    }
    run.exitCode = program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
    run.out = program.readAllStandardOutput();
    run.err = program.readAllStandardError();
    return run;
}

}

ProgramRun runProgram(const QStringList &arguments, const QByteArray &input, const QString &host)
{
    return runProcess(qEnvironmentVariable("STAGELOOM_PROGRAM"), arguments, input, host);
}

ProgramRun runShell(const QString &line, const QByteArray &input, const QString &host)
{
    return runProcess(u"/bin/sh"_s, {u"-c"_s, line}, input, host);
}

bool isPodman(const QString &host)
{
    return runProgram({u"engine"_s, u"test"_s, host}).out.contains("Podman");
}

bool engineCannot(const QString &host, const QByteArray &ability)
{
    const QByteArray told = "cannot: " + ability + ':';
    return runProgram({u"engine"_s, u"test"_s, host}).out.contains(told);
}

void writeFile(const QTemporaryDir &folder, const QString &path, const QByteArray &content)
{
    const QString full = folder.filePath(path);
    QVERIFY(QDir().mkpath(QFileInfo(full).absolutePath()));
    QFile file(full);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}
