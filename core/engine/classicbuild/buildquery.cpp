// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/buildquery.h"

#include "engine/classicbuild/contexttar.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

QString asJson(const QHash<QString, QString> &values)
{
    QJsonObject object;
    for (const auto &[key, value] : values.asKeyValueRange())
        object.insert(key, value);
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void addPlatformArgs(QHash<QString, QString> &args, const QString &prefix, const QString &platform)
{
    const QStringList parts = platform.split(u'/');
    const auto add = [&args, &prefix](const QString &name, const QString &value) {
        if (!args.contains(prefix + name))
            args.insert(prefix + name, value);
    };
    add(u"PLATFORM"_s, platform);
    add(u"OS"_s, parts.value(0));
    add(u"ARCH"_s, parts.value(1));
    add(u"VARIANT"_s, parts.value(2));
}

}

Query buildQuery(const BuildRequest &request, const EngineInfo &engine, const QString &buildId)
{
    Query query{
        {u"dockerfile"_s, ContextTar::dockerfileName(request)}, {u"rm"_s, u"1"_s}, {u"forcerm"_s, u"1"_s}};
    if (engine.hasBuildKit) {
        query.emplace_back(u"version"_s, u"2"_s);
        query.emplace_back(u"buildid"_s, buildId);
    }
    for (const QString &tag : request.tags)
        query.emplace_back(u"t"_s, tag);
    if (!request.target.isEmpty())
        query.emplace_back(u"target"_s, request.target);
    if (!request.platform.isEmpty())
        query.emplace_back(u"platform"_s, request.platform);
    if (request.noCache)
        query.emplace_back(u"nocache"_s, u"1"_s);
    // No "pull": the images were pulled before. BuildKit's own pull needs a session on engines before 29.6.
    QHash<QString, QString> args = request.buildArgs;
    if (engine.isPodman) { // it defines these for no build unless they are given
        const QString own = engine.osType + u'/' + engine.architecture;
        addPlatformArgs(args, u"BUILD"_s, own);
        addPlatformArgs(args, u"TARGET"_s, request.platform.isEmpty() ? own : request.platform);
    }
    if (!args.isEmpty())
        query.emplace_back(u"buildargs"_s, asJson(args));
    if (!request.labels.isEmpty())
        query.emplace_back(u"labels"_s, asJson(request.labels));
    return query;
}

}
