// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"
#include "workspace/workspace.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

class QSettings;

namespace app {

/// What a person chose to build with.
struct EngineChoice
{
    QString engine;  ///< EnginePlace::id; empty: the first that answers, in the usual order
    QString under;   ///< what DOCKER_HOST and DOCKER_CONTEXT said then: when they change, they count again
    QString builder; ///< of buildx, by name; empty: the BuildKit inside the engine
    friend bool operator==(const EngineChoice &, const EngineChoice &) = default;
};

/// What the program remembers between runs beside its history: window state, recent files, how a file was
/// built last. One object, made by the composition root and handed down.
class Settings : public QObject
{
    Q_OBJECT

public:
    explicit Settings(QObject *parent = nullptr);
    /// Keeps everything in another file: for tests.
    explicit Settings(const QString &path, QObject *parent = nullptr);
    ~Settings() override;

    [[nodiscard]] QStringList recentFiles() const;
    void addRecentFile(const QString &path); ///< to the front; at most ten are kept
    void removeRecentFile(const QString &path);

    [[nodiscard]] ui::Scheme scheme() const;
    void setScheme(ui::Scheme scheme);

    [[nodiscard]] QByteArray windowGeometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindowGeometry(const QByteArray &geometry);
    void setWindowState(const QByteArray &state);

    /// The documents that are open, in the order of their tabs, to be opened again at the next start.
    [[nodiscard]] QStringList openDocuments() const;
    [[nodiscard]] QString currentDocument() const;
    void setOpenDocuments(const QStringList &paths, const QString &current);
    /// Whether a person wants that.
    [[nodiscard]] bool reopensDocuments() const;
    void setReopensDocuments(bool reopens);

    [[nodiscard]] EngineChoice engineChoice() const;
    void setEngineChoice(const EngineChoice &choice);
    /// Addresses of engines that a person added.
    [[nodiscard]] QStringList engineAddresses() const;
    void setEngineAddresses(const QStringList &addresses);

    /// Target, tag, args ... as chosen last for the file. No-cache and pull are for one build, and are not
    /// kept.
    [[nodiscard]] workspace::BuildSettings buildSettings(const QString &path) const;
    void setBuildSettings(const QString &path, const workspace::BuildSettings &settings);

Q_SIGNALS:
    void recentFilesChanged();
    void schemeChanged(ui::Scheme scheme);

private:
    std::unique_ptr<QSettings> m_store;
};

}
