// SPDX-License-Identifier: Apache-2.0
#include "commandline/imagereader.h"

#include <QCoreApplication>

namespace app {

namespace {

struct Reading : std::enable_shared_from_this<Reading>
{
    std::shared_ptr<engine::Client> client;
    QStringList left;
    image::Comparison found;
    std::function<void(base::Result<image::Comparison>)> answer;

    void next()
    {
        if (left.isEmpty()) {
            answer(std::move(found));
            return;
        }
        const QString reference = left.takeFirst();
        client->inspectImage(reference, [self = shared_from_this(),
                                         reference](base::Result<engine::ImageDocuments> documents) {
            auto sizes = documents.and_then([&](const engine::ImageDocuments &read) {
                return image::readImageSizes(reference, read.inspect, read.history);
            });
            if (!sizes) {
                base::Error error = sizes.error();
                if (error.hint.isEmpty() && error.kind == base::Error::Kind::NotFound)
                    error.hint = QCoreApplication::translate(
                        "ImageReader", "Build it with \"stageloom build\", or pull it, and check the name.");
                self->answer(std::unexpected(std::move(error)));
                return;
            }
            self->found.images.push_back(std::move(*sizes));
            self->next();
        });
    }
};

}

void readImages(const std::shared_ptr<engine::Client> &client, const QStringList &references,
                std::function<void(base::Result<image::Comparison>)> answer)
{
    auto reading = std::make_shared<Reading>();
    reading->client = client;
    reading->left = references;
    reading->answer = std::move(answer);
    reading->next();
}

}
