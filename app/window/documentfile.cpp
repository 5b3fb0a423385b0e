// SPDX-License-Identifier: Apache-2.0
#include "window/documentfile.h"

#include "dockerfile/textfile.h"

#include <QDir>
#include <QFileInfo>

#include <chrono>

using namespace std::chrono_literals;

namespace app {

using namespace Qt::StringLiterals;

DocumentFile::DocumentFile(QObject *parent)
    : QObject(parent)
{
    // Editors write beside and rename: the file is gone for a moment, and one save makes several notes.
    m_settle.setSingleShot(true);
    m_settle.setInterval(150ms);
    connect(&m_settle, &QTimer::timeout, this, &DocumentFile::check);
    const auto settle = [this] { m_settle.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, settle);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, settle);
}

QString DocumentFile::folder() const
{
    return m_path.isEmpty() ? m_folder : QFileInfo(m_path).absolutePath();
}

QString DocumentFile::name() const
{
    if (m_path.isEmpty())
        return tr("Dockerfile (not saved)");
    const QFileInfo info(m_path);
    return info.dir().dirName() + u'/' + info.fileName();
}

base::Result<QString> DocumentFile::open(const QString &path)
{
    const QFileInfo info(path);
    const QString file = info.isDir() ? QDir(path).filePath(u"Dockerfile"_s) : path;
    auto text = dockerfile::readTextFile(file);
    if (!text)
        return text;
    accept(*text);
    setPath(QFileInfo(file).absoluteFilePath());
    return text;
}

base::Result<void> DocumentFile::save(const QString &text, const QString &path)
{
    const QString target = path.isEmpty() ? m_path : QFileInfo(path).absoluteFilePath();
    Q_ASSERT(!target.isEmpty());
    const auto written = dockerfile::writeTextFile(target, text);
    if (!written)
        return written;
    accept(text);
    setPath(target);
    return {};
}

void DocumentFile::startNew(const QString &folder)
{
    m_folder = folder;
    accept({});
    setPath({});
}

void DocumentFile::startMissing(const QString &path, const QString &base)
{
    accept(base);
    m_diskText.clear();
    setPath(path);
    m_isMissing = true;
}

void DocumentFile::accept(const QString &textOnDisk)
{
    m_base = textOnDisk;
    m_diskText = textOnDisk;
}

std::optional<QString> DocumentFile::foreignText() const
{
    if (m_path.isEmpty())
        return {};
    const auto text = dockerfile::readTextFile(m_path);
    return text && *text != m_base ? std::optional(*text) : std::nullopt;
}

void DocumentFile::setPath(const QString &path)
{
    const bool moved = path != m_path;
    m_path = path;
    m_isMissing = false;
    watch();
    if (moved)
        Q_EMIT pathChanged(m_path);
}

void DocumentFile::watch()
{
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    if (!m_path.isEmpty())
        m_watcher.addPaths({m_path, QFileInfo(m_path).absolutePath()});
}

void DocumentFile::check()
{
    if (m_path.isEmpty())
        return;
    if (!QFileInfo::exists(m_path)) {
        if (!std::exchange(m_isMissing, true))
            Q_EMIT removedFromDisk();
        return;
    }
    const bool wasMissing = std::exchange(m_isMissing, false);
    if (!m_watcher.files().contains(m_path))
        m_watcher.addPath(m_path); // a rename over it ended the old watch
    const auto text = dockerfile::readTextFile(m_path);
    if (!text)
        return;
    if (*text != std::exchange(m_diskText, *text))
        Q_EMIT changedOnDisk(*text);
    else if (wasMissing)
        Q_EMIT backOnDisk();
}

}
