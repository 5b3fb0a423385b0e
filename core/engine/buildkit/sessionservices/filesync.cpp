// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/filesync.h"

#include "engine/buildkit/sessionservices/livecalls.h"
#include "engine/buildkit/sessionservices/syncrequest.h"
#include "engine/buildkit/sessionservices/synctransfer.h"
#include "engine/words.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSysInfo>

namespace engine {

using base::Error;

namespace {

base::Result<SyncFilter> filterOf(const SyncRequest &request, const QByteArray &folder)
{
    SyncFilter filter;
    QByteArrayList includes = request.includes;
    bool isWhole = includes.contains(".");
    if (!request.followPaths.isEmpty()) {
        if (const auto followed = followedPaths(folder, request.followPaths))
            includes += *followed;
        else
            isWhole = true;
    }
    QByteArray refused;
    if (!(isWhole || filter.includes.addList(includes, &refused)) ||
        !filter.excludes.addList(request.excludes, &refused))
        return std::unexpected(Error{
            .kind = Error::Kind::Malformed,
            .message = Words::tr("the pattern \"%1\" cannot be understood").arg(QString::fromUtf8(refused)),
            .hint = Words::tr("Mend it in .dockerignore.")});
    return filter;
}

class FileSync final : public SessionService
{
public:
    FileSync(std::vector<LocalSource> sources, FileSyncReports reports)
        : m_sources(std::move(sources))
        , m_reports(std::move(reports))
    {}

    [[nodiscard]] QByteArrayList methods() const override { return {"/moby.filesync.v1.FileSync/DiffCopy"}; }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        const SyncRequest request = syncRequestOf(call->metadata());
        const auto source =
            std::ranges::find(m_sources, QString::fromUtf8(request.source), &LocalSource::name);
        if (source == m_sources.end()) {
            call->finish({GrpcCode::NotFound,
                          Words::tr("no folder is offered as \"%1\"").arg(QString::fromUtf8(request.source)),
                          {}});
            return;
        }
        auto opened = open(*source, request);
        if (!opened) {
            if (m_reports.problem)
                m_reports.problem(opened.error(), true);
            call->finish({GrpcCode::InvalidArgument, opened.error().text(), {}});
            return;
        }
        const auto transfer = std::make_shared<SyncTransfer>(call, std::move(*opened), m_reports);
        m_calls.add(call, transfer);
        transfer->start();
    }

private:
    static base::Result<std::unique_ptr<SyncSource>> open(const LocalSource &source,
                                                          const SyncRequest &request)
    {
        const QByteArray folder = QFile::encodeName(source.folder);
        auto filter = filterOf(request, folder);
        if (!filter)
            return std::unexpected(filter.error());
        return source.folder.isEmpty() ? readMemory(source.files, *filter)
                                       : readFolder(folder, std::move(*filter));
    }

    std::vector<LocalSource> m_sources;
    FileSyncReports m_reports;
    LiveCalls m_calls;
};

}

std::unique_ptr<SessionService> makeFileSync(std::vector<LocalSource> sources, FileSyncReports reports)
{
    return std::make_unique<FileSync>(std::move(sources), std::move(reports));
}

QByteArray sharedKeyOf(const QString &folder)
{
    const QByteArray place = QSysInfo::machineUniqueId() + '\0' + QFile::encodeName(folder);
    return QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex();
}

}
