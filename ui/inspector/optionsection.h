// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildabilities.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace ui {

class QuietLabel;

/// A field with its name above it, and below it what cannot be had from this engine, why, and what would
/// help.
class OptionField : public QWidget
{
    Q_OBJECT

public:
    OptionField(const QString &title, QWidget *content, QWidget *parent = nullptr);

    /// Greyed when it cannot be had.
    void setAbility(const engine::Ability &ability);
    /// A sentence that does not grey.
    void setNote(const QString &note);
    [[nodiscard]] QString note() const;

private:
    QWidget *m_content;
    QuietLabel *m_note;
};

/// A group of options that opens and closes; closed, it says what is set in it.
class OptionSection : public QWidget
{
    Q_OBJECT

public:
    explicit OptionSection(const QString &title, QWidget *parent = nullptr);

    void add(QWidget *widget);
    /// "2 secrets"; empty: as every build.
    void setSummary(const QString &summary);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_isOpen; }

private:
    QToolButton *m_button;
    QuietLabel *m_summary;
    QWidget *m_body;
    QVBoxLayout *m_layout;
    bool m_isOpen = false;
};

}
