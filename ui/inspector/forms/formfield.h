// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace ui {

/// One field of a form, whatever it holds. It tells `typed` while one types, for saying what is wrong, and
/// `committed` when one is done with it, for changing the document.
class FormField : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// Lines for lists, one value a line; "true" or "" for switches.
    [[nodiscard]] virtual QString value() const = 0;
    virtual void setValue(const QString &value) = 0;
    /// What a label's key and the form's focus go to.
    [[nodiscard]] virtual QWidget *buddy() = 0;
    virtual void setName(const QString &name) { buddy()->setAccessibleName(name); }

Q_SIGNALS:
    void typed();
    void committed();
};

/// One line, with choices to take one of if there are any.
class LineField final : public FormField
{
    Q_OBJECT

public:
    LineField(const QStringList &choices, const QString &placeholder, QWidget *parent = nullptr);
    [[nodiscard]] QString value() const override;
    void setValue(const QString &value) override;
    [[nodiscard]] QWidget *buddy() override;

private:
    QLineEdit *m_edit;
    QComboBox *m_box = nullptr;
};

class SwitchField final : public FormField
{
    Q_OBJECT

public:
    SwitchField(const QString &text, QWidget *parent = nullptr);
    [[nodiscard]] QString value() const override;
    void setValue(const QString &value) override;
    [[nodiscard]] QWidget *buddy() override;

private:
    QCheckBox *m_box;
};

/// Several lines: a list with a value a line, or a command. As high as its text, within reason; Ctrl+Enter or
/// leaving it commits.
class LinesField final : public FormField
{
    Q_OBJECT

public:
    explicit LinesField(const QString &placeholder, bool isCode, QWidget *parent = nullptr);
    [[nodiscard]] QString value() const override;
    void setValue(const QString &value) override;
    [[nodiscard]] QWidget *buddy() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitHeight();

    QPlainTextEdit *m_edit;
    QString m_committed;
};

}
