// SPDX-License-Identifier: Apache-2.0
#include "recipes/recipe.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace recipes {

using namespace Qt::StringLiterals;

namespace {

QByteArray resource(const QString &path)
{
    QFile file(u":/stageloom/"_s + path);
    // Compiled into the program: its absence is our own mistake.
    const bool isThere = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isThere);
    return isThere ? file.readAll() : QByteArray();
}

QString translated(const QJsonValue &text)
{
    return QCoreApplication::translate("ladder", text.toString().toUtf8().constData());
}

base::Error cannotWrite(const QString &path, const QString &reason)
{
    return {.kind = base::Error::Kind::Refused,
            .message = QCoreApplication::translate("recipes", "cannot be written: %1").arg(reason),
            .where = path,
            .hint =
                QCoreApplication::translate("recipes", "Choose a folder of your own, on a disk with room."),
            .detail = {}};
}

base::Result<void> writeUnlessThere(const QString &path, const QByteArray &bytes)
{
    if (QFileInfo::exists(path))
        return {};
    if (!QDir().mkpath(QFileInfo(path).path()))
        return std::unexpected(cannotWrite(
            QFileInfo(path).path(), QCoreApplication::translate("recipes", "no such folder can be made")));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(cannotWrite(path, file.errorString()));
    return {};
}

}

std::vector<Rung> ladder()
{
    std::vector<Rung> rungs;
    const QJsonArray entries = QJsonDocument::fromJson(resource(u"recipes/ladder.json"_s)).array();
    for (const auto &value : entries) {
        const QJsonObject entry = value.toObject();
        const QString id = entry[u"id"].toString();
        rungs.push_back({.id = id,
                         .title = translated(entry[u"title"]),
                         .lesson = translated(entry[u"lesson"]),
                         .dockerfile = QString::fromUtf8(resource(u"recipes/"_s + id + u".Dockerfile"_s)),
                         .source = translated(entry[u"source"]),
                         .articleSize = entry[u"articleSize"].toString()});
    }
    return rungs;
}

base::Result<void> writeSample(const QString &folder)
{
    std::vector<std::pair<QString, QByteArray>> files;
    for (const auto &name : {u"go.mod"_s, u"hello.go"_s, u".dockerignore"_s})
        files.emplace_back(name, resource(u"samples/hello/"_s + name));
    const std::vector<Rung> rungs = ladder();
    for (const Rung &rung : rungs)
        files.emplace_back(&rung == &rungs.back() ? u"Dockerfile"_s
                                                  : QString(u"designs/"_s + rung.id + u".Dockerfile"_s),
                           rung.dockerfile.toUtf8());
    for (const auto &[name, bytes] : files)
        if (const auto written = writeUnlessThere(folder + u'/' + name, bytes); !written)
            return written;
    return {};
}

}
