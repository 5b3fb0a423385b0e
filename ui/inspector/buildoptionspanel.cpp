// SPDX-License-Identifier: Apache-2.0
#include "inspector/buildoptionspanel.h"

#include "image/reference.h"
#include "inspector/buildargsmodel.h"
#include "inspector/platformsfield.h"
#include "inspector/solveoptionsform.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace ui {

BuildOptionsPanel::BuildOptionsPanel(QWidget *parent)
    : QScrollArea(parent)
    , m_tag(new QLineEdit)
    , m_tagReason(new QLabel)
    , m_target(new QComboBox)
    , m_platforms(new PlatformsField)
    , m_context(new QLineEdit)
    , m_args(new BuildArgsModel(this))
    , m_argsView(new QTableView)
    , m_noArgs(new QuietLabel(tr("The file declares none. An ARG line makes one.")))
    , m_noCache(new QCheckBox(tr("Build every step anew (no cache)")))
    , m_pull(new QCheckBox(tr("Always look for newer base images (pull)")))
    , m_solve(new SolveOptionsForm)
{
    setAccessibleName(tr("Build options"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tag->setPlaceholderText(tr("hello:dev"));
    m_tag->setAccessibleName(tr("Tag"));
    m_tagReason->setWordWrap(true);
    m_tagReason->setForegroundRole(QPalette::BrightText);
    m_tagReason->setFont(smallFont(font()));
    m_tagReason->hide();
    m_target->setAccessibleName(tr("Target"));
    m_platforms->setAccessibleName(tr("Platforms"));
    m_context->setAccessibleName(tr("Build context"));
    m_context->setToolTip(tr("The folder whose files COPY and ADD see"));
    connect(m_context->addAction(icon(u"folder"_s), QLineEdit::TrailingPosition), &QAction::triggered, this,
            &BuildOptionsPanel::chooseContext);
    m_argsView->setModel(m_args);
    m_argsView->setAccessibleName(tr("Build args"));
    m_argsView->verticalHeader()->hide();
    m_argsView->setShowGrid(false);
    m_argsView->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_argsView->setTabKeyNavigation(false);
    m_argsView->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_argsView->horizontalHeader()->setHighlightSections(false);
    m_argsView->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_noArgs->setWordWrap(true);

    auto *content = new QWidget;
    auto *form = new QFormLayout;
    form->setVerticalSpacing(space::s);
    form->setHorizontalSpacing(space::m);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Tag"), m_tag);
    form->addRow(QString(), m_tagReason);
    form->addRow(tr("Target"), m_target);
    form->addRow(tr("Platforms"), m_platforms);
    form->addRow(tr("Context"), m_context);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(space::m, space::m, space::m, space::m);
    layout->setSpacing(space::m);
    layout->addLayout(form);
    layout->addWidget(new SectionHeader(tr("Build args")));
    layout->addWidget(m_argsView);
    layout->addWidget(m_noArgs);
    layout->addWidget(m_noCache);
    layout->addWidget(m_pull);
    layout->addWidget(m_solve);
    layout->addStretch();
    setWidget(content);

    // A tag that is no reference is shown as such, and kept: refusing to remember it would lose what was
    // typed.
    connect(m_tag, &QLineEdit::textEdited, this, [this](const QString &tag) {
        workspace::BuildSettings settings = m_settings;
        settings.tag = tag.trimmed();
        tell(settings, u"tag"_s);
        checkTag();
    });
    connect(m_target, &QComboBox::activated, this, [this] {
        workspace::BuildSettings settings = m_settings;
        settings.target = m_target->currentData().toString();
        tell(settings, {});
    });
    connect(m_platforms, &PlatformsField::chosen, this, &BuildOptionsPanel::choosePlatforms);
    connect(m_solve, &SolveOptionsForm::settingsChanged, this,
            [this](const workspace::SolveSettings &solve, const QString &field) {
                workspace::BuildSettings settings = m_settings;
                settings.solve = solve;
                tell(settings, field);
            });
    connect(m_context, &QLineEdit::textEdited, this, [this](const QString &folder) {
        workspace::BuildSettings settings = m_settings;
        settings.contextFolder = folder.trimmed();
        tell(settings, u"context"_s);
    });
    connect(m_noCache, &QCheckBox::clicked, this, [this](bool isOn) {
        workspace::BuildSettings settings = m_settings;
        settings.noCache = isOn;
        tell(settings, {});
    });
    connect(m_pull, &QCheckBox::clicked, this, [this](bool isOn) {
        workspace::BuildSettings settings = m_settings;
        settings.pull = isOn;
        tell(settings, {});
    });
    connect(m_args, &BuildArgsModel::overrideRequested, this,
            [this](const QString &name, const QString &value) {
                workspace::BuildSettings settings = m_settings;
                if (value.isEmpty())
                    settings.buildArgs.remove(name);
                else
                    settings.buildArgs.insert(name, value);
                tell(settings, {});
            });
    offerTargets({});
    fitTable();
}

void BuildOptionsPanel::tell(const workspace::BuildSettings &settings, const QString &field)
{
    if (settings != m_settings)
        Q_EMIT settingsChanged(settings, field);
}

void BuildOptionsPanel::showSnapshot(const workspace::Snapshot &snapshot)
{
    m_settings = snapshot.settings;
    if (m_tag->text().trimmed() != m_settings.tag)
        m_tag->setText(m_settings.tag);
    checkTag();
    if (m_context->text().trimmed() != m_settings.contextFolder)
        m_context->setText(m_settings.contextFolder);
    m_noCache->setChecked(m_settings.noCache);
    m_pull->setChecked(m_settings.pull);
    offerTargets(snapshot.graph);
    m_platforms->setChosen(m_settings.solve.platforms.isEmpty() && !m_settings.platform.isEmpty()
                               ? QStringList{m_settings.platform}
                               : m_settings.solve.platforms);
    m_solve->show(m_settings.solve, snapshot.graph);
    m_args->setArgs(dockerfile::declaredArgs(snapshot.tree), m_settings.buildArgs);
    fitTable();
}

void BuildOptionsPanel::checkTag()
{
    const QString tag = m_tag->text().trimmed();
    const QString reason = tag.isEmpty() ? QString() : image::whyNoReference(tag);
    m_tagReason->setText(reason);
    m_tagReason->setVisible(!reason.isEmpty());
    m_tag->setAccessibleDescription(reason);
}

void BuildOptionsPanel::setDefaultContext(const QString &folder)
{
    m_context->setPlaceholderText(folder);
}

void BuildOptionsPanel::chooseContext()
{
    const QString start =
        m_settings.contextFolder.isEmpty() ? m_context->placeholderText() : m_settings.contextFolder;
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Build context"), start);
    if (folder.isEmpty())
        return;
    workspace::BuildSettings settings = m_settings;
    settings.contextFolder = folder;
    tell(settings, {});
}

void BuildOptionsPanel::offerTargets(const graph::StageGraph &graph)
{
    m_target->clear();
    const QString last = graph.stages.empty() ? QString() : graph.stages.back().displayName();
    m_target->addItem(last.isEmpty() ? tr("the last stage") : tr("the last stage (%1)").arg(last), QString());
    for (const auto &stage : graph.stages)
        m_target->addItem(stage.displayName(),
                          stage.name.isEmpty() ? QString::number(stage.index) : stage.name);
    int chosen =
        m_target->findData(m_settings.target, Qt::UserRole, Qt::MatchFixedString); // case does not matter
    if (chosen < 0 && !m_settings.target.isEmpty()) {
        m_target->addItem(tr("%1 (no such stage)").arg(m_settings.target), m_settings.target);
        chosen = m_target->count() - 1;
    }
    m_target->setCurrentIndex(std::max(0, chosen));
}

void BuildOptionsPanel::setAbilities(const engine::BuildAbilities &abilities)
{
    m_platforms->setAbilities(abilities);
    m_solve->setAbilities(abilities);
}

QHash<QString, QByteArray> BuildOptionsPanel::typedSecrets() const
{
    return m_solve->typedSecrets();
}

void BuildOptionsPanel::forgetSecrets()
{
    m_solve->forgetSecrets();
}

void BuildOptionsPanel::choosePlatforms(const QStringList &platforms)
{
    workspace::BuildSettings settings = m_settings;
    settings.platform = platforms.size() == 1 ? platforms.constFirst() : QString();
    settings.solve.platforms = platforms.size() > 1 ? platforms : QStringList();
    tell(settings, {});
}

/// As high as its rows: the panel scrolls as a whole.
void BuildOptionsPanel::fitTable()
{
    const bool hasArgs = m_args->rowCount() > 0;
    m_argsView->setVisible(hasArgs);
    m_noArgs->setVisible(!hasArgs);
    int height = m_argsView->horizontalHeader()->sizeHint().height() + 2 * m_argsView->frameWidth();
    for (int row = 0; row < m_args->rowCount(); ++row)
        height += m_argsView->rowHeight(row);
    m_argsView->setFixedHeight(height);
}

}
