// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <stop_token>

namespace image {

/// The files of an image that was written out: a folder (OCI layout) or an archive of one (tar, packed or
/// not). Only names and sizes are kept; content is read where it lies, one blob at a time.
class ArchiveBlobs
{
public:
    /// Errors: no such file, not readable, no archive.
    static base::Result<ArchiveBlobs> open(const QString &path, std::stop_token stop = {});

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool contains(const QString &name) const { return m_sizes.contains(resolved(name)); }
    [[nodiscard]] qint64 size(const QString &name) const { return m_sizes.value(resolved(name)); }

    /// A small file whole. Errors: not there, larger than `atMost`.
    [[nodiscard]] base::Result<QByteArray> read(const QString &name, qint64 atMost = 8 * 1024 * 1024) const;

    /// What the files of a layer hold together: its tar (raw, gzip, zstd, ...) is read through once.
    [[nodiscard]] base::Result<qint64> unpackedSize(const QString &name, std::stop_token stop) const;

private:
    [[nodiscard]] QString resolved(QString name) const;

    QString m_path;
    bool m_isFolder = false;
    QHash<QString, qint64> m_sizes;
    QHash<QString, QString> m_links; ///< `docker save` of old engines links equal layers to each other
};

}
