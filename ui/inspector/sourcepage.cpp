// SPDX-License-Identifier: Apache-2.0
#include "inspector/sourcepage.h"

#include "dockerfile/instruction.h"
#include "graph/edgeverbs.h"
#include "inspector/factlist.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString buildContext()
{
    return SourcePage::tr("the build context");
}

}

SourcePage::SourcePage(QWidget *parent)
    : QWidget(parent)
    , m_snapshot(std::make_unique<workspace::Snapshot>())
    , m_lines(new FactList(tr("Lines")))
    , m_source(new QComboBox)
    , m_reason(new QLabel)
    , m_remove(new QPushButton(icon(u"delete"_s), tr("Remove\u2026")))
{
    m_source->setEditable(true);
    m_source->setInsertPolicy(QComboBox::NoInsert);
    m_source->setAccessibleName(tr("Take from"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_source->setMinimumContentsLength(8);
    m_source->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_source->completer()->setFilterMode(Qt::MatchContains);
    m_reason->setWordWrap(true);
    m_reason->setForegroundRole(QPalette::BrightText);
    m_reason->setFont(smallFont(font()));
    m_reason->hide();
    m_remove->setToolTip(tr("Remove what makes this edge from the text"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(space::s);
    form->setHorizontalSpacing(space::m);
    form->addRow(tr("Take from"), m_source);
    form->addRow(QString(), m_reason);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addLayout(form);
    layout->addLayout(buttons);
    layout->addWidget(m_lines);
    connect(m_lines, &FactList::rowActivated, this, &SourcePage::rowActivated);
    connect(m_source->lineEdit(), &QLineEdit::textEdited, this, &SourcePage::check);
    connect(m_source->lineEdit(), &QLineEdit::editingFinished, this, &SourcePage::take);
    connect(m_source, &QComboBox::activated, this, &SourcePage::take);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (m_edge)
            Q_EMIT removeRequested(*m_edge);
    });
    hide();
}

SourcePage::~SourcePage() = default;

void SourcePage::showEdge(const workspace::Snapshot &snapshot, const graph::Edge &edge)
{
    const graph::Stage *source = snapshot.graph.stage(edge.from);
    QStringList others;
    const graph::Stage *to = snapshot.graph.stage(edge.to);
    for (const auto &stage : snapshot.graph.stages)
        if (to != nullptr && stage.index < to->index)
            others << stage.displayName();
    if (edge.kind != graph::EdgeKind::Base)
        others << buildContext();
    m_edge = edge;
    const bool isContext = edge.from.kind == graph::NodeKind::Context && edge.from.name.isEmpty();
    show(snapshot, edge.lines,
         source != nullptr ? source->displayName()
         : isContext       ? buildContext()
                           : edge.from.name,
         others);
    m_remove->show();
    m_remove->setEnabled(edge.kind != graph::EdgeKind::Base);
}

void SourcePage::showImage(const workspace::Snapshot &snapshot, const graph::ExternalImage &image)
{
    std::vector<int> lines;
    for (const auto &edge : snapshot.graph.edges)
        if (edge.from == image.key)
            lines.insert(lines.end(), edge.lines.begin(), edge.lines.end());
    std::ranges::sort(lines);
    m_edge.reset();
    m_image = image.key;
    show(snapshot, lines, image.reference, {});
    m_remove->hide();
}

void SourcePage::show(const workspace::Snapshot &snapshot, const std::vector<int> &lines,
                      const QString &source, const QStringList &others)
{
    *m_snapshot = snapshot;
    std::vector<FactList::Fact> facts;
    for (const int line : lines) {
        const dockerfile::Instruction instruction(snapshot.tree, line);
        facts.push_back(
            {QString::number(instruction.row()) + u"  "_s + instruction.summary(), instruction.row(), {}});
    }
    m_lines->setFacts(facts);
    // A field that a person is typing in keeps what was typed, unless the document itself says something new.
    const bool isAnother = std::exchange(m_shown, source) != source;
    const QString typed = isAnother || !m_source->hasFocus() ? source : m_source->currentText();
    m_source->clear();
    m_source->addItems(others + m_knownBases);
    m_source->setEditText(typed);
    check();
    QWidget::show();
}

/// The node that the field names: a stage, the build context, or else an image.
graph::NodeKey SourcePage::typedNode() const
{
    const QString typed = m_source->currentText().trimmed();
    if (typed == buildContext())
        return {graph::NodeKind::Context, {}};
    for (const auto &stage : m_snapshot->graph.stages)
        if (m_edge && stage.displayName().compare(typed, Qt::CaseInsensitive) == 0)
            return stage.key;
    return {graph::NodeKind::Image, typed};
}

QString SourcePage::whyNot() const
{
    const graph::NodeKey node = typedNode();
    for (const auto &edge : m_snapshot->graph.edges) {
        const bool isMeant = m_edge ? edge == *m_edge : edge.from == m_image;
        if (!isMeant)
            continue;
        const auto edit = graph::retargetEdge(m_snapshot->tree, m_snapshot->graph, edge, node);
        if (!edit)
            return edit.error().message;
    }
    return {};
}

void SourcePage::check()
{
    const QString typed = m_source->currentText().trimmed();
    const QString reason = typed.isEmpty() || typed == m_shown ? QString() : whyNot();
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_source->setAccessibleDescription(reason);
}

void SourcePage::take()
{
    check();
    const QString typed = m_source->currentText().trimmed();
    if (typed.isEmpty() || typed == m_shown || !m_reason->text().isEmpty())
        return;
    if (m_edge)
        Q_EMIT retargetRequested(*m_edge, typedNode());
    else
        Q_EMIT replaceRequested(m_image, typed);
}

}
