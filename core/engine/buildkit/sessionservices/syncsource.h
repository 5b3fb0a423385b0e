// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/pathrules.h"
#include "base/result.h"

#include <QByteArray>

#include <memory>

namespace engine {

/// Go's os.FileMode bits, which BuildKit's packets carry in place of st_mode.
namespace gomode {
constexpr quint32 folder = 1U << 31;
constexpr quint32 link = 1U << 27;
constexpr quint32 device = 1U << 26;
constexpr quint32 pipe = 1U << 25;
constexpr quint32 socket = 1U << 24;
constexpr quint32 setUser = 1U << 23;
constexpr quint32 setGroup = 1U << 22;
constexpr quint32 characterDevice = 1U << 21;
constexpr quint32 sticky = 1U << 20;
constexpr quint32 irregular = 1U << 19;
constexpr quint32 permissions = 0777;
/// A file without any of these has content that can be asked for.
constexpr quint32 type = folder | link | device | pipe | socket | characterDevice | irregular;

quint32 ofStatus(quint32 stMode);
/// The permission bits with set-user, set-group and sticky, for chmod().
quint32 toPermissions(quint32 mode);
}

/// One entry of a source, as it is told to the engine.
struct SyncEntry
{
    QByteArray path;
    quint32 mode = 0; ///< gomode
    qint64 sizeBytes = 0;
    qint64 modifiedNs = 0;
    QByteArray linkTarget;
    qint64 deviceMajor = 0;
    qint64 deviceMinor = 0;
    QByteArray capability; ///< xattr security.capability

    [[nodiscard]] bool hasContent() const { return (mode & gomode::type) == 0; }
};

/// The content of one file, while it is sent.
class SyncContent
{
public:
    virtual ~SyncContent() = default;
    [[nodiscard]] virtual qint64 sizeBytes() const = 0; ///< when it was opened
    [[nodiscard]] virtual qint64 modifiedNs() const = 0;
    /// 0 at the end, -1 with errno.
    virtual qint64 read(char *to, qint64 most) = 0;
};

/// Which entries of a source the engine wants.
struct SyncFilter
{
    base::PathRules includes; ///< empty: everything
    base::PathRules excludes;
};

/// A source that is read entry by entry, in the order that the engine wants: folders before what they hold,
/// names of a folder in the order of their bytes.
class SyncSource
{
public:
    enum class Step : quint8 {
        Entry,
        Busy, ///< nothing yet; ask again
        End,
        Failed
    };

    virtual ~SyncSource() = default;
    /// A small piece of work.
    virtual Step next(SyncEntry &entry) = 0;
    /// After Step::Failed.
    [[nodiscard]] virtual base::Error error() const { return {}; }
    /// Told once: what was left out.
    virtual std::vector<base::Error> takeNotes() { return {}; }
    /// NotFound when it vanished meanwhile.
    virtual base::Result<std::unique_ptr<SyncContent>> open(const QByteArray &path) = 0;
};

/// Of a real folder.
base::Result<std::unique_ptr<SyncSource>> readFolder(const QByteArray &folder, SyncFilter filter);

struct VirtualFile;
/// From memory.
std::unique_ptr<SyncSource> readMemory(const std::vector<VirtualFile> &files, const SyncFilter &filter);

}
