// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recipes/recipe.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace ui {

/// Every choice of a new design as a control.
class ChoicesForm : public QWidget
{
    Q_OBJECT

public:
    explicit ChoicesForm(QWidget *parent = nullptr);

    /// Fills the lists from the module, and everything from `choices`.
    void setModule(const project::GoModule &module, const recipes::Choices &choices);
    [[nodiscard]] recipes::Choices choices() const;

Q_SIGNALS:
    void changed();

private:
    QWidget *makeProgramSection();
    QWidget *makeBaseSection();
    QWidget *makeBuildSection();
    QWidget *makeImageSection();
    QCheckBox *makeCheck(const QString &name, const QString &text, const QString &why);
    void setBase(const QString &base);

    QComboBox *m_main;
    QLineEdit *m_binary;
    QComboBox *m_goVersion;
    QLineEdit *m_versionVariable;
    QButtonGroup *m_bases;
    QLineEdit *m_ownBase;
    QCheckBox *m_alpineBuilder;
    QCheckBox *m_cgo;
    QCheckBox *m_strip;
    QCheckBox *m_trimPath;
    QCheckBox *m_cacheMounts;
    QCheckBox *m_bindMounts;
    QCheckBox *m_certificates;
    QCheckBox *m_nonRoot;
    QComboBox *m_timeZone;
    QSpinBox *m_port;
    bool m_filling = false;
};

}
