// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildevents.h"

#include <QFile>
#include <QIODevice>

namespace engine {

/// The build context as a tar archive that is made while it is read: the Dockerfile first, from memory, then
/// the files, each opened when its turn comes. Its length is known before the first byte. A file that cannot
/// be read, or has become shorter since it was listed, is told by failed(), and the archive goes on with
/// zeros so that the length stays true; of one that has grown only the listed bytes are sent.
class ContextTar final : public QIODevice
{
    Q_OBJECT

public:
    explicit ContextTar(const BuildRequest &request);

    /// The Dockerfile's name within the archive. It is the request's, unless that leads out of the context.
    [[nodiscard]] static QString dockerfileName(const BuildRequest &request);

    [[nodiscard]] qint64 length() const { return m_length; }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    /// It cannot be read twice: a connection that broke is not tried again.
    bool reset() override { return m_given == 0; }
    [[nodiscard]] const std::optional<base::Error> &failure() const { return m_failure; }

Q_SIGNALS:
    void failed();

protected:
    qint64 readData(char *data, qint64 limit) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    [[nodiscard]] QByteArray dockerfileEntry() const;
    void beginNextFile();
    qint64 readFile(char *data, qint64 limit);
    void fail(const QString &message, const QString &hint, const QString &detail = {});

    QString m_folder;
    std::vector<BuildFile> m_files;
    QByteArray m_dockerfile;
    QString m_dockerfileName;
    QByteArray m_block; ///< header or padding that is being given out
    qint64 m_blockAt = 0;
    std::size_t m_next = 0; ///< of m_files
    QFile m_file;
    qint64 m_fileLeft = 0; ///< bytes of the current file that are still promised
    qint64 m_length = 0;
    qint64 m_given = 0;
    bool m_isEnded = false;
    std::optional<base::Error> m_failure;
};

}
