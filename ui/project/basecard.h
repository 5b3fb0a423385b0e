// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recipes/recipe.h"

#include <QAbstractButton>

namespace ui {

/// A base image to choose: its name, what it brings, and about what it weighs.
class BaseCard : public QAbstractButton
{
    Q_OBJECT

public:
    explicit BaseCard(const recipes::BaseChoice &choice, QWidget *parent = nullptr);

    [[nodiscard]] QString baseId() const { return m_choice.id; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString sizeText() const;

    recipes::BaseChoice m_choice;
};

}
