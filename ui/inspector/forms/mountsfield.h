// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/run.h"
#include "inspector/forms/fieldspec.h"
#include "inspector/forms/formfield.h"

class QFormLayout;
class QListWidget;
class QToolButton;

namespace ui {

/// The mounts of a RUN: a list, and the fields of the selected one below it. Its value is a mount's text a
/// line.
class MountsField final : public FormField
{
    Q_OBJECT

public:
    explicit MountsField(const FormFacts &facts, QWidget *parent = nullptr);
    [[nodiscard]] QString value() const override;
    void setValue(const QString &value) override;
    [[nodiscard]] QWidget *buddy() override;

private:
    QWidget *makeButtons();
    void add(const QString &type);
    void remove();
    void showFields();
    void addField(const QString &name);
    void setField(const QString &name, const QString &value, bool isDone);
    [[nodiscard]] dockerfile::MountForm *current();
    void refreshList();

    FormFacts m_facts;
    std::vector<dockerfile::MountForm> m_mounts;
    QListWidget *m_list;
    QToolButton *m_add;
    QToolButton *m_remove;
    QWidget *m_fields;
    QFormLayout *m_layout;
};

}
