// SPDX-License-Identifier: Apache-2.0
#include "inspector/forms/instructionform.h"

#include "inspector/forms/formfield.h"
#include "inspector/forms/mountsfield.h"
#include "inspector/forms/pairsfield.h"
#include "theme/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using Kind = FieldSpec::Kind;

namespace {

// Which fields there are: another alternative, another keyword, or another kind of command.
bool sameFields(const dockerfile::Form &a, const dockerfile::Form &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *copy = std::get_if<dockerfile::CopyForm>(&a))
        return copy->keyword == std::get<dockerfile::CopyForm>(b).keyword;
    if (const auto *pairs = std::get_if<dockerfile::PairsForm>(&a))
        return pairs->keyword == std::get<dockerfile::PairsForm>(b).keyword;
    if (const auto *text = std::get_if<dockerfile::TextForm>(&a))
        return text->keyword == std::get<dockerfile::TextForm>(b).keyword;
    return true;
}

}

InstructionForm::InstructionForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QFormLayout)
    , m_reason(new QLabel(this))
{
    m_reason->setWordWrap(true);
    m_reason->setAccessibleName(tr("What is wrong"));
    m_reason->hide();
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
    m_layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(m_layout);
    layout->addWidget(m_reason);
}

void InstructionForm::showForm(const dockerfile::Form &form, const FormFacts &facts, int id)
{
    const bool isSame = id == m_id && facts == m_facts && sameFields(form, m_form);
    if (isSame && form == m_shown)
        return; // whatever is half typed stays
    m_form = m_shown = form;
    m_facts = facts;
    m_id = id;
    if (!isSame)
        build();
    fill();
    check();
}

void InstructionForm::build()
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    m_rows.clear();
    for (const FieldSpec &spec : fieldsOf(m_form, m_facts)) {
        FormField *field = makeField(spec);
        field->setToolTip(spec.toolTip);
        m_rows.push_back({.spec = spec, .field = field});
        if (spec.kind == Kind::Switch) {
            m_layout->addRow(field);
        } else {
            field->setName(spec.label);
            auto *label = new QLabel(spec.label, this);
            label->setBuddy(field->buddy());
            if (spec.kind == Kind::Line || spec.kind == Kind::List) {
                m_layout->addRow(label, field);
            } else { // what is wide stands below its name: docks are narrow
                m_layout->addRow(label);
                m_layout->addRow(field);
            }
        }
        const std::size_t index = m_rows.size() - 1;
        connect(field, &FormField::typed, this, [this, index] {
            collect(m_rows[index]);
            check();
        });
        connect(field, &FormField::committed, this, [this, index] {
            collect(m_rows[index]);
            commit();
        });
    }
}

FormField *InstructionForm::makeField(const FieldSpec &spec)
{
    switch (spec.kind) {
    case Kind::Line:
        return new LineField(spec.choices, spec.placeholder, this);
    case Kind::Switch:
        return new SwitchField(spec.label, this);
    case Kind::List:
        return new LinesField(spec.placeholder, false, this);
    case Kind::Command:
        return new LinesField(spec.placeholder, true, this);
    case Kind::Mounts:
        return new MountsField(m_facts, this);
    case Kind::Pairs:
        return new PairsField(this);
    }
    Q_UNREACHABLE_RETURN(nullptr);
}

void InstructionForm::fill()
{
    for (const Row &row : m_rows) {
        const QString value = row.spec.get(m_form);
        if (row.field->value() != value)
            row.field->setValue(value);
    }
}

void InstructionForm::collect(const Row &row)
{
    row.spec.set(m_form, row.field->value());
}

QString InstructionForm::whyNotIn(const Row &row) const
{
    if (!row.spec.whyNot)
        return {};
    const QChar separator = row.spec.kind == Kind::Pairs ? QChar(0x1e) : QChar(u'\n');
    const QStringList values = row.spec.kind == Kind::Line
                                   ? QStringList{row.field->value()}
                                   : row.field->value().split(separator, Qt::SkipEmptyParts);
    for (const QString &value : values) {
        const QString checked = row.spec.kind == Kind::Pairs ? value.section(u'=', 0, 0) : value.trimmed();
        if (const QString reason = row.spec.whyNot(checked); !reason.isEmpty())
            return reason;
    }
    return {};
}

void InstructionForm::check()
{
    QString reason;
    for (const Row &row : m_rows) {
        const QString wrong = whyNotIn(row);
        row.field->buddy()->setProperty("invalid", !wrong.isEmpty());
        row.field->buddy()->setAccessibleDescription(wrong);
        if (reason.isEmpty() && !wrong.isEmpty())
            reason = row.spec.kind == Kind::Switch ? wrong
                                                   : tr("%1: %2", "field: reason").arg(row.spec.label, wrong);
    }
    if (reason.isEmpty())
        reason = dockerfile::whyNot(m_form);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, colorsFor(this).danger);
    m_reason->setPalette(warning);
}

void InstructionForm::commit()
{
    check();
    if (m_form == m_shown || !reason().isEmpty())
        return;
    Q_EMIT edited(m_form);
}

QString InstructionForm::reason() const
{
    return m_reason->isHidden() ? QString() : m_reason->text();
}

FormField *InstructionForm::field(const QString &label) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const Row &row) { return row.spec.label == label; });
    return found == m_rows.end() ? nullptr : found->field;
}

}
