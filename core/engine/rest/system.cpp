// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/system.h"
#include "engine/words.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

base::Error noEngine(const Endpoint &endpoint, const QByteArray &answer)
{
    return {.kind = base::Error::Kind::Malformed,
            .message = Words::tr("what answers is no engine"),
            .where = endpoint.url,
            .hint = Words::tr("Check the address, and restart the engine."),
            .detail = QString::fromUtf8(answer.left(400))};
}

/// /info says "x86_64" where /version, and all of Go, says "amd64".
QString goArchitecture(const QString &name)
{
    static const QHash<QString, QString> names{{u"x86_64"_s, u"amd64"_s},
                                               {u"aarch64"_s, u"arm64"_s},
                                               {u"armv7l"_s, u"arm"_s},
                                               {u"i686"_s, u"386"_s},
                                               {u"i386"_s, u"386"_s}};
    return names.value(name, name);
}

bool hasContainerdStore(const QJsonObject &info)
{
    const QJsonArray status = info["DriverStatus"_L1].toArray();
    return std::ranges::any_of(status, [](const QJsonValue &row) {
        return row[0].toString() == "driver-type"_L1 &&
               row[1].toString() == "io.containerd.snapshotter.v1"_L1;
    });
}

bool isRootless(const QJsonObject &info)
{
    const QJsonArray options = info["SecurityOptions"_L1].toArray();
    return std::ranges::any_of(
        options, [](const QJsonValue &option) { return option.toString().contains("name=rootless"_L1); });
}

QStringList texts(const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue &value : array)
        list += value.toString().trimmed();
    return list;
}

QString productOf(const QJsonObject &version, bool isPodman)
{
    if (isPodman)
        return u"Podman"_s;
    const QString name = version["Platform"_L1]["Name"_L1].toString();
    return name.startsWith("Docker Desktop"_L1) ? u"Docker Desktop"_s : u"Docker Engine"_s;
}

}

base::Result<ApiVersion> readApiVersion(const Endpoint &endpoint, const Reply &ping,
                                        const QByteArray &version)
{
    const QJsonObject json = QJsonDocument::fromJson(version).object();
    auto newest = ApiVersion::parse(json["ApiVersion"_L1].toString());
    if (!newest)
        newest = ApiVersion::parse(QString::fromLatin1(ping.headers.value("api-version")));
    if (json.isEmpty() || !newest)
        return std::unexpected(noEngine(endpoint, version));
    return negotiated(*newest, ApiVersion::parse(json["MinAPIVersion"_L1].toString()));
}

base::Result<EngineInfo> readEngineInfo(const Endpoint &endpoint, const Reply &ping,
                                        const QByteArray &versionBody, const QByteArray &infoBody)
{
    const QJsonObject version = QJsonDocument::fromJson(versionBody).object();
    const QJsonObject info = QJsonDocument::fromJson(infoBody).object();
    if (info.isEmpty())
        return std::unexpected(noEngine(endpoint, infoBody));
    const auto api = readApiVersion(endpoint, ping, versionBody);
    if (!api)
        return std::unexpected(api.error());
    EngineInfo out;
    out.endpoint = endpoint;
    out.isPodman = ping.headers.contains("libpod-api-version");
    out.product = productOf(version, out.isPodman);
    out.version = version["Version"_L1].toString();
    out.apiVersion = api->text();
    out.engineApiVersion = version["ApiVersion"_L1].toString();
    out.minimumApiVersion = version["MinAPIVersion"_L1].toString();
    out.operatingSystem = info["OperatingSystem"_L1].toString();
    out.osType = info["OSType"_L1].toString(u"linux"_s);
    out.architecture = goArchitecture(version["Arch"_L1].toString(info["Architecture"_L1].toString()));
    out.storageDriver = info["Driver"_L1].toString();
    out.containerdStore = hasContainerdStore(info);
    out.rootless = isRootless(info);
    // All engines for Linux from 18.09 on carry BuildKit, whatever Builder-Version recommends.
    out.hasBuildKit = !out.isPodman && out.osType == "linux"_L1;
    out.warnings = texts(info["Warnings"_L1].toArray());
    out.platforms = {out.osType + u'/' + out.architecture};
    if (endpoint.kind == Endpoint::Kind::Unix && out.product != "Docker Desktop"_L1) // it runs on our kernel
        out.platforms += emulatedPlatforms();
    out.platforms.removeDuplicates();
    return out;
}

QStringList emulatedPlatforms(const QString &binfmtFolder)
{
    static const QHash<QString, QString> platforms{
        {u"aarch64"_s, u"linux/arm64"_s},   {u"arm"_s, u"linux/arm/v7"_s},
        {u"x86_64"_s, u"linux/amd64"_s},    {u"i386"_s, u"linux/386"_s},
        {u"ppc64le"_s, u"linux/ppc64le"_s}, {u"s390x"_s, u"linux/s390x"_s},
        {u"riscv64"_s, u"linux/riscv64"_s}};
    QStringList found;
    const QStringList entries = QDir(binfmtFolder).entryList({u"qemu-*"_s}, QDir::Files, QDir::Name);
    for (const QString &entry : entries) {
        QFile file(binfmtFolder + u'/' + entry);
        const QString platform = platforms.value(entry.sliced("qemu-"_L1.size()));
        if (!platform.isEmpty() && file.open(QIODevice::ReadOnly) && file.readAll().startsWith("enabled"))
            found += platform;
    }
    return found;
}

}
