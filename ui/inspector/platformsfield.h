// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"

#include <QWidget>

class QVBoxLayout;

namespace ui {

class QuietLabel;

/// What the image is built for: none (as the engine), one, or several in one image where the engine can.
class PlatformsField : public QWidget
{
    Q_OBJECT

public:
    explicit PlatformsField(QWidget *parent = nullptr);

    void setChosen(const QStringList &platforms);
    void setAbilities(const engine::BuildAbilities &abilities);
    [[nodiscard]] QString note() const;

Q_SIGNALS:
    void chosen(const QStringList &platforms);

private:
    void refresh();
    void toggle(const QString &platform, bool isOn);

    QStringList m_chosen;
    QStringList m_offered;
    engine::BuildAbilities m_abilities;
    QVBoxLayout *m_boxes;
    QuietLabel *m_note;
};

}
