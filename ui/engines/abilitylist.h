// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

/// What an engine can do of a build's options, and what not, with the reason and what would help.
class AbilityList : public QWidget
{
    Q_OBJECT

public:
    explicit AbilityList(QWidget *parent = nullptr);

    void show(const engine::BuildAbilities &abilities);
    using QWidget::show;

private:
    void addMissing(const engine::BuildAbilities &abilities);
    void addPresent(const engine::BuildAbilities &abilities);

    QVBoxLayout *m_layout;
};

}
