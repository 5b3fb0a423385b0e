// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "content.pb.h"
#include "engine/buildkit/sessionservices/contentservice.h"
#include "fakecall.h"
#include "treefixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QtTest>

namespace content = stageloom::content;

inline QByteArray digestOf(const QByteArray &bytes)
{
    return "sha256:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

inline QByteArray nameOfBlob(const QByteArray &bytes)
{
    return "blobs/sha256/" + digestOf(bytes).sliced(7);
}

/// A layout's folder with one blob and an index that lists it.
inline void makeLayout(TreeFixture &tree, const QByteArray &blob, const QByteArray &annotations = {})
{
    tree.file(nameOfBlob(blob), blob);
    tree.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
    tree.file("index.json", "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + digestOf(blob) +
                                "\",\"size\":" + QByteArray::number(blob.size()) + ",\"annotations\":{" +
                                annotations + "}}]}");
}

/// The service over one folder, and calls to it as BuildKit makes them.
struct Store
{
    explicit Store(const QString &folder, bool isWritten = true)
        : service(engine::makeContent({{.id = "local:x", .folder = folder, .isWritten = isWritten}},
                                      [this](const base::Error &error) { faults.push_back(error); }))
    {}

    std::shared_ptr<FakeCall> begin(const QByteArray &method, const QByteArray &store = "local:x")
    {
        auto call = std::make_shared<FakeCall>("/containerd.services.content.v1.Content/" + method,
                                               engine::Metadata{{"buildkit-attachable-store-id", store}});
        service->serve(call);
        return call;
    }
    template <class Request>
    std::shared_ptr<FakeCall> ask(const QByteArray &method, const Request &request)
    {
        auto call = begin(method);
        call->receive(request);
        call->halfClosed();
        return call;
    }
    std::shared_ptr<FakeCall> info(const QByteArray &digest)
    {
        content::InfoRequest request;
        request.set_digest(digest.toStdString());
        return ask("Info", request);
    }
    std::shared_ptr<FakeCall> read(const QByteArray &digest, qint64 offset = 0, qint64 size = 0)
    {
        content::ReadContentRequest request;
        request.set_digest(digest.toStdString());
        request.set_offset(offset);
        request.set_size(size);
        return ask("Read", request);
    }

    std::vector<base::Error> faults;
    std::unique_ptr<engine::SessionService> service;
};

/// As content.Copy of containerd: it asks how far it is, writes in pieces, and commits.
struct Writing
{
    Writing(Store &store, const QByteArray &ref, const QByteArray &expected, qint64 total)
        : call(store.begin("Write"))
    {
        content::WriteContentRequest request;
        request.set_action(content::STAT);
        request.set_ref(ref.toStdString());
        request.set_expected(expected.toStdString());
        request.set_total(total);
        call->receive(request);
    }
    void write(qint64 offset, const QByteArray &bytes)
    {
        content::WriteContentRequest request;
        request.set_action(content::WRITE);
        request.set_offset(offset);
        request.set_data(bytes.toStdString());
        call->receive(request);
    }
    void commit(qint64 offset, const QByteArray &expected = {})
    {
        content::WriteContentRequest request;
        request.set_action(content::COMMIT);
        request.set_offset(offset);
        request.set_expected(expected.toStdString());
        call->receive(request);
    }
    [[nodiscard]] content::WriteContentResponse last() const
    {
        return read<content::WriteContentResponse>(call->sent.back());
    }

    std::shared_ptr<FakeCall> call;
};

inline engine::GrpcCode writeBlob(Store &store, const QByteArray &bytes, const QByteArray &expected)
{
    Writing writing(store, "ref", expected, bytes.size());
    if (!writing.call->status)
        writing.write(0, bytes);
    if (!writing.call->status)
        writing.commit(bytes.size(), expected);
    return writing.call->code();
}

inline QByteArray joined(const FakeCall &call)
{
    QByteArray all;
    for (const QByteArray &message : call.sent)
        all += QByteArray::fromStdString(read<content::ReadContentResponse>(message).data());
    return all;
}

inline QByteArray bytesIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

inline QStringList allBelow(const QString &folder)
{
    QStringList names;
    QDirIterator all(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (all.hasNext())
        names << QDir(folder).relativeFilePath(all.next());
    names.sort();
    return names;
}
