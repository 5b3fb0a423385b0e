// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/contentservice.h"

#include "content.pb.h"
#include "engine/buildkit/sessionservices/contentstreams.h"
#include "engine/buildkit/sessionservices/wire.h"
#include "engine/buildkit/sessionservices/writeproblem.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace engine {

namespace {

namespace wire = stageloom::content;
using base::Error;

const QByteArray service = "/containerd.services.content.v1.Content/";

void fill(wire::Info *info, const BlobInfo &blob)
{
    info->set_digest(blob.digest.toStdString());
    info->set_size(blob.sizeBytes);
    setTime(info->mutable_created_at(), blob.written);
    setTime(info->mutable_updated_at(), blob.written);
}

void fill(wire::Status *status, const Ingestion &ingestion)
{
    status->set_ref(ingestion.ref().toStdString());
    status->set_offset(ingestion.offset());
    status->set_total(ingestion.total);
    status->set_expected(ingestion.expected.toStdString());
    setTime(status->mutable_started_at(), ingestion.started);
    setTime(status->mutable_updated_at(), ingestion.updated);
}

ContentFault refused(GrpcCode code, const QString &message)
{
    return {code, {.kind = Error::Kind::Unsupported, .message = message}};
}

/// The nearest of the folders above that is there is where it ended.
Error whyNotMade(const QString &folder)
{
    QFileInfo above(folder);
    while (!above.exists() && !above.isRoot())
        above.setFile(above.absolutePath());
    const QByteArray path = QFile::encodeName(above.filePath());
    if (!above.isDir())
        return writeProblem(path, ENOTDIR);
    const bool may = ::faccessat(AT_FDCWD, path.constData(), W_OK | X_OK, AT_EACCESS) == 0;
    return writeProblem(QFile::encodeName(folder), may ? EIO : errno);
}

class ContentService final : public SessionService
{
public:
    ContentService(const std::vector<ContentPlace> &places, std::function<void(const Error &)> failed)
        : m_told([failed = std::move(failed)](const ContentFault &fault) {
            // That something is there already, or taken, is part of how they talk.
            if (failed && fault.code != GrpcCode::AlreadyExists && fault.code != GrpcCode::Unavailable)
                failed(fault.error);
        })
    {
        for (const ContentPlace &place : places)
            m_folders.insert_or_assign(place.id, std::make_shared<BlobFolder>(place.folder, place.isWritten));
    }

    [[nodiscard]] QByteArrayList methods() const override
    {
        QByteArrayList all;
        for (const char *name :
             {"Info", "Update", "List", "Delete", "Read", "Status", "ListStatuses", "Write", "Abort"})
            all += service + name;
        return all;
    }

    void serve(const std::shared_ptr<ServerCall> &call) override
    {
        const auto folder = folderOf(call->metadata());
        if (!folder) {
            call->finish({GrpcCode::NotFound, Words::tr("this build has no such store of blobs"), {}});
            return;
        }
        const QByteArray method = call->method().sliced(service.size());
        if (method == "Read")
            return m_calls.add(call, makeBlobReader(call, folder, m_told));
        if (method == "Write")
            return m_calls.add(call, makeBlobWriter(call, folder, m_told));
        m_calls.answerOnce(call, [this, folder, method](const std::shared_ptr<ServerCall> &asked,
                                                        const QByteArray &message) {
            if (const auto done = answer(*asked, *folder, method, message); !done) {
                m_told(done.error());
                return asked->finish(statusOf(done.error()));
            }
            asked->finish({});
        });
    }

private:
    [[nodiscard]] std::shared_ptr<BlobFolder> folderOf(const Metadata &metadata) const
    {
        const auto header =
            std::ranges::find(metadata, "buildkit-attachable-store-id", &Metadata::value_type::first);
        const auto known = header == metadata.end() ? m_folders.end() : m_folders.find(header->second);
        return known == m_folders.end() ? nullptr : known->second;
    }

    static Content<void> answer(ServerCall &call, BlobFolder &folder, const QByteArray &method,
                                const QByteArray &message)
    {
        if (method == "Info")
            return answerInfo(call, folder, message);
        if (method == "List")
            return answerList(call, folder, message);
        if (method == "Delete")
            return answerDelete(call, folder, message);
        if (method == "Status")
            return answerStatus(call, folder, message);
        if (method == "ListStatuses")
            return answerStatuses(call, folder, message);
        if (method == "Abort")
            return answerAbort(call, folder, message);
        // A layout keeps no labels: there is nothing to update.
        return std::unexpected(
            refused(GrpcCode::FailedPrecondition, Words::tr("the blobs of an OCI layout have no labels")));
    }

    template <class Message>
    static Content<Message> read(const QByteArray &bytes)
    {
        Message message;
        if (parse(bytes, message))
            return message;
        return std::unexpected(
            refused(GrpcCode::InvalidArgument, Words::tr("the engine said what nobody can read")));
    }

    static Content<void> answerInfo(ServerCall &call, BlobFolder &folder, const QByteArray &message)
    {
        return read<wire::InfoRequest>(message)
            .and_then([&](const auto &request) { return folder.info(bytesOf(request.digest())); })
            .transform([&](const BlobInfo &blob) {
                wire::InfoResponse response;
                fill(response.mutable_info(), blob);
                call.send(serialized(response));
            });
    }

    static Content<void> answerList(ServerCall &call, BlobFolder &folder, const QByteArray &message)
    {
        const auto request = read<wire::ListContentRequest>(message);
        if (!request)
            return std::unexpected(request.error());
        if (request->filters_size() > 0)
            return std::unexpected(noFilters());
        const auto blobs = folder.list();
        if (!blobs)
            return std::unexpected(blobs.error());
        constexpr size_t most = 100; // a message, as containerd does
        for (size_t at = 0; at < blobs->size(); at += most) {
            wire::ListContentResponse response;
            for (size_t i = at; i < std::min(at + most, blobs->size()); ++i)
                fill(response.add_info(), (*blobs)[i]);
            call.send(serialized(response));
        }
        return {};
    }

    static Content<void> answerDelete(ServerCall &call, BlobFolder &folder, const QByteArray &message)
    {
        return read<wire::DeleteContentRequest>(message)
            .and_then([&](const auto &request) { return folder.remove(bytesOf(request.digest())); })
            .transform([&] { call.send({}); });
    }

    static Content<void> answerStatus(ServerCall &call, BlobFolder &folder, const QByteArray &message)
    {
        const auto request = read<wire::StatusRequest>(message);
        if (!request)
            return std::unexpected(request.error());
        const auto ingestion = folder.ingestion(bytesOf(request->ref()));
        if (!ingestion)
            return std::unexpected(ContentFault{
                GrpcCode::NotFound,
                {.kind = Error::Kind::NotFound,
                 .message = Words::tr("nothing is being written as \"%1\"").arg(textOf(request->ref()))}});
        wire::StatusResponse response;
        fill(response.mutable_status(), *ingestion);
        call.send(serialized(response));
        return {};
    }

    static Content<void> answerStatuses(ServerCall &call, BlobFolder &folder, const QByteArray &message)
    {
        const auto request = read<wire::ListStatusesRequest>(message);
        if (!request)
            return std::unexpected(request.error());
        if (request->filters_size() > 0)
            return std::unexpected(noFilters());
        wire::ListStatusesResponse response;
        for (const auto &ingestion : folder.ingestions())
            fill(response.add_statuses(), *ingestion);
        call.send(serialized(response));
        return {};
    }

    static Content<void> answerAbort(ServerCall &call, BlobFolder &folder, const QByteArray &message)
    {
        return read<wire::AbortRequest>(message)
            .and_then([&](const auto &request) { return folder.abort(bytesOf(request.ref())); })
            .transform([&] { call.send({}); });
    }

    static ContentFault noFilters()
    {
        return refused(GrpcCode::Unimplemented, Words::tr("blobs are listed without filters only"));
    }

    std::map<QByteArray, std::shared_ptr<BlobFolder>> m_folders;
    FaultTold m_told;
    LiveCalls m_calls;
};

}

base::Result<void> prepareContent(const std::vector<ContentPlace> &places)
{
    for (const ContentPlace &place : places) {
        if (place.isWritten && !QDir().mkpath(place.folder))
            return std::unexpected(whyNotMade(place.folder));
        const QByteArray path = QFile::encodeName(place.folder);
        if (place.isWritten && ::faccessat(AT_FDCWD, path.constData(), W_OK | X_OK, AT_EACCESS) != 0)
            return std::unexpected(writeProblem(path, errno));
    }
    return {};
}

std::unique_ptr<SessionService> makeContent(const std::vector<ContentPlace> &places,
                                            std::function<void(const base::Error &)> failed)
{
    return std::make_unique<ContentService>(places, std::move(failed));
}

}
