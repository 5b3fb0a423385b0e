// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/dockerignore.h"
#include "project/contextscan.h"
#include "support/buildrun.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

// Reading and sending a build's context. With STAGELOOM_TEST_ENGINE and STAGELOOM_PROGRAM it builds there,
// whole commands, and beside it with docker's buildx where PATH and DOCKER_CONFIG find one, in turns: each
// leaves 310 MB a round in the engine's build cache. Standard output is JSON; the words go to standard error.

using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 3;
QJsonArray results;

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
    const qint64 best = std::ranges::min(times);
    std::fprintf(stderr, "scan of 100,000 files under 50 rules: %lld ms warm (target 400)\n",
                 static_cast<long long>(best));
    results.append(QJsonObject{{u"name"_s, u"context scan"_s}, {u"ours_ms"_s, best}, {u"target"_s, 400}});
}

/// What a command took, and the most memory that it held.
struct Cost
{
    qint64 milliseconds = 0;
    qint64 peakKilobytes = 0;
};

Cost costOf(const QStringList &words)
{
    std::vector<QByteArray> bytes;
    std::vector<char *> arguments;
    for (const QString &word : words)
        bytes.push_back(word.toLocal8Bit());
    for (QByteArray &word : bytes)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t silence;
    ::posix_spawn_file_actions_init(&silence);
    ::posix_spawn_file_actions_addopen(&silence, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&silence, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    QElapsedTimer timer;
    timer.start();
    pid_t process = 0;
    int status = 0;
    rusage usage{};
    if (::posix_spawnp(&process, arguments[0], &silence, nullptr, arguments.data(), environ) != 0 ||
        ::wait4(process, &status, 0, &usage) != process || status != 0)
        qFatal("failed: %s", qPrintable(words.join(u' ')));
    ::posix_spawn_file_actions_destroy(&silence);
    return {.milliseconds = timer.elapsed(), .peakKilobytes = usage.ru_maxrss};
}

class Sides
{
public:
    explicit Sides(const QString &url)
        : m_program(qEnvironmentVariable("STAGELOOM_PROGRAM"))
    {
        qputenv("DOCKER_HOST", url.toUtf8());
        qputenv("XDG_DATA_HOME", m_data.path().toUtf8());
        QProcess docker;
        docker.start(u"docker"_s, {u"buildx"_s, u"version"_s});
        m_hasBuildx = docker.waitForFinished() && docker.readAll().contains("buildx");
    }
    [[nodiscard]] bool hasBuildx() const { return m_hasBuildx; }

    [[nodiscard]] Cost ours(const QStringList &rest) const
    {
        return costOf(QStringList{m_program, u"build"_s} + rest);
    }
    [[nodiscard]] static Cost buildx(const QStringList &rest)
    {
        return costOf(QStringList{u"docker"_s, u"buildx"_s, u"build"_s, u"--provenance=false"_s} + rest);
    }

private:
    QTemporaryDir m_data; ///< a history of its own
    QString m_program;
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
        QJsonObject result{
            {u"name"_s, QString::fromLatin1(what)}, {u"ours_ms"_s, own}, {u"target"_s, target}};
        std::fprintf(stderr, "%-28s ours %6lld ms", what, static_cast<long long>(own));
        if (!buildx.empty()) {
            const qint64 other = buildx[buildx.size() / 2];
            result.insert(u"buildx_ms"_s, other);
            result.insert(u"ratio"_s, double(own) / double(other));
            std::fprintf(stderr, "   buildx %6lld ms   ratio %.2f (target %.1f)",
                         static_cast<long long>(other), double(own) / double(other), target);
        }
        std::fprintf(stderr, "\n");
        results.append(result);
    }
};

void sampleBesideBuildx(const Sides &sides)
{
    QTemporaryDir folder;
    write(folder.filePath(u"go.mod"_s), "module hello\n\ngo 1.21\n");
    write(folder.filePath(u"hello.go"_s), "package main\n\nfunc main() { println(\"hello world!\") }\n");
    write(folder.filePath(u"Dockerfile"_s),
          "FROM golang:alpine AS builder\nWORKDIR /build\nCOPY . .\nRUN go build -o hello .\n"
          "FROM alpine\nCOPY --from=builder /build/hello /hello\nCMD [\"/hello\"]\n");
    const QStringList rest{u"-t"_s, u"stageloom-bench:v1"_s, folder.path()};
    (void)sides.ours(rest);
    Times cached;
    for (int round = 0; round < 7; ++round) {
        cached.ours.push_back(sides.ours(rest).milliseconds);
        if (sides.hasBuildx())
            cached.buildx.push_back(Sides::buildx(rest).milliseconds);
    }
    cached.print("the sample from the cache", 0.5);
}

/// From the click on: a connected client, and what the window's session does first.
void firstStepOf(const QString &url)
{
    QTemporaryDir folder;
    write(folder.filePath(u"a"_s), "a");
    const auto endpoint = engine::parseHost(url, u"bench"_s);
    auto client = std::make_shared<engine::Client>(*endpoint);
    if (!await<engine::EngineInfo>([&](auto answer) { client->connectToEngine(answer); }))
        qFatal("no engine");
    std::vector<qint64> times;
    for (int round = 0; round < 7; ++round) {
        engine::BuildRequest request;
        request.contextFolder = folder.path();
        request.dockerfile = "FROM scratch\nCOPY a /\n";
        QElapsedTimer timer;
        timer.start();
        BuildRun run(client, request);
        if (!QTest::qWaitFor([&run] { return !run.steps.empty(); }))
            qFatal("no step");
        times.push_back(timer.elapsed());
        run.wait();
    }
    Times first{.ours = times, .buildx = {}};
    first.print("click to first step", 50);
}

void syncBesideBuildx(const Sides &sides)
{
    QTemporaryDir folder;
    const QString base = folder.filePath(u"context"_s);
    makeFiles(base, 200, 100, QByteArray(500, 'x'));
    QFile large(base + u"/large"_s);
    if (!large.open(QIODevice::WriteOnly))
        qFatal("no room");
    // In pieces: the peak of a child's memory begins with that of its parent.
    for (int i = 0; i < 300; ++i)
        large.write(QByteArray(1'000'000, 'y'));
    large.close();
    // All of the context is sent, and the engine has little else to do with it.
    write(base + u"/Dockerfile"_s,
          "FROM alpine\nRUN --network=none --mount=type=bind,target=/context test -e /context/large\n");
    const auto cacheOnly = [](const QString &context) {
        return QStringList{u"--output=type=cacheonly"_s, context};
    };
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
        const Cost first = sides.ours(cacheOnly(context));
        cold.ours.push_back(first.milliseconds);
        peak = std::max(peak, first.peakKilobytes);
        unchanged.ours.push_back(sides.ours(cacheOnly(context)).milliseconds);
        write(context + u"/d1/f1.go"_s, QByteArray::number(round) + "touched by us");
        touched.ours.push_back(sides.ours(cacheOnly(context)).milliseconds);
        if (!sides.hasBuildx())
            continue;
        anew(u"-buildx-"_s, round);
        cold.buildx.push_back(Sides::buildx(cacheOnly(context)).milliseconds);
        unchanged.buildx.push_back(Sides::buildx(cacheOnly(context)).milliseconds);
        write(context + u"/d1/f1.go"_s, QByteArray::number(round) + "touched by buildx");
        touched.buildx.push_back(Sides::buildx(cacheOnly(context)).milliseconds);
    }
    std::fprintf(stderr, "310 MB in 20,001 files, median of %d:\n", rounds);
    cold.print("cold", 1.0);
    unchanged.print("unchanged", 0.5);
    touched.print("one file touched", 0.5);
    std::fprintf(stderr, "our process held %lld MB at most (target 60)\n",
                 static_cast<long long>(peak / 1024));
    results.append(
        QJsonObject{{u"name"_s, u"peak memory"_s}, {u"ours_mb"_s, peak / 1024}, {u"target"_s, 60}});
}

}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString url = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    if (url.isEmpty() || !qEnvironmentVariableIsSet("STAGELOOM_PROGRAM")) {
        std::fprintf(stderr, "STAGELOOM_TEST_ENGINE and STAGELOOM_PROGRAM are not set: nothing is sent\n");
    } else {
        const Sides sides(url);
        if (!sides.hasBuildx())
            std::fprintf(stderr, "no docker with buildx is in PATH: our side only\n");
        firstStepOf(url);
        sampleBesideBuildx(sides);
        syncBesideBuildx(sides);
    }
    scanUnderManyRules();
    std::printf("%s", QJsonDocument(results).toJson().constData());
    return 0;
}
