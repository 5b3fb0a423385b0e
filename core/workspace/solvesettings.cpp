// SPDX-License-Identifier: Apache-2.0
#include "workspace/solvesettings.h"

#include "lint/secretname.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace workspace {

using namespace Qt::StringLiterals;

namespace {

// One list of the fields for both ways: what is written is what is read.
template <class Settings, class Visitor>
void visit(Settings &settings, Visitor &&field)
{
    field(u"platforms"_s, settings.platforms);
    field(u"noCacheStages"_s, settings.noCacheStages);
    field(u"labels"_s, settings.labels);
    field(u"hosts"_s, settings.hosts);
    field(u"network"_s, settings.network);
    field(u"sharedMemory"_s, settings.sharedMemory);
    field(u"ulimits"_s, settings.ulimits);
    field(u"cgroupParent"_s, settings.cgroupParent);
    field(u"contexts"_s, settings.contexts);
    field(u"secrets"_s, settings.secrets);
    field(u"ssh"_s, settings.ssh);
    field(u"cacheFrom"_s, settings.cacheFrom);
    field(u"cacheTo"_s, settings.cacheTo);
    field(u"outputs"_s, settings.outputs);
    field(u"sbom"_s, settings.sbom);
    field(u"provenance"_s, settings.provenance);
    field(u"sourceDateEpoch"_s, settings.sourceDateEpoch);
}

/// "type=s3,secret_access_key=...": of a cache's attributes the name tells.
bool holdsSecret(const QString &place)
{
    static const QRegularExpression attribute(u"(?:^|,)[^=,]*(?:secret|token|passw|key)[^=,]*="_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return attribute.match(place).hasMatch();
}

// What lets a person in somewhere is not left on a disk: it is typed again.
SolveSettings withoutSecrets(SolveSettings settings)
{
    const auto holdsLogin = [](const Entry &it) { return lint::withoutLogins(it.value) != it.value; };
    for (Entries *entries :
         {&settings.labels, &settings.contexts, &settings.cacheFrom, &settings.cacheTo, &settings.outputs})
        std::erase_if(*entries, holdsLogin);
    for (Entries *caches : {&settings.cacheFrom, &settings.cacheTo})
        std::erase_if(*caches, [](const Entry &it) { return holdsSecret(it.value); });
    return settings;
}

struct Writer
{
    QJsonObject object;

    void operator()(const QString &name, const QString &text)
    {
        if (!text.isEmpty())
            object.insert(name, text);
    }
    void operator()(const QString &name, const QStringList &texts)
    {
        if (!texts.isEmpty())
            object.insert(name, QJsonArray::fromStringList(texts));
    }
    void operator()(const QString &name, const Entries &entries)
    {
        QJsonArray all;
        for (const auto &entry : entries)
            all.append(QJsonArray{entry.name, entry.value});
        if (!all.isEmpty())
            object.insert(name, all);
    }
    void operator()(const QString &name, const std::vector<SecretSetting> &secrets)
    {
        QJsonArray all;
        for (const auto &secret : secrets)
            all.append(QJsonArray{secret.id, int(secret.from), secret.place});
        if (!all.isEmpty())
            object.insert(name, all);
    }
};

struct Reader
{
    const QJsonObject &object;

    void operator()(const QString &name, QString &text) const { text = object.value(name).toString(); }
    void operator()(const QString &name, QStringList &texts) const
    {
        for (const auto &value : object.value(name).toArray())
            texts.append(value.toString());
    }
    void operator()(const QString &name, Entries &entries) const
    {
        for (const auto &value : object.value(name).toArray()) {
            if (const auto fields = value.toArray(); fields.size() == 2)
                entries.push_back({fields.at(0).toString(), fields.at(1).toString()});
        }
    }
    void operator()(const QString &name, std::vector<SecretSetting> &secrets) const
    {
        for (const auto &value : object.value(name).toArray()) {
            const auto fields = value.toArray();
            const int from = fields.at(1).toInt();
            if (fields.size() == 3 && from >= 0 && from <= int(SecretSetting::From::Typed))
                secrets.push_back({.id = fields.at(0).toString(),
                                   .from = SecretSetting::From(from),
                                   .place = fields.at(2).toString()});
        }
    }
};

}

QByteArray toJson(const SolveSettings &settings)
{
    Writer writer;
    const SolveSettings kept = withoutSecrets(settings);
    visit(kept, writer);
    return writer.object.isEmpty() ? QByteArray()
                                   : QJsonDocument(writer.object).toJson(QJsonDocument::Compact);
}

SolveSettings solveSettingsFromJson(const QByteArray &json)
{
    SolveSettings settings;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    visit(settings, Reader{object});
    return settings;
}

}
