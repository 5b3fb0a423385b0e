// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/syncrequest.h"

#include "base/pathpattern.h"
#include "engine/buildkit/sessionservices/folderbelow.h"
#include "engine/buildkit/sessionservices/foldernames.h"

#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace engine {

namespace {

/// The values of one key. BuildKit from 0.12 on escapes all of them when one is not ASCII, and says so.
QByteArrayList valuesOf(const Metadata &metadata, const QByteArray &key)
{
    QByteArrayList values;
    bool isEscaped = false;
    for (const auto &[name, value] : metadata) {
        if (name == key)
            values.append(value);
        else if (name == key + "-encoded")
            isEscaped = value == "1" || value.compare("true", Qt::CaseInsensitive) == 0;
    }
    if (isEscaped) {
        for (QByteArray &value : values)
            value = QByteArray::fromPercentEncoding(value.replace('+', ' '));
    }
    return values;
}

/// One walk along the followed paths, as fsutil's FollowLinks goes.
class Follower
{
public:
    explicit Follower(const QByteArray &folder)
        : m_isReal(!folder.isEmpty() && m_root.open(folder))
    {}

    void follow(const QByteArray &path)
    {
        // As if the folder were the root: "..", also in a link's target, never leads above it.
        const QByteArray clean = base::cleanedPath(QByteArray('/' + path)).sliced(1);
        if (clean.isEmpty()) {
            m_paths.insert(QByteArray("."));
            return;
        }
        for (qsizetype slash = clean.indexOf('/');; slash = clean.indexOf('/', slash + 1)) {
            const QByteArray current = slash < 0 ? clean : clean.first(slash);
            const QByteArray rest = slash < 0 ? QByteArray() : clean.sliced(slash + 1);
            if (const QByteArrayList targets = targetsOf(current); !targets.isEmpty()) {
                m_paths.insert(current);
                followAll(targets, rest);
                return;
            }
            if (slash < 0) {
                m_paths.insert(current);
                return;
            }
        }
    }

    [[nodiscard]] const QSet<QByteArray> &paths() const { return m_paths; }

private:
    void followAll(const QByteArrayList &targets, const QByteArray &rest)
    {
        for (const QByteArray &target : targets) {
            const QByteArray next = target + '/' + rest;
            // Links that go round in circles make ever longer paths.
            if (m_followed.contains(next) || m_followed.size() == mostLinks)
                continue;
            m_followed.insert(next);
            follow(next);
        }
    }

    /// What a link leads to, rooted; of a pattern, what the links lead to that it matches.
    QByteArrayList targetsOf(const QByteArray &path)
    {
        if (!m_isReal)
            return {};
        const QByteArray parent = folderOf(path).toByteArray();
        const QByteArray name = nameOf(path);
        if (!hasWildcards(name))
            return targetOf(parent, name);
        QByteArrayList targets;
        const auto pattern = base::PathPattern::compiled(name);
        FolderNames names;
        const int folder = m_root.folder(parent);
        if (!pattern || folder < 0 || !names.read(folder))
            return targets;
        while (const auto found = names.next()) {
            if (found->type != FolderNames::Type::Folder && pattern->matches(found->bytes))
                targets += targetOf(parent, found->bytes.toByteArray());
        }
        return targets;
    }

    QByteArrayList targetOf(const QByteArray &parent, const QByteArray &name)
    {
        const int folder = m_root.folder(parent);
        std::array<char, 4096> target;
        const ssize_t size =
            folder < 0 ? -1 : readlinkat(folder, name.constData(), target.data(), target.size());
        if (size <= 0)
            return {};
        const QByteArray link(target.data(), size);
        return {base::cleanedPath(link.startsWith('/') ? link : QByteArray('/' + parent + '/' + link))};
    }

    static bool hasWildcards(QByteArrayView name)
    {
        for (qsizetype i = 0; i < name.size(); ++i) {
            if (name[i] == '\\')
                ++i;
            else if (name[i] == '*' || name[i] == '?' || name[i] == '[')
                return true;
        }
        return false;
    }

    static constexpr qsizetype mostLinks = 1000;
    FolderBelow m_root;
    bool m_isReal;
    QSet<QByteArray> m_paths;
    QSet<QByteArray> m_followed;
};

}

SyncRequest syncRequestOf(const Metadata &metadata)
{
    return {.source = valuesOf(metadata, "dir-name").value(0),
            .followPaths = valuesOf(metadata, "followpaths"),
            .includes = valuesOf(metadata, "include-patterns"),
            .excludes = valuesOf(metadata, "exclude-patterns")};
}

std::optional<QByteArrayList> followedPaths(const QByteArray &folder, const QByteArrayList &followPaths)
{
    Follower follower(folder);
    for (const QByteArray &path : followPaths)
        follower.follow(path);
    if (follower.paths().contains("."))
        return std::nullopt;
    return QByteArrayList(follower.paths().begin(), follower.paths().end());
}

}
