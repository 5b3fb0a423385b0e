// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/form.h"

#include <QWidget>

namespace workspace {
struct Snapshot;
}

namespace ui {

class FactList;
class InstructionBar;
class InstructionForm;
class QuietLabel;
class SectionHeader;
struct FormFacts;

/// The instruction at the cursor: what it does, its fields to change, what can be done with it, its arguments
/// as the builder sees them, and where the values of its variables come from.
class InstructionPage final : public QWidget
{
    Q_OBJECT

public:
    explicit InstructionPage(QWidget *parent = nullptr);

    /// Hides itself when there is no instruction.
    void showRow(const workspace::Snapshot &snapshot, int row);
    void setImages(const QStringList &images) { m_images = images; }
    void setPlatforms(const QStringList &platforms) { m_platforms = platforms; }
    [[nodiscard]] InstructionForm *form() const { return m_form; }
    [[nodiscard]] InstructionBar *bar() const { return m_bar; }

Q_SIGNALS:
    void rowActivated(int row);
    void formEdited(int line, const dockerfile::Form &form);

private:
    [[nodiscard]] FormFacts factsFor(const workspace::Snapshot &snapshot, int line) const;
    void showValues(const workspace::Snapshot &snapshot, const dockerfile::Instruction &instruction);

    int m_line = -1;
    QStringList m_images;
    QStringList m_platforms;
    SectionHeader *m_keyword;
    QuietLabel *m_what;
    InstructionBar *m_bar;
    InstructionForm *m_form;
    FactList *m_arguments;
    FactList *m_variables;
};

}
