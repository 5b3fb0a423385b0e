// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"
#include "workspace/workspace.h"

#include <QScrollArea>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace ui {

class BuildArgsModel;
class PlatformsField;
class QuietLabel;
class SolveOptionsForm;

/// How the image is built: tag, target, platforms, build args, and all that BuildKit takes beside. It shows
/// the document's settings and tells changed ones.
class BuildOptionsPanel final : public QScrollArea
{
    Q_OBJECT

public:
    explicit BuildOptionsPanel(QWidget *parent = nullptr);

    void showSnapshot(const workspace::Snapshot &snapshot);
    /// What the engine can do; what it cannot is greyed, with the reason.
    void setAbilities(const engine::BuildAbilities &abilities);
    /// Secrets that were typed, by id: they live here only, until another document is shown.
    [[nodiscard]] QHash<QString, QByteArray> typedSecrets() const;
    void forgetSecrets();
    /// The build context when the settings name none.
    void setDefaultContext(const QString &folder);

Q_SIGNALS:
    /// `field` says what was changed, so that typing in one field is one step of undo.
    void settingsChanged(const workspace::BuildSettings &settings, const QString &field);

private:
    void tell(const workspace::BuildSettings &settings, const QString &field);
    void choosePlatforms(const QStringList &platforms);
    void checkTag();
    void chooseContext();
    void offerTargets(const graph::StageGraph &graph);
    void fitTable();

    workspace::BuildSettings m_settings;
    QLineEdit *m_tag;
    QLabel *m_tagReason;
    QComboBox *m_target;
    PlatformsField *m_platforms;
    QLineEdit *m_context;
    BuildArgsModel *m_args;
    QTableView *m_argsView;
    QuietLabel *m_noArgs;
    QCheckBox *m_noCache;
    QCheckBox *m_pull;
    SolveOptionsForm *m_solve;
};

}
