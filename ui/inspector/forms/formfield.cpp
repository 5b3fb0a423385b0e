// SPDX-License-Identifier: Apache-2.0
#include "inspector/forms/formfield.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QtMath>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QHBoxLayout *bareLayout(QWidget *field)
{
    auto *layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    return layout;
}

}

LineField::LineField(const QStringList &choices, const QString &placeholder, QWidget *parent)
    : FormField(parent)
{
    if (choices.isEmpty()) {
        m_edit = new QLineEdit(this);
        bareLayout(this)->addWidget(m_edit);
    } else {
        m_box = new QComboBox(this);
        m_box->setEditable(true);
        m_box->setInsertPolicy(QComboBox::NoInsert);
        m_box->addItems(choices);
        m_box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(8);
        m_box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_edit = m_box->lineEdit();
        bareLayout(this)->addWidget(m_box);
        connect(m_box, &QComboBox::activated, this, &FormField::committed);
    }
    m_edit->setPlaceholderText(placeholder);
    connect(m_edit, &QLineEdit::textEdited, this, &FormField::typed);
    connect(m_edit, &QLineEdit::editingFinished, this, &FormField::committed);
    setFocusProxy(buddy());
}

QString LineField::value() const
{
    return m_edit->text().trimmed();
}

void LineField::setValue(const QString &value)
{
    if (m_edit->text() == value)
        return;
    m_edit->setText(value);
    if (!m_edit->hasFocus())
        m_edit->setCursorPosition(0); // of a long value the beginning is seen
}

QWidget *LineField::buddy()
{
    return m_box ? static_cast<QWidget *>(m_box) : m_edit;
}

SwitchField::SwitchField(const QString &text, QWidget *parent)
    : FormField(parent)
    , m_box(new QCheckBox(text, this))
{
    bareLayout(this)->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, &FormField::committed);
}

QString SwitchField::value() const
{
    return m_box->isChecked() ? u"true"_s : QString();
}

void SwitchField::setValue(const QString &value)
{
    m_box->setChecked(!value.isEmpty());
}

QWidget *SwitchField::buddy()
{
    return m_box;
}

LinesField::LinesField(const QString &placeholder, bool isCode, QWidget *parent)
    : FormField(parent)
    , m_edit(new QPlainTextEdit(this))
{
    bareLayout(this)->addWidget(m_edit);
    m_edit->setPlaceholderText(placeholder);
    m_edit->setTabChangesFocus(true);
    m_edit->setUndoRedoEnabled(true);
    if (isCode)
        m_edit->setFont(codeFont(font()));
    m_edit->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_edit->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        fitHeight();
        if (m_edit->hasFocus())
            Q_EMIT typed();
    });
    fitHeight();
}

QString LinesField::value() const
{
    return m_edit->toPlainText();
}

void LinesField::setValue(const QString &value)
{
    m_committed = value;
    if (m_edit->toPlainText() != value)
        m_edit->setPlainText(value);
}

QWidget *LinesField::buddy()
{
    return m_edit;
}

bool LinesField::eventFilter(QObject *watched, QEvent *event)
{
    const auto commit = [this] {
        if (value() == m_committed)
            return;
        m_committed = value();
        Q_EMIT committed();
    };
    if (event->type() == QEvent::FocusOut)
        commit();
    if (event->type() == QEvent::Resize) // where it wraps
        QMetaObject::invokeMethod(this, &LinesField::fitHeight, Qt::QueuedConnection);
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return && key->modifiers() == Qt::ControlModifier) {
            commit();
            return true;
        }
    }
    return FormField::eventFilter(watched, event);
}

void LinesField::fitHeight()
{
    constexpr int most = 10;
    // A plain text document measures itself in rows, wrapped ones included.
    const int rows = std::clamp(qCeil(m_edit->document()->size().height()), 1, most);
    const int margins = int(2 * m_edit->document()->documentMargin()) + 2 * m_edit->frameWidth();
    m_edit->setVerticalScrollBarPolicy(rows < most ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_edit->setFixedHeight(rows * m_edit->fontMetrics().lineSpacing() + margins + space::s);
}

}
