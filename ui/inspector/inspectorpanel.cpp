// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpanel.h"

#include "commands/designverbs.h"
#include "graph/edgeverbs.h"
#include "inspector/instructionbar.h"
#include "inspector/instructionpage.h"
#include "inspector/sourcepage.h"
#include "inspector/stagepage.h"
#include "theme/metrics.h"
#include "widgets/badge.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

InspectorPanel::InspectorPanel(QWidget *parent)
    : QScrollArea(parent)
    , m_snapshot(std::make_unique<workspace::Snapshot>())
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(
          u"inspector"_s, tr("Nothing selected"),
          tr("Select a stage in the graph or put the cursor into a line: what it is and what it "
             "needs appears here.")))
    , m_title(new ElidedLabel)
    , m_badge(new Badge)
    , m_subtitle(new QuietLabel)
    , m_stage(new StagePage)
    , m_source(new SourcePage)
    , m_instruction(new InstructionPage)
{
    setAccessibleName(tr("Inspector"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_title->setFont(titleFont(font()));

    auto *header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_badge);
    auto *content = new QWidget;
    m_content = new QVBoxLayout(content);
    auto *layout = m_content;
    layout->setContentsMargins(space::m, space::m, space::m, space::m);
    layout->setSpacing(space::m);
    layout->addLayout(header);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_stage);
    layout->addWidget(m_source);
    layout->addWidget(m_instruction);
    layout->addStretch(1); // or what can grow would take the room
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
    m_pages->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // as narrow as the dock
    setWidget(m_pages);

    connect(m_stage, &StagePage::renameRequested, this, &InspectorPanel::renameRequested);
    connect(m_stage, &StagePage::changeBaseRequested, this, &InspectorPanel::changeBaseRequested);
    connect(m_stage, &StagePage::targetRequested, this, &InspectorPanel::targetRequested);
    connect(m_stage, &StagePage::deleteRequested, this, &InspectorPanel::deleteRequested);
    connect(m_stage, &StagePage::connectRequested, this, &InspectorPanel::connectRequested);
    connect(m_stage, &StagePage::rowActivated, this, &InspectorPanel::rowActivated);
    connect(m_source, &SourcePage::rowActivated, this, &InspectorPanel::rowActivated);
    connect(m_instruction, &InstructionPage::rowActivated, this, &InspectorPanel::rowActivated);
    refresh();
}

InspectorPanel::~InspectorPanel() = default;

void InspectorPanel::showSnapshot(const workspace::Snapshot &snapshot)
{
    *m_snapshot = snapshot;
    refresh();
}

void InspectorPanel::inspectNode(const std::optional<graph::NodeKey> &key)
{
    if (key == m_node)
        return; // what it is now came with the snapshot
    m_node = key;
    refresh();
}

void InspectorPanel::inspectEdge(const std::optional<graph::Edge> &edge)
{
    if (edge == m_edge)
        return;
    m_edge = edge;
    refresh();
}

void InspectorPanel::inspectRow(int row)
{
    if (row == m_row)
        return;
    m_row = row;
    refresh();
}

void InspectorPanel::setVerbs(DesignVerbs *verbs)
{
    const auto whyNot = [](const base::Result<base::TextEdit> &edit) {
        return edit ? QString() : edit.error().message;
    };
    InstructionBar *bar = m_instruction->bar();
    bar->setWhyNot(
        [verbs, whyNot](InstructionVerb verb, int line) { return whyNot(verbs->edit(verb, line)); });
    connect(bar, &InstructionBar::verbRequested, verbs, &DesignVerbs::apply);
    connect(bar, &InstructionBar::splitStageRequested, verbs, &DesignVerbs::splitStage);
    connect(m_instruction, &InstructionPage::formEdited, verbs, &DesignVerbs::editForm);
    m_stage->setWhyNot([verbs, whyNot](StageVerb verb, const graph::NodeKey &stage) {
        return whyNot(verbs->edit(verb, stage));
    });
    connect(m_source, &SourcePage::retargetRequested, verbs, &DesignVerbs::retargetEdge);
    connect(m_source, &SourcePage::replaceRequested, verbs, &DesignVerbs::replaceImage);
    connect(m_source, &SourcePage::removeRequested, verbs, &DesignVerbs::disconnect);
    connect(m_stage, &StagePage::verbRequested, verbs, &DesignVerbs::applyToStage);
    connect(m_stage, &StagePage::platformRequested, verbs, &DesignVerbs::setPlatform);
    connect(m_stage, &StagePage::instructionRequested, verbs,
            [verbs](const graph::NodeKey &stage, const dockerfile::Form &form) {
                verbs->addInstruction(stage, form);
            });
}

void InspectorPanel::setKnownBases(const QStringList &bases)
{
    m_instruction->setImages(bases);
    m_source->setKnownBases(bases);
    m_stage->setKnownBases(bases);
    refresh();
}

void InspectorPanel::setPlatforms(const QStringList &platforms)
{
    m_instruction->setPlatforms(platforms);
    m_stage->setPlatforms(platforms);
}

void InspectorPanel::setStandIns(const QSet<QString> &references)
{
    m_standIns = references;
    refresh();
}

void InspectorPanel::setImageSizes(const QHash<QString, QString> &sizes)
{
    m_imageSizes = sizes;
    refresh();
}

void InspectorPanel::editBase(const graph::NodeKey &key)
{
    inspectNode(key);
    m_stage->editBase();
}

void InspectorPanel::editPlatform(const graph::NodeKey &key)
{
    inspectNode(key);
    m_stage->editPlatform();
}

/// What one works on comes first: the instruction at the cursor stands above the page of its stage. A FROM
/// does not, since the stage's page has its fields.
void InspectorPanel::placeInstruction()
{
    const int line = m_row > 0 ? m_snapshot->tree.lineAtRow(m_row) : -1;
    const bool isFrom = line >= 0 && m_snapshot->tree.line(line).keyword == dockerfile::Keyword::From;
    const int stageAt = m_content->indexOf(m_stage);
    const int instructionAt = m_content->indexOf(m_instruction);
    if (isFrom == (instructionAt > stageAt))
        return;
    m_content->removeWidget(m_instruction);
    m_content->insertWidget(isFrom ? m_content->indexOf(m_source) + 1 : m_content->indexOf(m_stage),
                            m_instruction);
    verticalScrollBar()->setValue(0);
}

void InspectorPanel::refresh()
{
    m_stage->hide();
    m_source->hide();
    m_badge->setText({});
    const bool hasNode = showEdge() || showNode();
    m_title->setVisible(hasNode);
    m_subtitle->setVisible(hasNode && !m_subtitle->text().isEmpty());
    m_badge->setVisible(hasNode && !m_badge->text().isEmpty());
    m_instruction->showRow(*m_snapshot, m_row);
    placeInstruction();
    m_pages->setCurrentIndex(hasNode || !m_instruction->isHidden() ? 1 : 0);
}

/// False when there is none (any more).
bool InspectorPanel::showEdge()
{
    const graph::StageGraph &graph = m_snapshot->graph;
    const graph::Edge *edge =
        m_edge ? graph::findEdge(graph, m_edge->kind, m_edge->from, m_edge->to) : nullptr;
    const graph::Stage *to = edge ? graph.stage(edge->to) : nullptr;
    if (!to)
        return false;
    const QString name = to->displayName();
    QString title;
    QString what;
    switch (edge->kind) {
    case graph::EdgeKind::Base:
        title = tr("Base of %1").arg(name);
        what = tr("The stage begins with all that its base holds.");
        break;
    case graph::EdgeKind::CopyFrom:
    case graph::EdgeKind::Context:
        title = tr("Files copied to %1").arg(name);
        what = tr("They become part of the stage.");
        break;
    case graph::EdgeKind::Mount:
        title = tr("Files mounted in %1").arg(name);
        what = tr("They are there while a RUN runs; nothing of them stays.");
        break;
    }
    m_title->setText(title);
    m_subtitle->setText(what);
    m_subtitle->setWordWrap(true);
    m_source->showEdge(*m_snapshot, *edge);
    return true;
}

/// False when there is no such node (any more).
bool InspectorPanel::showNode()
{
    const graph::StageGraph &graph = m_snapshot->graph;
    if (!m_node)
        return false;
    if (const graph::Stage *stage = graph.stage(*m_node)) {
        m_title->setText(stage->displayName());
        m_subtitle->setText({});
        m_badge->setText(stage->isTarget ? tr("target") : QString());
        m_badge->setKind(Badge::Kind::Accent);
        m_stage->showStage(*m_snapshot, *stage);
        m_stage->show();
        return true;
    }
    if (const auto image = std::ranges::find(graph.images, *m_node, &graph::ExternalImage::key);
        image != graph.images.end()) {
        m_title->setText(image->reference);
        const QString size = m_imageSizes.value(image->reference);
        m_subtitle->setText(
            image->isScratch   ? tr("The empty image: a stage FROM it starts with no file at all.")
            : image->undefined ? tr("A build arg in this reference has no value.")
            : size.isEmpty()   ? tr("An image from outside; its size is known once the engine has it.")
                               : tr("An image from outside, %1.").arg(size));
        m_subtitle->setWordWrap(true);
        m_badge->setText(m_standIns.contains(image->reference) ? tr("stand-in") : QString());
        m_badge->setKind(Badge::Kind::StandIn);
        m_source->showImage(*m_snapshot, *image);
        return true;
    }
    const auto context = std::ranges::find(graph.contexts, *m_node, &graph::Context::key);
    if (context == graph.contexts.end())
        return false;
    m_title->setText(context->name.isEmpty() ? tr("Build context") : context->name);
    m_subtitle->setText(tr("The project's files that COPY, ADD and bind mounts can take."));
    m_subtitle->setWordWrap(true);
    return true;
}

}
