// SPDX-License-Identifier: Apache-2.0
#include "window/settings.h"

#include "workspace/buildsettings.h"

#include <QCryptographicHash>
#include <QSettings>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRecentFiles = 10;

// A bump drops window states that name other docks than there are.
constexpr auto windowStateKey = "window/state-2"_L1;

// Paths hold characters that QSettings takes for structure.
QString fileKey(const QString &path, QLatin1StringView what)
{
    const auto hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex();
    return u"files/"_s + QString::fromLatin1(hash) + u'/' + what;
}

}

Settings::Settings(QObject *parent)
    : QObject(parent)
    , m_store(std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, u"stageloom"_s,
                                          u"stageloom"_s))
{}

Settings::Settings(const QString &path, QObject *parent)
    : QObject(parent)
    , m_store(std::make_unique<QSettings>(path, QSettings::IniFormat))
{}

Settings::~Settings() = default;

QStringList Settings::recentFiles() const
{
    return m_store->value("recent"_L1).toStringList();
}

void Settings::addRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    if (files.value(0) == path)
        return;
    files.removeAll(path);
    files.prepend(path);
    m_store->setValue("recent"_L1, QStringList(files.mid(0, mostRecentFiles)));
    Q_EMIT recentFilesChanged();
}

void Settings::removeRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    if (files.removeAll(path) == 0)
        return;
    m_store->setValue("recent"_L1, files);
    Q_EMIT recentFilesChanged();
}

ui::Scheme Settings::scheme() const
{
    const int value = m_store->value("scheme"_L1, 0).toInt();
    return value >= 0 && value <= int(ui::Scheme::HighContrast) ? ui::Scheme(value) : ui::Scheme::System;
}

void Settings::setScheme(ui::Scheme scheme)
{
    if (scheme == this->scheme())
        return;
    m_store->setValue("scheme"_L1, int(scheme));
    Q_EMIT schemeChanged(scheme);
}

QByteArray Settings::windowGeometry() const
{
    return m_store->value("window/geometry"_L1).toByteArray();
}

QByteArray Settings::windowState() const
{
    return m_store->value(windowStateKey).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    m_store->setValue("window/geometry"_L1, geometry);
}

void Settings::setWindowState(const QByteArray &state)
{
    m_store->setValue(windowStateKey, state);
}

QStringList Settings::openDocuments() const
{
    return m_store->value("open/documents"_L1).toStringList();
}

QString Settings::currentDocument() const
{
    return m_store->value("open/current"_L1).toString();
}

void Settings::setOpenDocuments(const QStringList &paths, const QString &current)
{
    m_store->setValue("open/documents"_L1, paths);
    m_store->setValue("open/current"_L1, current);
}

bool Settings::reopensDocuments() const
{
    return m_store->value("open/again"_L1, true).toBool();
}

void Settings::setReopensDocuments(bool reopens)
{
    m_store->setValue("open/again"_L1, reopens);
}

EngineChoice Settings::engineChoice() const
{
    return {.engine = m_store->value("engine/chosen"_L1).toString(),
            .under = m_store->value("engine/under"_L1).toString(),
            .builder = m_store->value("engine/builder"_L1).toString()};
}

void Settings::setEngineChoice(const EngineChoice &choice)
{
    m_store->setValue("engine/chosen"_L1, choice.engine);
    m_store->setValue("engine/under"_L1, choice.under);
    m_store->setValue("engine/builder"_L1, choice.builder);
}

QStringList Settings::engineAddresses() const
{
    return m_store->value("engine/addresses"_L1).toStringList();
}

void Settings::setEngineAddresses(const QStringList &addresses)
{
    m_store->setValue("engine/addresses"_L1, addresses);
}

workspace::BuildSettings Settings::buildSettings(const QString &path) const
{
    workspace::BuildSettings settings;
    settings.target = m_store->value(fileKey(path, "target"_L1)).toString();
    settings.tag = m_store->value(fileKey(path, "tag"_L1)).toString();
    settings.platform = m_store->value(fileKey(path, "platform"_L1)).toString();
    settings.contextFolder = m_store->value(fileKey(path, "context"_L1)).toString();
    const auto args = m_store->value(fileKey(path, "args"_L1)).toMap();
    for (auto arg = args.cbegin(); arg != args.cend(); ++arg)
        settings.buildArgs.insert(arg.key(), arg.value().toString());
    settings.solve =
        workspace::solveSettingsFromJson(m_store->value(fileKey(path, "solve"_L1)).toByteArray());
    return settings;
}

void Settings::setBuildSettings(const QString &path, const workspace::BuildSettings &all)
{
    const workspace::BuildSettings settings = workspace::withoutSecrets(all);
    QVariantMap args;
    for (auto arg = settings.buildArgs.cbegin(); arg != settings.buildArgs.cend(); ++arg)
        args.insert(arg.key(), arg.value());
    m_store->setValue(fileKey(path, "path"_L1), path);
    m_store->setValue(fileKey(path, "target"_L1), settings.target);
    m_store->setValue(fileKey(path, "tag"_L1), settings.tag);
    m_store->setValue(fileKey(path, "platform"_L1), settings.platform);
    m_store->setValue(fileKey(path, "context"_L1), settings.contextFolder);
    m_store->setValue(fileKey(path, "args"_L1), args);
    m_store->setValue(fileKey(path, "solve"_L1), workspace::toJson(settings.solve));
}

}
