// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QStringList>

/// An OCI layout with plain blobs, small enough to hold in the hand.
struct LayoutFolder
{
    explicit LayoutFolder(const QString &folder)
    {
        const QDir blobs(folder + QStringLiteral("/blobs/sha256"));
        for (const QString &name : blobs.entryList(QDir::Files))
            files.insert(QStringLiteral("blobs/sha256/") + name, bytesOf(blobs.filePath(name)));
        for (const QString &name : {QStringLiteral("index.json"), QStringLiteral("oci-layout")})
            files.insert(name, bytesOf(folder + u'/' + name));
    }

    /// Puts `after` (as long) in the place of `before` in the blobs, and the digests right.
    void replace(const QByteArray &before, const QByteArray &after)
    {
        QHash<QString, QByteArray> changed;
        for (auto [name, bytes] : files.asKeyValueRange())
            changed.insert(name, QByteArray(bytes).replace(before, after));
        files = changed;
        // A blob that changed is called otherwise, and so those change that name it.
        for (bool isRight = false; !isRight;) {
            isRight = true;
            const QStringList names = files.keys();
            for (const QString &name : names) {
                if (!name.startsWith(QStringLiteral("blobs/")))
                    continue;
                const QByteArray digest =
                    QCryptographicHash::hash(files[name], QCryptographicHash::Sha256).toHex();
                const QByteArray old = name.sliced(13).toLatin1();
                if (digest == old)
                    continue;
                isRight = false;
                const QByteArray content = files.take(name);
                for (QByteArray &bytes : files)
                    bytes.replace(old, digest);
                files.insert(QStringLiteral("blobs/sha256/") + QString::fromLatin1(digest), content);
                break;
            }
        }
    }
    /// The layer with these bytes in it.
    [[nodiscard]] QString archiveWith(const QByteArray &wanted) const
    {
        for (const auto &[name, bytes] : files.asKeyValueRange()) {
            if (!bytes.startsWith('{') && bytes.contains(wanted))
                return name;
        }
        return {};
    }
    void write(const QString &folder) const
    {
        QDir().mkpath(folder + QStringLiteral("/blobs/sha256"));
        for (const auto &[name, bytes] : files.asKeyValueRange()) {
            QFile file(folder + u'/' + name);
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                qFatal("the layout cannot be written");
        }
    }

    QHash<QString, QByteArray> files;

private:
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};
