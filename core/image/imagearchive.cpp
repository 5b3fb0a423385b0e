// SPDX-License-Identifier: Apache-2.0
#include "image/imagearchive.h"

#include "image/archiveblobs.h"
#include "image/instructiontext.h"
#include "image/words.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace image {

using namespace Qt::StringLiterals;

namespace {

QString blobName(const QString &digest)
{
    return u"blobs/"_s + QString(digest).replace(u':', u'/');
}

QString platformOf(const QJsonObject &config)
{
    QString platform = config["os"_L1].toString() + u'/' + config["architecture"_L1].toString();
    if (const QString variant = config["variant"_L1].toString(); !variant.isEmpty())
        platform += u'/' + variant;
    return platform;
}

class ArchiveReader
{
public:
    ArchiveReader(const ArchiveBlobs &blobs, std::stop_token stop)
        : m_blobs(blobs)
        , m_stop(std::move(stop))
    {}

    base::Result<ImageArchive> read()
    {
        auto done =
            m_blobs.contains(u"index.json"_s) ? readIndex(u"index.json"_s, {}, 0) : readDockerManifest();
        if (!done)
            return std::unexpected(done.error());
        if (m_archive.images.empty())
            return std::unexpected(error(Words::tr("there is no image in it")));
        return std::move(m_archive);
    }

private:
    [[nodiscard]] base::Error error(const QString &message) const
    {
        return {.kind = base::Error::Kind::Malformed, .message = message, .where = m_blobs.path()};
    }

    [[nodiscard]] base::Result<QJsonDocument> json(const QString &name) const
    {
        const auto bytes = m_blobs.read(name);
        if (!bytes)
            return std::unexpected(bytes.error());
        QJsonParseError problem;
        const auto document = QJsonDocument::fromJson(*bytes, &problem);
        if (problem.error != QJsonParseError::NoError)
            return std::unexpected(
                error(Words::tr("%1 in it is no JSON: %2").arg(name, problem.errorString())));
        return document;
    }

    // An index lists manifests, or further indices: one a tag, with the platforms below.
    base::Result<void> readIndex(const QString &name, const QString &tag, int depth)
    {
        constexpr int deepest = 4;
        if (depth > deepest)
            return std::unexpected(error(Words::tr("its indices are nested too deeply")));
        const auto index = json(name);
        if (!index)
            return std::unexpected(index.error());
        const QJsonArray manifests = (*index)["manifests"_L1].toArray();
        for (const QJsonValue &item : manifests) {
            if (auto done = readDescriptor(item.toObject(), tag, depth); !done)
                return done;
        }
        return {};
    }

    base::Result<void> readDescriptor(const QJsonObject &descriptor, const QString &outerTag, int depth)
    {
        const QJsonObject notes = descriptor["annotations"_L1].toObject();
        if (notes["vnd.docker.reference.type"_L1] == "attestation-manifest"_L1) {
            ++m_archive.attestationCount;
            return {};
        }
        QString tag = notes["io.containerd.image.name"_L1].toString();
        if (tag.isEmpty())
            tag = notes["org.opencontainers.image.ref.name"_L1].toString(outerTag);
        const QString name = blobName(descriptor["digest"_L1].toString());
        if (!m_blobs.contains(name)) {
            m_archive.notes += Words::tr("%1 is listed and not in the archive")
                                   .arg(platformOf(descriptor["platform"_L1].toObject()));
            return {};
        }
        if (descriptor["mediaType"_L1].toString().contains("index"_L1) ||
            descriptor["mediaType"_L1].toString().contains("manifest.list"_L1))
            return readIndex(name, tag, depth + 1);
        return readManifest(name, descriptor["digest"_L1].toString(), tag);
    }

    base::Result<void> readManifest(const QString &name, const QString &digest, const QString &tag)
    {
        const auto manifest = json(name);
        if (!manifest)
            return std::unexpected(manifest.error());
        QStringList layers;
        const QJsonArray descriptors = (*manifest)["layers"_L1].toArray();
        for (const QJsonValue &layer : descriptors)
            layers += blobName(layer["digest"_L1].toString());
        return readImage(blobName((*manifest)["config"_L1]["digest"_L1].toString()), layers, digest, tag);
    }

    // Engines before 25, and Podman.
    base::Result<void> readDockerManifest()
    {
        const auto manifest = json(u"manifest.json"_s);
        if (!manifest)
            return std::unexpected(manifest.error());
        const QJsonArray images = manifest->array();
        for (const QJsonValue &item : images) {
            QStringList layers;
            const QJsonArray names = item["Layers"_L1].toArray();
            for (const QJsonValue &layer : names)
                layers += layer.toString();
            const QString config = item["Config"_L1].toString();
            auto done = readImage(config, layers, u"sha256:"_s + QFileInfo(config).completeBaseName(),
                                  item["RepoTags"_L1][0].toString());
            if (!done)
                return done;
        }
        return {};
    }

    base::Result<void> readImage(const QString &configName, const QStringList &layers, const QString &id,
                                 const QString &tag)
    {
        const auto config = json(configName);
        if (!config)
            return std::unexpected(config.error());
        ArchivedImage image;
        image.platform = platformOf(config->object());
        image.sizes.reference = tag.isEmpty() ? QFileInfo(m_blobs.path()).fileName() : tag;
        image.sizes.id = id;
        image.sizes.os = (*config)["os"_L1].toString();
        image.sizes.architecture = (*config)["architecture"_L1].toString();
        image.sizes.created =
            QDateTime::fromString((*config)["created"_L1].toString(), Qt::ISODateWithMs).toUTC();
        if (auto done = addLayers(image, config->object(), layers); !done)
            return done;
        image.sizes.totalBytes = image.sizes.layerBytes();
        m_archive.images.push_back(std::move(image));
        return {};
    }

    // Layers belong to the history's entries that are not empty, in order; what has no history stands alone.
    base::Result<void> addLayers(ArchivedImage &image, const QJsonObject &config, const QStringList &layers)
    {
        qsizetype next = 0;
        const auto addLayer = [&](const QString &createdBy, const QString &created) -> base::Result<void> {
            const auto size = m_blobs.unpackedSize(layers[next], m_stop);
            if (!size)
                return std::unexpected(size.error());
            image.packedBytes += m_blobs.size(layers[next]);
            addEntry(image.sizes, createdBy, created, *size);
            ++next;
            return {};
        };
        const QJsonArray history = config["history"_L1].toArray();
        for (const QJsonValue &entry : history) {
            const QString createdBy = entry["created_by"_L1].toString();
            const QString created = entry["created"_L1].toString();
            if (entry["empty_layer"_L1].toBool() || next >= layers.size())
                addEntry(image.sizes, createdBy, created, 0);
            else if (auto done = addLayer(createdBy, created); !done)
                return done;
        }
        while (next < layers.size()) {
            if (auto done = addLayer({}, {}); !done)
                return done;
        }
        return {};
    }

    static void addEntry(ImageSizes &sizes, const QString &createdBy, const QString &created, qint64 bytes)
    {
        Layer layer;
        layer.createdBy = createdBy;
        layer.instruction = instructionFromHistory(createdBy);
        layer.keyword = keywordOf(layer.instruction);
        layer.sizeBytes = bytes;
        layer.isEmpty = bytes == 0;
        layer.created = QDateTime::fromString(created, Qt::ISODateWithMs).toUTC();
        sizes.layers.push_back(std::move(layer));
    }

    const ArchiveBlobs &m_blobs;
    std::stop_token m_stop;
    ImageArchive m_archive;
};

}

base::Result<ImageArchive> readImageArchive(const QString &path, std::stop_token stop)
{
    const auto blobs = ArchiveBlobs::open(path, stop);
    if (!blobs)
        return std::unexpected(blobs.error());
    return ArchiveReader(*blobs, std::move(stop)).read();
}

}
