// SPDX-License-Identifier: Apache-2.0
#include "inspector/optionrules.h"

#include "bake/entries.h"
#include "engine/buildkit/sessionservices/ocilayout.h"
#include "image/reference.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::OptionRules", text);
}

bool isGone(const QString &path)
{
    return QDir::isAbsolutePath(path) && !QFileInfo::exists(path);
}

/// Of "FOLDER[:TAG][@DIGEST]". The list in the folder may be long, and this is asked as one types: whether it
/// holds the tag or the digest the build tells.
QString whyNoLayout(const QString &text)
{
    if (text.isEmpty())
        return tr("Say which folder holds the layout: oci-layout://FOLDER, with :TAG when it has several.");
    if (!QDir::isAbsolutePath(text))
        return {};
    const auto address = engine::parseLayoutAddress(text);
    const auto there = address ? engine::lookAtLayout(*address) : std::unexpected(address.error());
    return there ? QString() : there.error().text();
}

bool isSet(const QString &variable)
{
    return qEnvironmentVariableIsSet(variable.toLocal8Bit().constData());
}

}

QString whyNoLabel(const QStringList &row)
{
    if (row.first().isEmpty())
        return tr("A label needs a name, such as org.opencontainers.image.source.");
    return row.first().contains(u'=') ? tr("A label's name has no \"=\".") : QString();
}

QString whyNoHost(const QStringList &row)
{
    // Numbers only, so that nothing is looked up: four of them, or groups of IPv6.
    static const QRegularExpression address(
        u"^(host-gateway|(\\d{1,3})(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]?)$"_s);
    if (row.first().isEmpty() || row.first().contains(QRegularExpression(u"[\\s=:,]"_s)))
        return tr("Name the host as RUN will call it.");
    if (!address.match(row.last()).hasMatch())
        return tr("Write an address, such as 10.0.0.7 or ::1, or host-gateway for the engine's machine.");
    return {};
}

QString whyNoUlimit(const QStringList &row)
{
    const auto limit = bake::parseUlimit(row.first() + u'=' + row.last());
    return limit ? QString() : tr("Write a limit as nofile and 1024:2048 (soft:hard).");
}

QString whyNoContext(const QStringList &row)
{
    if (row.first().isEmpty())
        return tr("A context needs the name that FROM or COPY --from calls it by.");
    if (row.last().isEmpty())
        return tr("Say where \"%1\" comes from: a folder, docker-image://IMAGE, oci-layout://FOLDER or a "
                  "URL.")
            .arg(row.first());
    if (row.last().startsWith("oci-layout://"_L1))
        return whyNoLayout(row.last().sliced(13));
    return isGone(row.last()) ? tr("There is no folder %1.").arg(row.last()) : QString();
}

QString whyNoSecret(const QStringList &row)
{
    static const QRegularExpression name(u"^[A-Za-z0-9_.-]+$"_s);
    const QString &place = row.at(2);
    if (!name.match(row.at(0)).hasMatch())
        return tr("A secret needs the id that RUN --mount=type=secret asks for.");
    if (row.at(1) == "typed"_L1)
        return place.isEmpty()
                   ? tr("Type the secret \"%1\". It stays in memory, until the document is closed.")
                         .arg(row.at(0))
                   : QString();
    if (row.at(1) == "environment"_L1)
        return place.isEmpty() ? tr("Name the variable that holds \"%1\".").arg(row.at(0))
               : isSet(place)  ? QString()
                               : tr("The variable %1 is not set where Stageloom was started.").arg(place);
    if (place.isEmpty())
        return tr("Choose the file that holds \"%1\".").arg(row.at(0));
    return isGone(place) ? tr("There is no file %1.").arg(place) : QString();
}

QString whyNoSsh(const QStringList &row)
{
    if (row.first().isEmpty())
        return tr("An agent needs a name; RUN --mount=type=ssh asks for \"default\".");
    if (row.last().isEmpty())
        return isSet(u"SSH_AUTH_SOCK"_s)
                   ? QString()
                   : tr("No agent runs here: SSH_AUTH_SOCK is not set. Start one, or choose a key file.");
    return isGone(row.last()) ? tr("There is no key or socket %1.").arg(row.last()) : QString();
}

QString whyNoCache(const QStringList &row)
{
    const QString &place = row.last();
    if (row.first() == "inline"_L1 || place.contains(u'='))
        return {};
    if (row.first() == "registry"_L1)
        return image::whyNoReference(place);
    return place.isEmpty() && row.first() == "local"_L1 ? tr("Choose the folder of the cache.") : QString();
}

QString whyNoOutput(const QStringList &row)
{
    const bool wantsPlace = row.first() != "image"_L1 && row.first() != "registry"_L1;
    if (!wantsPlace || !row.last().isEmpty())
        return {};
    return row.first() == "local"_L1        ? tr("Choose the folder for the files.")
           : row.first() == "oci-folder"_L1 ? tr("Choose the folder for the image.")
                                            : tr("Choose the file to write.");
}

QString whyNoMemorySize(const QString &text)
{
    return text.isEmpty() || bake::memoryBytes(text) ? QString() : tr("Write a size, such as 64m or 1g.");
}

QString whyNoEpoch(const QString &text)
{
    bool isNumber = false;
    const qint64 seconds = text.toLongLong(&isNumber);
    return text.isEmpty() || (isNumber && seconds >= 0)
               ? QString()
               : tr("Write the seconds since 1970, such as 0 or the time of the last commit.");
}

QString whyNoPlatform(const QString &text)
{
    static const QRegularExpression form(u"^[a-z0-9]+/[a-z0-9_]+(/v[0-9]+)?$"_s);
    return text.isEmpty() || form.match(text).hasMatch()
               ? QString()
               : tr("Write a platform as linux/amd64 or linux/arm/v7.");
}

}
