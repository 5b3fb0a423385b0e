// SPDX-License-Identifier: Apache-2.0
#include "inspector/instructionpage.h"

#include "dockerfile/builderexpands.h"
#include "dockerfile/instruction.h"
#include "dockerfile/variables.h"
#include "inspector/factlist.h"
#include "inspector/forms/instructionform.h"
#include "inspector/instructionbar.h"
#include "inspector/instructiondocs.h"
#include "theme/metrics.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString originInWords(const dockerfile::Variable &variable, int row)
{
    using Origin = dockerfile::Variable::Origin;
    switch (variable.origin) {
    case Origin::GlobalArg:
        return InstructionPage::tr("ARG before FROM, line %1").arg(row);
    case Origin::StageArg:
        return InstructionPage::tr("ARG, line %1").arg(row);
    case Origin::Env:
        return InstructionPage::tr("ENV, line %1").arg(row);
    case Origin::InheritedEnv:
        return InstructionPage::tr("ENV of the base stage, line %1").arg(row);
    case Origin::BuildArgOverride:
        return InstructionPage::tr("build option");
    case Origin::Predefined:
        return InstructionPage::tr("set by the builder");
    }
    Q_UNREACHABLE_RETURN({});
}

dockerfile::BuildContextValues valuesOf(const workspace::BuildSettings &settings)
{
    dockerfile::BuildContextValues values;
    values.buildArgs = settings.buildArgs;
    values.targetPlatform = settings.platform;
    return values;
}

std::vector<FactList::Fact> variablesUsed(const dockerfile::Instruction &instruction,
                                          const std::vector<dockerfile::Variable> &known)
{
    static const QRegularExpression reference(u"\\$\\{?([A-Za-z_][A-Za-z0-9_]*)"_s);
    std::vector<FactList::Fact> facts;
    QStringList seen;
    const QString text = instruction.summary();
    for (const auto &match : reference.globalMatch(text)) {
        const QString name = match.captured(1);
        if (seen.contains(name))
            continue;
        seen << name;
        const auto variable = std::ranges::find(known, name, &dockerfile::Variable::name);
        if (variable == known.end()) {
            if (dockerfile::isExpandedByBuilder(instruction.keyword()))
                facts.push_back({InstructionPage::tr("%1 is not declared here").arg(name), 0, {}});
            continue;
        }
        const int row = variable->line >= 0 ? instruction.tree().firstRow(variable->line) : 0;
        facts.push_back({InstructionPage::tr("%1 = %2  (%3)")
                             .arg(name, variable->value.value_or(InstructionPage::tr("no value")),
                                  originInWords(*variable, row)),
                         row,
                         {}});
    }
    return facts;
}

}

InstructionPage::InstructionPage(QWidget *parent)
    : QWidget(parent)
    , m_keyword(new SectionHeader(QString()))
    , m_what(new QuietLabel)
    , m_bar(new InstructionBar)
    , m_form(new InstructionForm)
    , m_arguments(new FactList(tr("With values in place")))
    , m_variables(new FactList(tr("Variables")))
{
    m_what->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(m_keyword);
    layout->addWidget(m_what);
    layout->addWidget(m_bar);
    layout->addWidget(m_form);
    connect(m_form, &InstructionForm::edited, this,
            [this](const dockerfile::Form &form) { Q_EMIT formEdited(m_line, form); });
    for (FactList *list : {m_arguments, m_variables}) {
        layout->addWidget(list);
        connect(list, &FactList::rowActivated, this, &InstructionPage::rowActivated);
    }
    hide();
}

void InstructionPage::showRow(const workspace::Snapshot &snapshot, int row)
{
    const int line = row > 0 ? snapshot.tree.lineAtRow(row) : -1;
    const bool hasOne = line >= 0 && snapshot.tree.line(line).kind == dockerfile::LineKind::Instruction;
    setVisible(hasOne);
    m_line = hasOne ? line : -1;
    if (!hasOne)
        return;
    const dockerfile::Instruction instruction(snapshot.tree, line);
    m_keyword->setText(
        tr("%1, line %2").arg(instruction.keywordWord().text.toUpper()).arg(instruction.row()));
    m_what->setText(whatItDoes(instruction.keyword()));
    const graph::Stage *stage = snapshot.graph.stageAtLine(line);
    const bool isFirst = !stage || stage->instructions.empty() || stage->instructions.front() == line;
    m_bar->showInstruction(instruction.keyword(), line, stage && !isFirst);
    m_form->showForm(dockerfile::readForm(instruction), factsFor(snapshot, line), line);
    showValues(snapshot, instruction);
}

FormFacts InstructionPage::factsFor(const workspace::Snapshot &snapshot, int line) const
{
    FormFacts facts;
    for (const auto &stage : snapshot.graph.stages) {
        if (stage.lastLine < line && !stage.name.isEmpty())
            facts.stages += stage.name;
    }
    facts.images = m_images;
    facts.platforms = m_platforms;
    return facts;
}

void InstructionPage::showValues(const workspace::Snapshot &snapshot,
                                 const dockerfile::Instruction &instruction)
{
    const auto known =
        dockerfile::variablesAt(snapshot.tree, instruction.line(), valuesOf(snapshot.settings));
    QStringList expanded;
    const bool hasVariables = instruction.arguments().contains(u'$');
    if (hasVariables && dockerfile::isExpandedByBuilder(instruction.keyword())) {
        for (const auto &word : instruction.words())
            expanded << dockerfile::expand(word.text, known, snapshot.tree.escape()).text;
    }
    std::vector<FactList::Fact> arguments;
    if (!expanded.isEmpty())
        arguments.push_back({expanded.join(u' '), 0, {}});
    m_arguments->setFacts(arguments);
    m_variables->setFacts(variablesUsed(instruction, known));
}

}
