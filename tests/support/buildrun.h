// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildjob.h"
#include "engine/client.h"

#include <QDirIterator>
#include <QEventLoop>
#include <QFileInfo>
#include <QTest>
#include <QTimer>

/// Waits in the event loop for the one answer of `ask`.
template <class T, class Ask>
base::Result<T> await(Ask ask, std::chrono::milliseconds limit = std::chrono::seconds(60))
{
    auto shared = std::make_shared<std::optional<base::Result<T>>>();
    ask([shared](base::Result<T> answer) { *shared = std::move(answer); });
    if (!QTest::qWaitFor([&shared] { return shared->has_value(); }, QDeadlineTimer(limit)))
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::TimedOut, .message = QStringLiteral("no answer")});
    return std::move(**shared);
}

/// Everything in a folder, as the project library would list it.
inline std::vector<engine::BuildFile> filesIn(const QString &folder)
{
    std::vector<engine::BuildFile> files;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QFileInfo info = it.nextFileInfo();
        engine::BuildFile file;
        file.path = info.filePath().mid(folder.size() + 1);
        file.type = info.isSymLink() ? engine::BuildFile::Type::Link
                    : info.isDir()   ? engine::BuildFile::Type::Folder
                                     : engine::BuildFile::Type::File;
        file.sizeBytes = info.size();
        file.mode = info.isDir() || info.isExecutable() ? 0755 : 0644;
        file.modifiedSeconds = info.lastModified().toSecsSinceEpoch();
        file.linkTarget = info.isSymLink() ? info.readSymLink() : QString();
        files.push_back(file);
    }
    std::ranges::sort(files, {}, &engine::BuildFile::path);
    return files;
}

/// A build and all that it told.
struct BuildRun
{
    using Way = engine::BuildJob::Way;

    BuildRun(std::shared_ptr<engine::Client> client, const engine::BuildRequest &request, Way way = Way::Best)
        : job(std::move(client), request)
    {
        job.setWay(way);
        begin();
    }
    BuildRun(std::shared_ptr<engine::Client> client, const engine::BuildKitAddress &builder,
             const engine::BuildRequest &request)
        : BuildRun(std::move(client), {{.node = QStringLiteral("node"), .address = builder}}, request)
    {}
    BuildRun(std::shared_ptr<engine::Client> client, const std::vector<engine::NodeShare> &nodes,
             const engine::BuildRequest &request)
        : job(std::move(client), nodes, request)
    {
        begin();
    }

    void begin()
    {
        QObject::connect(&job, &engine::BuildJob::stepChanged, &job, [this](const engine::BuildStep &step) {
            const auto known = std::ranges::find(steps, step.id, &engine::BuildStep::id);
            if (known == steps.end())
                steps.push_back(step);
            else
                *known = step;
        });
        QObject::connect(&job, &engine::BuildJob::logAppended, &job,
                         [this](const QString &, const QString &text) { log += text; });
        QObject::connect(&job, &engine::BuildJob::warned, &job,
                         [this](const engine::BuildWarning &it) { warnings += it.message; });
        QObject::connect(&job, &engine::BuildJob::finished, &job, [this](const engine::BuildOutcome &it) {
            outcome = it;
            ++timesFinished;
        });
        job.start();
    }

    /// In a real event loop: QTest::qWaitFor() sleeps between its looks, and an upload needs many turns.
    bool wait(std::chrono::milliseconds limit = std::chrono::minutes(3))
    {
        QEventLoop loop;
        QObject::connect(&job, &engine::BuildJob::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(limit, &loop, &QEventLoop::quit);
        if (!outcome)
            loop.exec();
        return outcome.has_value();
    }
    [[nodiscard]] QString error() const
    {
        return outcome && outcome->error ? outcome->error->text() : QString();
    }
    /// The step of that instruction's beginning.
    [[nodiscard]] const engine::BuildStep *step(const QString &instruction) const
    {
        const auto found = std::ranges::find_if(
            steps, [&instruction](const auto &it) { return it.instruction.startsWith(instruction); });
        return found == steps.end() ? nullptr : &*found;
    }

    engine::BuildJob job;
    std::vector<engine::BuildStep> steps;
    QString log;
    QStringList warnings;
    std::optional<engine::BuildOutcome> outcome;
    int timesFinished = 0;
};
