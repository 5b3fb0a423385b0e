// SPDX-License-Identifier: Apache-2.0
#include "window/variantwords.h"

#include "build/contextfolder.h"
#include "build/targetsettings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto writtenFile = "docker-bake.json"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("VariantWords", text);
}

base::Result<bake::BakeDocument> readDocument(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return bake::BakeDocument();
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(base::Error{.kind = base::Error::Kind::Refused,
                                           .message = file.errorString(),
                                           .where = path,
                                           .hint = tr("Give yourself the right to read it.")});
    return bake::BakeDocument::parse(QString::fromUtf8(file.readAll()), QFileInfo(path).fileName());
}

// Whoever reads the file elsewhere has other absolute paths.
QString relativeTo(const QString &folder, const QString &path)
{
    const QString relative = QDir(folder).relativeFilePath(path);
    return relative.isEmpty() ? u"."_s : relative;
}

}

QString variantInWords(const bake::Target &target)
{
    QStringList words;
    if (target.target && !target.target->isEmpty())
        words.append(tr("target %1").arg(*target.target));
    words += target.platforms.value_or(QStringList()).join(u", "_s);
    for (const auto &[name, value] : target.arguments.asKeyValueRange())
        words.append(value ? QString(name + u'=' + *value) : name);
    if (target.dockerfile && *target.dockerfile != "Dockerfile"_L1)
        words.append(*target.dockerfile);
    for (const auto &output : target.outputs.value_or(std::vector<bake::TypedEntry>()))
        words.append(tr("to %1").arg(output.type));
    if (!target.secrets.empty())
        words.append(tr("secrets: %1").arg(target.secrets.size()));
    if (target.noCache.value_or(false))
        words.append(tr("no cache"));
    words += target.tags.value_or(QStringList()).join(u", "_s);
    words.removeAll(QString());
    return words.join(u" · "_s);
}

base::Result<bake::Target> targetToKeep(const QString &name, const workspace::BuildSettings &settings,
                                        const QString &folder, const QString &dockerfile)
{
    const QString context =
        settings.contextFolder.isEmpty() ? contextFolderFor(folder) : settings.contextFolder;
    return bakeTarget(name, settings, relativeTo(folder, context), relativeTo(context, dockerfile));
}

QStringList editableTargets(const QString &folder)
{
    const auto document = folder.isEmpty() ? base::Result<bake::BakeDocument>(bake::BakeDocument())
                                           : readDocument(QDir(folder).filePath(writtenFile));
    return document ? document->targetNames() : QStringList();
}

base::Result<void> changeBakeFile(const QString &folder,
                                  const std::function<base::Result<void>(bake::BakeDocument &)> &change)
{
    const QString path = QDir(folder).filePath(writtenFile);
    auto document = readDocument(path);
    if (!document)
        return std::unexpected(document.error());
    if (auto done = change(*document); !done)
        return done;
    QSaveFile file(path);
    const QByteArray bytes = document->text().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Failed,
                        .message = file.errorString(),
                        .where = path,
                        .hint = tr("Make room or give yourself the right to write there.")});
    return {};
}

}
