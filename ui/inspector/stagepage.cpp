// SPDX-License-Identifier: Apache-2.0
#include "inspector/stagepage.h"

#include "commands/usualinstructions.h"
#include "dockerfile/instruction.h"
#include "graph/graphedits.h"
#include "inspector/factlist.h"
#include "language/platforms.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/themecolors.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

StagePage::StagePage(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLineEdit)
    , m_nameReason(new QLabel)
    , m_base(new QComboBox)
    , m_platform(new QComboBox)
    , m_resolved(new QuietLabel)
    , m_target(new QPushButton(icon(u"target"_s), tr("Set as target")))
    , m_connect(new QPushButton(icon(u"connect"_s), tr("Copy from")))
    , m_sources(new QMenu(this))
    , m_delete(new QToolButton)
    , m_add(new QPushButton(icon(u"add"_s), tr("Add")))
    , m_addMenu(new QMenu(this))
    , m_more(new QToolButton)
    , m_moreMenu(new QMenu(this))
    , m_instructions(new FactList(tr("Instructions")))
    , m_usedBy(new FactList(tr("Used by")))
    , m_produces(new FactList(tr("Produces")))
{
    m_name->setPlaceholderText(tr("no name yet"));
    m_name->setAccessibleName(tr("Name of the stage"));
    m_nameReason->setWordWrap(true);
    m_nameReason->setForegroundRole(QPalette::BrightText);
    m_nameReason->setFont(smallFont(font()));
    m_nameReason->hide();
    m_base->setEditable(true);
    m_base->setInsertPolicy(QComboBox::NoInsert);
    m_base->setAccessibleName(tr("Base of the stage"));
    m_base->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_base->setMinimumContentsLength(8);
    m_base->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_base->completer()->setFilterMode(Qt::MatchContains);
    m_platform->setEditable(true);
    m_platform->setInsertPolicy(QComboBox::NoInsert);
    setPlatforms(language::platformsToOffer({}));
    m_platform->setAccessibleName(tr("Platform of the stage's base"));
    m_platform->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_platform->setMinimumContentsLength(8);
    m_platform->lineEdit()->setPlaceholderText(tr("that of the build"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addLayout(makeForm());
    layout->addLayout(makeButtons());
    for (FactList *list : {m_instructions, m_usedBy, m_produces}) {
        layout->addWidget(list);
        connect(list, &FactList::rowActivated, this, &StagePage::rowActivated);
    }

    connect(m_name, &QLineEdit::textEdited, this, &StagePage::checkName);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        const QString name = m_name->text();
        if (name != m_shownName && m_whyNoName && m_whyNoName(name).isEmpty())
            Q_EMIT renameRequested(m_key, name);
    });
    const auto changeBase = [this] {
        const QString base = m_base->currentText().trimmed();
        if (!base.isEmpty() && base != m_shownBase)
            Q_EMIT changeBaseRequested(m_key, base);
    };
    connect(m_base->lineEdit(), &QLineEdit::editingFinished, this, changeBase);
    connect(m_base, &QComboBox::activated, this, changeBase);
    const auto changePlatform = [this] {
        const QString platform = m_platform->currentText().trimmed();
        if (platform != m_shownPlatform)
            Q_EMIT platformRequested(m_key, platform);
    };
    connect(m_platform->lineEdit(), &QLineEdit::editingFinished, this, changePlatform);
    connect(m_platform, &QComboBox::activated, this, changePlatform);
    connect(m_target, &QPushButton::clicked, this, [this] { Q_EMIT targetRequested(m_key); });
    connect(m_delete, &QToolButton::clicked, this, [this] { Q_EMIT deleteRequested(m_key); });
}

QFormLayout *StagePage::makeForm()
{
    auto *form = new QFormLayout;
    form->setVerticalSpacing(space::s);
    form->setHorizontalSpacing(space::m);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Name"), m_name);
    form->addRow(QString(), m_nameReason);
    form->addRow(tr("Base"), m_base);
    form->addRow(QString(), m_resolved);
    form->addRow(tr("Platform"), m_platform);
    return form;
}

QLayout *StagePage::makeButtons()
{
    m_connect->setMenu(m_sources);
    m_add->setMenu(m_addMenu);
    m_add->setToolTip(tr("Add an instruction to the stage"));
    m_delete->setIcon(icon(u"delete"_s));
    m_delete->setToolTip(tr("Delete the stage"));
    m_delete->setAccessibleName(tr("Delete the stage"));
    m_more->setIcon(icon(u"more"_s));
    m_more->setToolTip(tr("More to do with this stage"));
    m_more->setAccessibleName(m_more->toolTip());
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_moreMenu);
    m_moreMenu->setToolTipsVisible(true);
    connect(m_moreMenu, &QMenu::aboutToShow, this, &StagePage::fillMore);
    fillAdd();
    auto *first = new QHBoxLayout;
    first->setSpacing(space::s);
    first->addWidget(m_target);
    first->addWidget(m_connect);
    first->addStretch();
    auto *second = new QHBoxLayout;
    second->setSpacing(space::s);
    second->addWidget(m_add);
    second->addWidget(m_delete);
    second->addWidget(m_more);
    second->addStretch();
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addLayout(first);
    buttons->addLayout(second);
    return buttons;
}

void StagePage::fillMore()
{
    m_moreMenu->clear();
    for (const StageVerb verb : {StageVerb::MoveUp, StageVerb::MoveDown, StageVerb::Duplicate,
                                 StageVerb::MergeWithBase, StageVerb::MergeWithDerived}) {
        QAction *action = m_moreMenu->addAction(DesignVerbs::title(verb), this,
                                                [this, verb] { Q_EMIT verbRequested(verb, m_key); });
        const QString reason = m_whyNot ? m_whyNot(verb, m_key) : QString();
        action->setEnabled(reason.isEmpty());
        action->setToolTip(reason);
    }
}

void StagePage::fillAdd()
{
    for (const auto &[keyword, form] : usualInstructions()) {
        m_addMenu->addAction(dockerfile::keywordText(keyword), this,
                             [this, form] { Q_EMIT instructionRequested(m_key, form); });
    }
}

void StagePage::showStage(const workspace::Snapshot &snapshot, const graph::Stage &stage)
{
    const bool isAnother = stage.key != m_key;
    m_key = stage.key;
    m_whyNoName = [graph = snapshot.graph, key = stage.key](const QString &name) {
        return graph::whyNoStageName(graph, name, key);
    };
    // A field that a person is typing in keeps what was typed, unless the document itself says something new.
    if (isAnother || stage.name != m_shownName) {
        m_shownName = stage.name;
        m_name->setText(stage.name);
    }
    checkName();
    if (isAnother || stage.base != m_shownBase) {
        m_shownBase = stage.base;
        m_base->setEditText(stage.base);
    }
    if (isAnother || stage.platform != m_shownPlatform) {
        m_shownPlatform = stage.platform;
        m_platform->setEditText(stage.platform);
    }
    QStringList notes;
    if (stage.resolvedBase != stage.base && !stage.resolvedBase.isEmpty())
        notes << tr("= %1").arg(stage.resolvedBase);
    if (!stage.reachable)
        notes << tr("not needed by the target");
    m_resolved->setText(notes.join(u" \u00b7 "_s));
    m_resolved->setVisible(!notes.isEmpty());
    m_target->setEnabled(!stage.isTarget);
    m_target->setText(stage.isTarget ? tr("Is the target") : tr("Set as target"));
    m_delete->setEnabled(snapshot.graph.stages.size() > 1);
    offerSources(snapshot.graph, stage);
    listLines(snapshot.tree, snapshot.graph, stage);
}

void StagePage::checkName()
{
    const QString name = m_name->text();
    const QString reason = name == m_shownName || !m_whyNoName ? QString() : m_whyNoName(name);
    m_nameReason->setText(reason);
    m_nameReason->setVisible(!reason.isEmpty());
    m_name->setAccessibleDescription(reason);
}

void StagePage::offerSources(const graph::StageGraph &graph, const graph::Stage &stage)
{
    m_sources->clear();
    QStringList bases;
    for (const auto &other : graph.stages) {
        if (other.index >= stage.index)
            break;
        m_sources->addAction(icon(u"stage"_s), other.displayName(), this,
                             [this, from = other.key] { Q_EMIT connectRequested(from, m_key); });
        if (!other.name.isEmpty())
            bases << other.name;
    }
    m_connect->setEnabled(!m_sources->isEmpty());
    bases += m_knownBases;
    QStringList offered;
    for (int i = 0; i < m_base->count(); ++i)
        offered << m_base->itemText(i);
    if (offered == bases)
        return;
    const QString typed = m_base->currentText();
    m_base->clear();
    m_base->addItems(bases);
    m_base->setEditText(typed);
}

void StagePage::listLines(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                          const graph::Stage &stage)
{
    std::vector<FactList::Fact> instructions;
    for (const int line : stage.instructions) {
        const dockerfile::Instruction instruction(tree, line);
        instructions.push_back({instruction.summary(), instruction.row(), {}});
    }
    m_instructions->setFacts(instructions);

    std::vector<FactList::Fact> users;
    for (const int line : graph::linesReferringTo(tree, graph, stage.key)) {
        const dockerfile::Instruction instruction(tree, line);
        users.push_back(
            {QString::number(instruction.row()) + u"  "_s + instruction.summary(), instruction.row(), {}});
    }
    m_usedBy->setFacts(users);

    std::vector<FactList::Fact> paths;
    for (const QString &path : graph::producedPaths(tree, graph, stage.key))
        paths.push_back({path, 0, {}});
    m_produces->setFacts(paths);
}

void StagePage::setKnownBases(const QStringList &bases)
{
    m_knownBases = bases;
}

void StagePage::setPlatforms(const QStringList &platforms)
{
    QStringList offered{QString(), u"$BUILDPLATFORM"_s, u"$TARGETPLATFORM"_s};
    offered += platforms;
    if (offered == m_platforms)
        return;
    m_platforms = offered;
    const QString shown = m_platform->currentText();
    m_platform->clear();
    m_platform->addItems(offered);
    m_platform->setEditText(shown);
}

void StagePage::editPlatform()
{
    m_platform->setFocus(Qt::OtherFocusReason);
    m_platform->lineEdit()->selectAll();
}

void StagePage::editBase()
{
    m_base->setFocus(Qt::OtherFocusReason);
    m_base->lineEdit()->selectAll();
}

}
