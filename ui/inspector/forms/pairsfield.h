// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/forms/formfield.h"

class QTableWidget;
class QToolButton;

namespace ui {

/// Names and values as a table; the last row is for a new pair. Its value joins the pairs as NAME=value by
/// the record separator (U+001E), which no Dockerfile's value holds.
class PairsField final : public FormField
{
    Q_OBJECT

public:
    explicit PairsField(QWidget *parent = nullptr);
    [[nodiscard]] QString value() const override;
    void setValue(const QString &value) override;
    [[nodiscard]] QWidget *buddy() override;

private:
    void addRow(const QString &name, const QString &value);
    void cellChanged(int row);
    void removeCurrent();
    void fitHeight();

    QTableWidget *m_table;
    QToolButton *m_remove;
    bool m_filling = false;
};

}
