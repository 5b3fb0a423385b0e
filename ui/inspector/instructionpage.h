// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace workspace {
struct Snapshot;
}

namespace ui {

class FactList;
class QuietLabel;
class SectionHeader;

/// The instruction at the cursor: what it does, its flags, its arguments as the builder sees them, and where
/// the values of its variables come from.
class InstructionPage final : public QWidget
{
    Q_OBJECT

public:
    explicit InstructionPage(QWidget *parent = nullptr);

    /// Hides itself when there is no instruction.
    void showRow(const workspace::Snapshot &snapshot, int row);

Q_SIGNALS:
    void rowActivated(int row);

private:
    SectionHeader *m_keyword;
    QuietLabel *m_what;
    FactList *m_flags;
    FactList *m_arguments;
    FactList *m_variables;
};

}
