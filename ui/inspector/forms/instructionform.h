// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/forms/fieldspec.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace ui {

class FormField;

/// One instruction as a form that knows its fields. What is wrong is said while one types; a field that one
/// is done with changes the document by edited(), if the whole can be written.
class InstructionForm final : public QWidget
{
    Q_OBJECT

public:
    explicit InstructionForm(QWidget *parent = nullptr);

    /// What is being typed stays when it is the same instruction (`id` tells).
    void showForm(const dockerfile::Form &form, const FormFacts &facts, int id);
    [[nodiscard]] const dockerfile::Form &form() const { return m_form; }
    /// What is wrong now; empty when all is well.
    [[nodiscard]] QString reason() const;
    /// The field of that label; null when there is none.
    [[nodiscard]] FormField *field(const QString &label) const;

Q_SIGNALS:
    void edited(const dockerfile::Form &form);

private:
    struct Row
    {
        FieldSpec spec;
        FormField *field = nullptr;
    };

    void build();
    [[nodiscard]] FormField *makeField(const FieldSpec &spec);
    void collect(const Row &row);
    void fill();
    void check();
    void commit();
    [[nodiscard]] QString whyNotIn(const Row &row) const;

    dockerfile::Form m_form;
    dockerfile::Form m_shown; ///< as the document has it
    FormFacts m_facts;
    int m_id = -1;
    std::vector<Row> m_rows;
    QFormLayout *m_layout;
    QLabel *m_reason;
};

}
