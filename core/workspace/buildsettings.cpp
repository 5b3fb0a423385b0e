// SPDX-License-Identifier: Apache-2.0
#include "workspace/buildsettings.h"

#include "lint/secretname.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace workspace {

BuildSettings withoutSecrets(BuildSettings settings)
{
    settings.buildArgs.removeIf([](const QHash<QString, QString>::iterator &it) {
        return lint::soundsSecret(it.key()) || lint::withoutLogins(it.value()) != it.value();
    });
    return settings;
}

QByteArray toJson(const BuildSettings &all)
{
    const BuildSettings settings = withoutSecrets(all);
    QJsonObject args;
    for (const auto &[name, value] : settings.buildArgs.asKeyValueRange())
        args.insert(name, value);
    const QJsonObject object{{u"target"_s, settings.target},
                             {u"tag"_s, settings.tag},
                             {u"platform"_s, settings.platform},
                             {u"context"_s, settings.contextFolder},
                             {u"args"_s, args},
                             {u"noCache"_s, settings.noCache},
                             {u"pull"_s, settings.pull},
                             {u"solve"_s, QString::fromUtf8(toJson(settings.solve))}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

BuildSettings buildSettingsFromJson(const QByteArray &json)
{
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    BuildSettings settings;
    settings.target = all.value("target"_L1).toString();
    settings.tag = all.value("tag"_L1).toString();
    settings.platform = all.value("platform"_L1).toString();
    settings.contextFolder = all.value("context"_L1).toString();
    const QJsonObject args = all.value("args"_L1).toObject();
    for (auto arg = args.begin(); arg != args.end(); ++arg)
        settings.buildArgs.insert(arg.key(), arg.value().toString());
    settings.noCache = all.value("noCache"_L1).toBool();
    settings.pull = all.value("pull"_L1).toBool();
    settings.solve = solveSettingsFromJson(all.value("solve"_L1).toString().toUtf8());
    return settings;
}

}
