// SPDX-License-Identifier: Apache-2.0
// The second half of BuildController: the images in the chart, one a platform, from the engine and from
// files.
#include "build/buildrequest.h"
#include "build/sourcemap.h"
#include "engine/rest/imagesave.h"
#include "history/historystore.h"
#include "layers/sizespanel.h"
#include "window/buildcontroller.h"
#include "window/enginehub.h"

#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QTemporaryDir>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString archiveOf(const engine::SolveOptions &options)
{
    for (const auto &output : options.outputs) {
        if ((output.type == "oci"_L1 || output.type == "docker"_L1) && !output.value(u"dest").isEmpty())
            return output.value(u"dest");
    }
    return {};
}

std::vector<image::ImageSizes> imagesIn(const image::ImageArchive &archive, const QString &name)
{
    std::vector<image::ImageSizes> images;
    for (const auto &one : archive.images) {
        images.push_back(one.sizes);
        images.back().reference = u"%1 (%2)"_s.arg(name, one.platform);
    }
    return images;
}

// An engine unpacks what its machine can run; of other platforms it tells no layer's size.
bool isKeptPacked(const image::ImageSizes &image)
{
    return image.layerBytes() == 0 && !image.layers.empty();
}

/// What several answers make together, in the order in which they were asked for.
struct Gathered
{
    std::vector<std::optional<image::ImageSizes>> images;
    int missing = 0;
    std::optional<base::Error> error;
};

}

void BuildController::showImages(std::vector<image::ImageSizes> images)
{
    cancelReading();
    m_shown = std::move(images);
    m_sizesPanel->setImages(m_shown);
}

void BuildController::readPlatforms(const BuildReport &report)
{
    if (!report.outcome.succeeded())
        return;
    const QStringList platforms = m_options.platforms;
    const QString archive = archiveOf(m_options);
    if (!archive.isEmpty()) {
        readArchive(archive, [this, archive](const image::ImageArchive &read) {
            showPlatforms(imagesIn(read, QFileInfo(archive).fileName()));
        });
        return;
    }
    const auto client = m_hub.client();
    const QString reference = m_built.settings.tag.isEmpty() ? report.outcome.imageId : m_built.settings.tag;
    if (platforms.size() < 2 || !client || reference.isEmpty() || !isKeptByEngine(m_options))
        return;
    const int reading = ++m_reading;
    auto gathered = std::make_shared<Gathered>();
    gathered->images.resize(std::size_t(platforms.size()));
    gathered->missing = int(platforms.size());
    for (int i = 0; i < platforms.size(); ++i) {
        const QString name = u"%1 (%2)"_s.arg(reference, platforms.at(i));
        client->inspectImage(reference, platforms.at(i),
                             [guard = QPointer(this), this, reading, gathered, i, name,
                              reference](base::Result<engine::ImageDocuments> documents) {
                                 if (!guard || reading != m_reading)
                                     return;
                                 auto sizes = documents.and_then([&](const engine::ImageDocuments &read) {
                                     return image::readImageSizes(name, read.inspect, read.history);
                                 });
                                 if (sizes)
                                     gathered->images[std::size_t(i)] = std::move(*sizes);
                                 else
                                     gathered->error = sizes.error();
                                 if (--gathered->missing > 0)
                                     return;
                                 std::vector<image::ImageSizes> images;
                                 for (auto &one : gathered->images) {
                                     if (one)
                                         images.push_back(std::move(*one));
                                 }
                                 if (std::ranges::any_of(images, isKeptPacked)) {
                                     savePlatforms(reference);
                                     return;
                                 }
                                 showPlatforms(std::move(images));
                                 if (gathered->error)
                                     m_sizesPanel->showError(
                                         gathered->error->in(tr("the sizes per platform")));
                             });
    }
}

// All platforms unpacked by our own reader, from what the engine writes out.
void BuildController::savePlatforms(const QString &reference)
{
    const auto client = m_hub.client();
    auto folder = std::make_shared<QTemporaryDir>();
    if (!client || !folder->isValid())
        return;
    const QString path = folder->filePath(u"image.tar"_s);
    Q_EMIT readingStarted(tr("Reading the platforms of %1").arg(reference));
    const int reading = ++m_reading;
    m_endSaving = engine::saveImage(
        *client, reference, path,
        [guard = QPointer(this), this, folder, path, reading, reference](const base::Result<void> &saved) {
            if (!guard || reading != m_reading)
                return;
            if (!saved) {
                Q_EMIT readingFinished();
                m_sizesPanel->showError(saved.error().in(tr("the sizes per platform")));
                return;
            }
            readArchive(path, [this, folder, reference](const image::ImageArchive &archive) {
                showPlatforms(imagesIn(archive, reference));
            });
        });
}

void BuildController::showPlatforms(std::vector<image::ImageSizes> platforms)
{
    if (platforms.empty())
        return;
    for (auto &image : platforms)
        image::attributeToSource(image, sourceSteps(m_built));
    // The design's own, for notes at lines and cards: of the platform that the engine looked at, with sizes
    // that are told in the same way as those in the chart.
    const auto own = std::ranges::find_if(platforms, [this](const image::ImageSizes &image) {
        return m_sizes && image.architecture == m_sizes->architecture;
    });
    m_sizes = own == platforms.end() ? platforms.front() : *own;
    m_shown = std::move(platforms);
    m_sizesPanel->setImages(m_shown);
    noteRows();
}

void BuildController::readArchive(const QString &path, std::function<void(image::ImageArchive)> then)
{
    Q_EMIT readingStarted(tr("Reading %1").arg(QFileInfo(path).fileName()));
    ++m_reading;
    m_archiveJob.start([path](std::stop_token stop) { return image::readImageArchive(path, stop); },
                       [this, then = std::move(then)](base::Result<image::ImageArchive> archive) {
                           Q_EMIT readingFinished();
                           if (archive)
                               then(std::move(*archive));
                           else
                               m_sizesPanel->showError(archive.error());
                       });
}

void BuildController::compareWithFile(const QString &path)
{
    readArchive(path, [this, path](const image::ImageArchive &archive) {
        for (auto &image : imagesIn(archive, QFileInfo(path).fileName()))
            m_shown.push_back(std::move(image));
        m_sizesPanel->setImages(m_shown);
    });
}

// The newest is the one that is shown; of those that failed there is nothing to compare.
void BuildController::offerBuilds()
{
    constexpr int mostBuilds = 300;
    std::vector<ui::EarlierBuild> builds;
    const auto records = m_store && !m_builtPath.isEmpty()
                             ? m_store->list(m_builtPath, mostBuilds)
                             : base::Result<std::vector<history::BuildRecord>>();
    for (const auto &record : records.value_or(std::vector<history::BuildRecord>())) {
        if (record.outcome == "done"_L1 && record.imageBytes > 0)
            builds.push_back({.id = record.id,
                              .started = record.started,
                              .title = rememberedSizes(record).reference,
                              .bytes = record.imageBytes});
    }
    if (!builds.empty())
        builds.erase(builds.begin());
    m_sizesPanel->setEarlierBuilds(std::move(builds));
}

void BuildController::compareWithBuild(qint64 id)
{
    const auto record = m_store ? m_store->load(id) : base::Result<std::optional<history::BuildRecord>>();
    if (!record) {
        m_sizesPanel->showError(record.error());
        return;
    }
    if (!*record)
        return; // forgotten meanwhile
    auto sizes = rememberedSizes(**record);
    const QString when = QLocale().toString(sizes.created.toLocalTime(), QLocale::ShortFormat);
    sizes.reference = tr("%1, built %2").arg(sizes.reference, when);
    m_shown.push_back(std::move(sizes));
    m_sizesPanel->setImages(m_shown);
}

}
