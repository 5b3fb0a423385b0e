// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"
#include "workspace/workspace.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

class EntriesField;
class OptionField;
class OptionSection;

/// What only BuildKit can be asked for, in groups that open and close. What the engine cannot do is greyed,
/// with the reason below it.
class SolveOptionsForm : public QWidget
{
    Q_OBJECT

public:
    explicit SolveOptionsForm(QWidget *parent = nullptr);

    void show(const workspace::SolveSettings &settings, const graph::StageGraph &graph);
    void setAbilities(const engine::BuildAbilities &abilities);
    /// Secrets that were typed, by id: in memory only, never part of the settings.
    [[nodiscard]] QHash<QString, QByteArray> typedSecrets() const;
    void forgetSecrets();

Q_SIGNALS:
    void settingsChanged(const workspace::SolveSettings &settings, const QString &field);

private:
    using Lists = workspace::Entries workspace::SolveSettings::*;
    using Text = QString workspace::SolveSettings::*;

    void makeCache();
    void makeSecrets();
    void makeContexts();
    void makeOutput();
    void makeRunning();
    void makePermissions();
    OptionSection *addSection(const QString &title);
    EntriesField *addEntries(OptionSection *section, const QString &title, EntriesField *field, Lists list,
                             OptionField **place);
    OptionField *addText(OptionSection *section, const QString &title, const QString &placeholder, Text text,
                         QString (*whyNot)(const QString &));
    OptionField *addChoice(OptionSection *section, const QString &title,
                           const std::vector<std::pair<QString, QString>> &choices, Text text);
    void tell(const workspace::SolveSettings &settings, const QString &field);
    void setPermissions(const engine::BuildAbilities &can);
    void showStages(const graph::StageGraph &graph);
    void summarise();

    workspace::SolveSettings m_settings;
    std::vector<std::function<void()>> m_refresh; ///< each puts the settings into one field

    OptionSection *m_cache = nullptr;
    OptionSection *m_secret = nullptr;
    OptionSection *m_context = nullptr;
    OptionSection *m_output = nullptr;
    OptionSection *m_running = nullptr;
    OptionSection *m_permission = nullptr;
    EntriesField *m_secrets = nullptr;
    QWidget *m_stages = nullptr; ///< a check box each
    QStringList m_stageNames;

    OptionField *m_stagesPlace = nullptr, *m_cacheFromPlace = nullptr, *m_cacheToPlace = nullptr,
                *m_secretsPlace = nullptr, *m_sshPlace = nullptr, *m_contextsPlace = nullptr,
                *m_outputsPlace = nullptr, *m_labelsPlace = nullptr, *m_sbomPlace = nullptr,
                *m_provenancePlace = nullptr, *m_epochPlace = nullptr, *m_networkPlace = nullptr,
                *m_hostsPlace = nullptr, *m_memoryPlace = nullptr, *m_ulimitsPlace = nullptr,
                *m_cgroupPlace = nullptr, *m_permissionsPlace = nullptr;
};

}
