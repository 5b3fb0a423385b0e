// SPDX-License-Identifier: Apache-2.0
#include "window/contextlisting.h"

#include "dockerfile/dockerignore.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace app {

namespace {

constexpr auto oldAfter = 3s;
constexpr size_t mostEntries = 5'000;

std::vector<language::FolderEntry> read(const QString &root, const QString &folder, std::stop_token stop)
{
    QFile rules(QDir(root).filePath(u".dockerignore"_s));
    const dockerfile::DockerIgnore ignore(rules.open(QIODevice::ReadOnly) ? QString::fromUtf8(rules.readAll())
                                                                          : QString());
    std::vector<language::FolderEntry> entries;
    QDirIterator files(QDir(root).filePath(folder),
                       QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    while (files.hasNext() && entries.size() < mostEntries && !stop.stop_requested()) {
        const QFileInfo file = files.nextFileInfo();
        const QString path = folder.isEmpty() ? file.fileName() : QString(folder + u'/' + file.fileName());
        const bool isFolder = file.isDir();
        if (ignore.verdict(path).excluded && !(isFolder && ignore.mayReincludeBelow(path)))
            continue;
        entries.push_back({file.fileName(), isFolder, isFolder ? -1 : file.size()});
    }
    return entries;
}

}

void ContextListing::setRoot(const QString &root)
{
    if (root == m_root)
        return;
    m_root = root;
    m_listings.clear();
    m_job.cancel();
}

std::vector<language::FolderEntry> ContextListing::entries(const QString &folder)
{
    // A path that leaves the context is none of it.
    if (m_root.isEmpty() || QDir::cleanPath(folder).startsWith(".."_L1) || QDir::isAbsolutePath(folder))
        return {};
    const auto known = m_listings.constFind(folder);
    const bool isFresh = known != m_listings.constEnd() && known->age.durationElapsed() < oldAfter;
    auto entries = known == m_listings.constEnd() ? std::vector<language::FolderEntry>() : known->entries;
    if (!isFresh)
        m_job.start([root = m_root, folder](std::stop_token stop) { return read(root, folder, stop); },
                    [this, folder](std::vector<language::FolderEntry> now) {
                        Listing &listing = m_listings[folder];
                        const bool isNews = listing.entries != now;
                        listing.entries = std::move(now);
                        listing.age.start();
                        if (isNews)
                            Q_EMIT listed();
                    });
    return entries;
}

}
