// SPDX-License-Identifier: Apache-2.0
#include "inspector/entriesfield.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

class EntriesField::Row final : public QWidget
{
public:
    Row(EntriesField &field, const QStringList &texts)
        : m_field(field)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(space::xs);
        for (std::size_t i = 0; i < field.m_columns.size(); ++i) {
            const Column &column = field.m_columns[i];
            const QString text = texts.value(qsizetype(i));
            QWidget *editor = nullptr;
            if (column.choices.empty())
                editor = makeLine(column, text);
            else
                editor = makeChoice(column, text);
            editor->setAccessibleName(tr("%1, %2").arg(field.m_name, column.name));
            editor->setMinimumWidth(64);
            m_editors.push_back(editor);
            layout->addWidget(editor, column.stretch);
        }
        auto *remove = new QToolButton;
        remove->setIcon(icon(u"close"_s));
        remove->setAutoRaise(true);
        remove->setToolTip(tr("Remove this entry"));
        remove->setAccessibleName(tr("%1, remove").arg(field.m_name));
        layout->addWidget(remove);
        connect(remove, &QToolButton::clicked, this, [this] { m_field.removeRow(this); });
        makeBrowse();
        adapt();
    }

    [[nodiscard]] QStringList texts() const
    {
        QStringList all;
        for (QWidget *editor : m_editors) {
            if (const auto *line = qobject_cast<QLineEdit *>(editor))
                all.append(line->text());
            else
                all.append(static_cast<QComboBox *>(editor)->currentData().toString());
        }
        return all;
    }
    [[nodiscard]] bool isSecret() const
    {
        return m_field.m_rules.isSecret && m_field.m_rules.isSecret(texts());
    }
    [[nodiscard]] bool isEmpty() const
    {
        const QStringList now = texts();
        for (qsizetype i = 0; i < now.size(); ++i) {
            const auto &choices = m_field.m_columns[std::size_t(i)].choices;
            if (now.at(i) != (choices.empty() ? QString() : choices.front().first))
                return false;
        }
        return !m_field.m_rules.isUsed || m_field.m_rules.isUsed(now);
    }
    QLineEdit *last() const { return static_cast<QLineEdit *>(m_editors.back()); }
    QWidget *first() const { return m_editors.front(); }

private:
    QLineEdit *makeLine(const Column &column, const QString &text)
    {
        auto *line = new QLineEdit(text);
        line->setPlaceholderText(column.name);
        connect(line, &QLineEdit::textEdited, this, [this] { m_field.changed(false); });
        return line;
    }

    QComboBox *makeChoice(const Column &column, const QString &value)
    {
        auto *box = new QComboBox;
        for (const auto &[id, words] : column.choices)
            box->addItem(words, id);
        if (box->findData(value) < 0 && !value.isEmpty())
            box->addItem(value, value);
        box->setCurrentIndex(std::max(0, box->findData(value)));
        connect(box, &QComboBox::activated, this, [this] {
            adapt();
            m_field.changed(true);
        });
        return box;
    }

    void makeBrowse()
    {
        m_browse = last()->addAction(icon(u"folder"_s), QLineEdit::TrailingPosition);
        m_browse->setToolTip(tr("Choose"));
        connect(m_browse, &QAction::triggered, this, [this] { browse(); });
    }

    void browse()
    {
        const QString now = last()->text();
        QString chosen;
        switch (m_field.m_rules.path(texts())) {
        case Path::None:
            return;
        case Path::Folder:
            chosen = QFileDialog::getExistingDirectory(this, m_field.m_name, now);
            break;
        case Path::OpenFile:
            chosen = QFileDialog::getOpenFileName(this, m_field.m_name, now);
            break;
        case Path::SaveFile:
            chosen = QFileDialog::getSaveFileName(this, m_field.m_name, now);
            break;
        }
        if (chosen.isEmpty())
            return;
        last()->setText(chosen);
        m_field.changed(true);
    }

    // The last field changes its meaning with the choice before it.
    void adapt()
    {
        const auto &rules = m_field.m_rules;
        const bool isHidden = isSecret();
        if (m_isHidden && !isHidden)
            last()->clear(); // or what was hidden would be shown, and kept
        m_isHidden = isHidden;
        last()->setEchoMode(isHidden ? QLineEdit::Password : QLineEdit::Normal);
        last()->setInputMethodHints(isHidden ? Qt::ImhHiddenText | Qt::ImhSensitiveData : Qt::ImhNone);
        last()->setVisible(!rules.isUsed || rules.isUsed(texts()));
        m_browse->setVisible(rules.path && rules.path(texts()) != Path::None);
    }

    EntriesField &m_field;
    std::vector<QWidget *> m_editors;
    QAction *m_browse = nullptr;
    bool m_isHidden = false;
};

EntriesField::EntriesField(const QString &name, std::vector<Column> columns, Rules rules, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_columns(std::move(columns))
    , m_rules(std::move(rules))
    , m_list(new QVBoxLayout)
    , m_add(new QToolButton)
    , m_problem(new QLabel)
{
    m_add->setAccessibleName(tr("%1, add").arg(name));
    m_add->setText(tr("Add"));
    m_add->setIcon(icon(u"add"_s));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_problem->setWordWrap(true);
    m_problem->setFont(smallFont(font()));
    m_problem->setForegroundRole(QPalette::BrightText);
    m_problem->hide();
    m_list->setSpacing(space::xs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addLayout(m_list);
    layout->addWidget(m_problem);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QToolButton::clicked, this, [this] {
        addRow({});
        changed(true); // a choice alone may be an entry
        allRows().back()->first()->setFocus(Qt::OtherFocusReason);
    });
}

std::vector<EntriesField::Row *> EntriesField::allRows() const
{
    std::vector<Row *> all;
    for (int i = 0; i < m_list->count(); ++i)
        all.push_back(static_cast<Row *>(m_list->itemAt(i)->widget()));
    return all;
}

void EntriesField::addRow(const QStringList &texts)
{
    m_list->addWidget(new Row(*this, texts));
}

void EntriesField::removeRow(Row *row)
{
    m_list->removeWidget(row);
    row->hide();
    row->deleteLater();
    m_add->setFocus(Qt::OtherFocusReason);
    changed(true);
}

void EntriesField::changed(bool whole)
{
    check();
    Q_EMIT edited(whole);
}

void EntriesField::setRows(const std::vector<QStringList> &wanted)
{
    if (wanted == rows())
        return;
    const QHash<QString, QString> typed = secrets();
    for (Row *row : allRows()) {
        m_list->removeWidget(row);
        delete row;
    }
    for (QStringList texts : wanted) {
        if (m_rules.isSecret && m_rules.isSecret(texts))
            texts.last() = typed.value(texts.first());
        addRow(texts);
    }
    check();
}

std::vector<QStringList> EntriesField::rows() const
{
    std::vector<QStringList> all;
    for (const Row *row : allRows()) {
        QStringList texts = row->texts();
        if (row->isSecret())
            texts.last().clear();
        if (!row->isEmpty())
            all.push_back(texts);
    }
    return all;
}

QHash<QString, QString> EntriesField::secrets() const
{
    QHash<QString, QString> all;
    for (const Row *row : allRows()) {
        if (row->isSecret())
            all.insert(row->texts().first(), row->texts().last());
    }
    return all;
}

void EntriesField::forgetSecrets()
{
    for (const Row *row : allRows()) {
        if (row->isSecret())
            row->last()->clear();
    }
    check();
}

QString EntriesField::problem() const
{
    return m_problem->text();
}

void EntriesField::check()
{
    QString problem;
    for (const Row *row : allRows()) {
        const QString why = row->isEmpty() || !m_rules.whyNot ? QString() : m_rules.whyNot(row->texts());
        row->first()->setAccessibleDescription(why);
        if (problem.isEmpty())
            problem = why;
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

}
