// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/dockerignore.h"
#include "project/contextscan.h"
#include "support/buildrun.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

// Reading and sending a build's context. With STAGELOOM_TEST_ENGINE it builds there, and beside it with
// docker's buildx where PATH and DOCKER_CONFIG find one, in turns: each leaves 310 MB a round in the engine's
// build cache.

using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 3;

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

void makeFiles(const QString &folder, int folders, int filesEach, const QByteArray &content)
{
    for (int i = 0; i < folders; ++i) {
        const QString each = folder + u"/d"_s + QString::number(i);
        QDir().mkpath(each);
        for (int j = 0; j < filesEach; ++j)
            write(each + u"/f"_s + QString::number(j) + u".go"_s, content);
    }
}

qint64 statusValue(const char *name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

void scanUnderManyRules()
{
    QTemporaryDir folder;
    makeFiles(folder.path(), 100, 1000, {});
    QByteArray rules = "**/*.log\n**/node_modules\n.git\n*.md\n!README.md\n**/testdata/**\n";
    for (int i = 6; i < 50; ++i)
        rules += (i % 2 == 0 ? "**/*.tmp" : "build/out") + QByteArray::number(i) + '\n';
    write(folder.filePath(u".dockerignore"_s), rules);
    std::vector<qint64> times;
    for (int i = 0; i < rounds + 1; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto scan = project::scanContext(folder.path(), {});
        if (!scan || scan->entries.size() != 100'101)
            qFatal("the scan did not find the files");
        times.push_back(timer.elapsed());
    }
    std::printf("scan of 100,000 files under 50 rules: %lld ms warm (target 400)\n",
                static_cast<long long>(std::ranges::min(times)));
}

class Sides
{
public:
    explicit Sides(QString url)
        : m_url(std::move(url))
    {
        const QByteArray help = runDocker({u"buildx"_s, u"version"_s}).second;
        m_hasBuildx = help.contains("buildx");
    }
    [[nodiscard]] bool hasBuildx() const { return m_hasBuildx; }

    /// From the connection on. As the program does it, but for the start of its process.
    qint64 ours(const QString &folder)
    {
        QElapsedTimer timer;
        timer.start();
        const auto endpoint = engine::parseHost(m_url, u"bench"_s);
        auto client = std::make_shared<engine::Client>(*endpoint);
        const auto info = await<engine::EngineInfo>([&](auto answer) { client->connectToEngine(answer); });
        engine::BuildRequest request;
        request.contextFolder = folder;
        request.dockerfile = "FROM scratch\nCOPY . /\n";
        request.options.outputs = {{.type = u"cacheonly"_s}};
        BuildRun run(client, request);
        if (!info || !run.wait() || !run.outcome->succeeded())
            qFatal("our build failed: %s", qPrintable(run.error()));
        return timer.elapsed();
    }

    qint64 buildx(const QString &folder)
    {
        QElapsedTimer timer;
        timer.start();
        const auto [code, output] =
            runDocker({u"buildx"_s, u"build"_s, u"--progress=quiet"_s, u"--output=type=cacheonly"_s,
                       u"--provenance=false"_s, folder});
        if (code != 0)
            qFatal("buildx failed: %s", output.constData());
        return timer.elapsed();
    }

private:
    std::pair<int, QByteArray> runDocker(const QStringList &arguments)
    {
        QProcess docker;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DOCKER_HOST"_s, m_url);
        docker.setProcessEnvironment(environment);
        docker.setProcessChannelMode(QProcess::MergedChannels);
        docker.start(u"docker"_s, arguments);
        docker.waitForFinished(-1);
        return {docker.exitCode(), docker.readAll()};
    }

    QString m_url;
    bool m_hasBuildx = false;
};

struct Times
{
    std::vector<qint64> ours, buildx;

    void print(const char *what, double target)
    {
        std::ranges::sort(ours);
        std::ranges::sort(buildx);
        const qint64 own = ours[ours.size() / 2];
        std::printf("%-28s ours %6lld ms", what, static_cast<long long>(own));
        if (!buildx.empty()) {
            const qint64 other = buildx[buildx.size() / 2];
            std::printf("   buildx %6lld ms   ratio %.2f (target %.1f)", static_cast<long long>(other),
                        double(own) / double(other), target);
        }
        std::printf("\n");
    }
};

void syncBesideBuildx(const QString &url)
{
    QTemporaryDir folder;
    Sides sides(url);
    if (!sides.hasBuildx())
        std::printf("no docker with buildx is in PATH: our side only\n");
    const QString base = folder.filePath(u"context"_s);
    makeFiles(base, 200, 100, QByteArray(500, 'x'));
    write(base + u"/large"_s, QByteArray(300'000'000, 'y'));
    write(base + u"/Dockerfile"_s, "FROM scratch\nCOPY . /\n");
    Times cold, unchanged, touched;
    QString context = base;
    qint64 peak = 0;
    // A folder of another name is another source for the engine, and other bytes are not in its cache.
    const auto anew = [&](const QString &suffix, int round) {
        const QString next = base + suffix + QString::number(round) + u'-' + QString::number(::getpid());
        QDir().rename(context, next);
        context = next;
        write(context + u"/d0/f0.go"_s, next.toUtf8());
    };
    for (int round = 0; round < rounds; ++round) {
        anew(u"-ours-"_s, round);
        write(u"/proc/self/clear_refs"_s, "5"); // the peak starts anew
        const qint64 before = statusValue("VmRSS:");
        cold.ours.push_back(sides.ours(context));
        peak = std::max(peak, statusValue("VmHWM:") - before);
        unchanged.ours.push_back(sides.ours(context));
        write(context + u"/d1/f1.go"_s, QByteArray::number(round) + "touched by us");
        touched.ours.push_back(sides.ours(context));
        if (!sides.hasBuildx())
            continue;
        anew(u"-buildx-"_s, round);
        cold.buildx.push_back(sides.buildx(context));
        unchanged.buildx.push_back(sides.buildx(context));
        write(context + u"/d1/f1.go"_s, QByteArray::number(round) + "touched by buildx");
        touched.buildx.push_back(sides.buildx(context));
    }
    std::printf("310 MB in 20,001 files, median of %d:\n", rounds);
    cold.print("cold", 1.0);
    unchanged.print("unchanged", 0.5);
    touched.print("one file touched", 0.5);
    std::printf("our memory grew by %lld MB at most (target 60)\n", static_cast<long long>(peak / 1024));
}

}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    scanUnderManyRules();
    const QString url = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    if (url.isEmpty())
        std::printf("STAGELOOM_TEST_ENGINE names no engine: nothing is sent\n");
    else
        syncBesideBuildx(url);
    return 0;
}
