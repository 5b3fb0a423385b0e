// SPDX-License-Identifier: Apache-2.0
#include "image/imagearchive.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

using namespace Qt::StringLiterals;

namespace {

struct File
{
    QString name;
    QByteArray content;
};

// A tar of those files, packed by the named filter of libarchive ("gzip", "zstd", "none").
QByteArray tarOf(const std::vector<File> &files, const char *filter = "none")
{
    QByteArray bytes(64 * 1024 * 1024, Qt::Uninitialized);
    std::size_t used = 0;
    archive *tar = archive_write_new();
    archive_write_set_format_pax_restricted(tar);
    if (qstrcmp(filter, "none") != 0)
        archive_write_add_filter_by_name(tar, filter);
    archive_write_open_memory(tar, bytes.data(), std::size_t(bytes.size()), &used);
    for (const File &file : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.name.toUtf8().constData());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, file.content.size());
        archive_write_header(tar, entry);
        archive_write_data(tar, file.content.constData(), std::size_t(file.content.size()));
        archive_entry_free(entry);
    }
    archive_write_close(tar);
    archive_write_free(tar);
    bytes.truncate(qsizetype(used));
    return bytes;
}

QString digestOf(const QByteArray &bytes)
{
    return u"sha256:"_s +
           QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

// An OCI layout that grows blob by blob.
class Layout
{
public:
    QJsonObject add(const QByteArray &bytes, const QString &mediaType)
    {
        const QString digest = digestOf(bytes);
        m_files.push_back({u"blobs/"_s + QString(digest).replace(u':', u'/'), bytes});
        return {{u"mediaType"_s, mediaType}, {u"digest"_s, digest}, {u"size"_s, bytes.size()}};
    }
    QJsonObject add(const QJsonObject &json, const QString &mediaType)
    {
        return add(QJsonDocument(json).toJson(QJsonDocument::Compact), mediaType);
    }
    QJsonObject addImage(const QString &architecture, const std::vector<QByteArray> &layers)
    {
        QJsonArray descriptors;
        QJsonArray history{QJsonObject{{u"created_by"_s, u"ENV A=1"_s}, {u"empty_layer"_s, true}}};
        for (const QByteArray &layer : layers) {
            descriptors += add(layer, u"application/vnd.oci.image.layer.v1.tar"_s);
            history += QJsonObject{{u"created_by"_s, u"COPY /app /app # buildkit"_s}};
        }
        const auto config = add(QJsonObject{{u"os"_s, u"linux"_s},
                                            {u"architecture"_s, architecture},
                                            {u"created"_s, u"2026-01-02T03:04:05Z"_s},
                                            {u"history"_s, history}},
                                u"application/vnd.oci.image.config.v1+json"_s);
        auto manifest = add(QJsonObject{{u"config"_s, config}, {u"layers"_s, descriptors}},
                            u"application/vnd.oci.image.manifest.v1+json"_s);
        manifest[u"platform"_s] = QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, architecture}};
        return manifest;
    }
    std::vector<File> files(const QJsonArray &manifests)
    {
        auto all = m_files;
        all.push_back({u"oci-layout"_s, "{}"});
        all.push_back({u"index.json"_s, QJsonDocument(QJsonObject{{u"manifests"_s, manifests}}).toJson()});
        return all;
    }

private:
    std::vector<File> m_files;
};

}

class TestImageArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layersCountWhatTheirFilesHoldHoweverTheyArePacked_data()
    {
        QTest::addColumn<QByteArray>("filter");
        for (const char *filter : {"none", "gzip", "zstd"})
            QTest::newRow(filter) << QByteArray(filter);
    }
    void layersCountWhatTheirFilesHoldHoweverTheyArePacked()
    {
        QFETCH(QByteArray, filter);
        Layout layout;
        const QByteArray layer = tarOf({{u"app"_s, QByteArray(70'000, 'a')}, {u"etc/x"_s, "12345"}}, filter);
        const auto image = layout.addImage(u"amd64"_s, {layer});
        const auto archive = image::readImageArchive(save(tarOf(layout.files({image}))));
        QVERIFY2(archive, archive ? "" : qPrintable(archive.error().text()));
        QCOMPARE(archive->images.size(), 1);
        const auto &found = archive->images.front();
        QCOMPARE(found.platform, u"linux/amd64"_s);
        QCOMPARE(found.packedBytes, layer.size());
        QCOMPARE(found.sizes.totalBytes, 70'005);
        QCOMPARE(found.sizes.layers.size(), 2);
        QVERIFY(found.sizes.layers[0].isEmpty);
        QCOMPARE(found.sizes.layers[1].instruction, u"COPY /app /app"_s);
    }

    void eachPlatformOfAnIndexIsAnImageAndAttestationsAreCounted()
    {
        Layout layout;
        const auto amd = layout.addImage(u"amd64"_s, {tarOf({{u"app"_s, QByteArray(100, 'a')}})});
        const auto arm = layout.addImage(u"arm64"_s, {tarOf({{u"app"_s, QByteArray(200, 'b')}})});
        QJsonObject sbom{{u"digest"_s, u"sha256:0"_s}};
        sbom[u"annotations"_s] = QJsonObject{{u"vnd.docker.reference.type"_s, u"attestation-manifest"_s}};
        QJsonObject missing{{u"digest"_s, u"sha256:1"_s}};
        missing[u"platform"_s] = QJsonObject{{u"os"_s, u"linux"_s}, {u"architecture"_s, u"s390x"_s}};
        auto index = layout.add(QJsonObject{{u"manifests"_s, QJsonArray{amd, arm, sbom, missing}}},
                                u"application/vnd.oci.image.index.v1+json"_s);
        index[u"annotations"_s] = QJsonObject{{u"io.containerd.image.name"_s, u"hello:multi"_s}};
        const auto archive = image::readImageArchive(save(tarOf(layout.files({index}))));
        QVERIFY(archive);
        QCOMPARE(archive->images.size(), 2);
        QCOMPARE(archive->images[1].platform, u"linux/arm64"_s);
        QCOMPARE(archive->images[1].sizes.totalBytes, 200);
        QCOMPARE(archive->images[1].sizes.reference, u"hello:multi"_s);
        QCOMPARE(archive->attestationCount, 1);
        QCOMPARE(archive->notes, QStringList{u"linux/s390x is listed and not in the archive"_s});
    }

    void aFolderIsReadAsWell()
    {
        Layout layout;
        const auto image = layout.addImage(u"amd64"_s, {tarOf({{u"app"_s, "1234"}}, "gzip")});
        for (const File &file : layout.files({image}))
            write(u"layout/"_s + file.name, file.content);
        const auto archive = image::readImageArchive(m_folder.filePath(u"layout"_s));
        QVERIFY(archive);
        QCOMPARE(archive->images.front().sizes.totalBytes, 4);
    }

    void theArchiveOfAnOldEngineIsReadByItsManifest()
    {
        const std::vector<File> files{
            {u"abc.json"_s, R"({"os":"linux","architecture":"amd64","history":[{"created_by":"ADD x"}]})"},
            {u"1/layer.tar"_s, tarOf({{u"x"_s, "123"}})},
            {u"manifest.json"_s, R"([{"Config":"abc.json","RepoTags":["old:1"],"Layers":["1/layer.tar"]}])"}};
        const auto archive = image::readImageArchive(save(tarOf(files)));
        QVERIFY(archive);
        QCOMPARE(archive->images.front().sizes.reference, u"old:1"_s);
        QCOMPARE(archive->images.front().sizes.id, u"sha256:abc"_s);
        QCOMPARE(archive->images.front().sizes.totalBytes, 3);
    }

    void whatIsNoImageGivesAnErrorThatNamesTheFile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello\n");
        QTest::newRow("a tar of other things") << tarOf({{u"x"_s, "1"}});
        QTest::newRow("an index that is no JSON") << tarOf({{u"index.json"_s, "{"}});
        QTest::newRow("an index of nothing") << tarOf({{u"index.json"_s, "{}"}});
        QTest::newRow("an endless index") << tarOf({{u"index.json"_s, QByteArray(9 * 1024 * 1024, ' ')}});
        Layout layout;
        const auto image = layout.addImage(u"amd64"_s, {QByteArray(2000, 'x')});
        QTest::newRow("a layer that is no tar") << tarOf(layout.files({image}));
        QTest::newRow("cut off") << tarOf(layout.files({image})).first(3000);
    }
    void whatIsNoImageGivesAnErrorThatNamesTheFile()
    {
        QFETCH(QByteArray, bytes);
        const QString path = save(bytes);
        const auto archive = image::readImageArchive(path);
        QVERIFY(!archive);
        QCOMPARE(archive.error().where, path);
        QVERIFY(!archive.error().message.isEmpty());
    }

    void anIndexThatHoldsItselfEnds()
    {
        const QByteArray self =
            R"({"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:5"}]})";
        const auto archive =
            image::readImageArchive(save(tarOf({{u"index.json"_s, self}, {u"blobs/sha256/5"_s, self}})));
        QVERIFY(!archive);
    }

private:
    QString save(const QByteArray &bytes)
    {
        write(u"image.tar"_s, bytes);
        return m_folder.filePath(u"image.tar"_s);
    }
    void write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestImageArchive)
#include "tst_imagearchive.moc"
