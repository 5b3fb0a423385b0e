// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/imagesave.h"

#include "engine/rest/request.h"
#include "engine/words.h"

#include <QFile>
#include <QPointer>

namespace engine {

std::function<void()> saveImage(Client &client, const QString &reference, const QString &path,
                                Client::Answer<void> answer)
{
    auto file = std::make_shared<QFile>(path);
    if (!file->open(QIODevice::WriteOnly)) {
        answer(
            std::unexpected(base::Error{.kind = base::Error::Kind::Failed,
                                        .message = file->errorString(),
                                        .where = path,
                                        .hint = Words::tr("Make room in the folder for temporary files.")}));
        return [] {};
    }
    RequestSpec spec{.request = client.transport()->request("/images/" + inPath(reference) + "/get")};
    // What cannot be written is told at the end: a full disk ends nothing but this.
    spec.onData = [file](const QByteArray &bytes) { file->write(bytes); };
    spec.isStream = true;
    const QPointer<Request> request =
        new Request(client.transport(), std::move(spec), [file, answer](const base::Result<Reply> &reply) {
            const bool isWritten = file->flush() && file->error() == QFileDevice::NoError;
            file->close();
            if (reply && isWritten)
                return answer({});
            const QString why = file->errorString();
            file->remove();
            answer(reply ? base::Result<void>(std::unexpected(base::Error{
                               .kind = base::Error::Kind::Failed,
                               .message = why,
                               .where = file->fileName(),
                               .hint = Words::tr("Make room in the folder for temporary files.")}))
                         : base::Result<void>(std::unexpected(reply.error())));
        });
    return [request, file] {
        if (request)
            request->abort();
        file->remove();
    };
}

}
