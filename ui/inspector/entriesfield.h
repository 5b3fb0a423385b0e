// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace ui {

/// A list of short entries, each a row of fields: a label and its value, a kind of output and its path. What
/// is wrong is said below while one types, and kept all the same.
class EntriesField : public QWidget
{
    Q_OBJECT

public:
    enum class Path : quint8 { None, Folder, OpenFile, SaveFile };

    struct Column
    {
        QString name;                                          ///< for screen readers, and as placeholder
        std::vector<std::pair<QString, QString>> choices = {}; ///< value and words; none: a line to type in
        int stretch = 1;
    };
    /// About a row as it stands; each may be left out.
    struct Rules
    {
        std::function<QString(const QStringList &row)> whyNot; ///< a sentence; empty: nothing is wrong
        std::function<bool(const QStringList &row)> isSecret;  ///< the last column is not to be seen
        std::function<bool(const QStringList &row)> isUsed;    ///< the last column says something
        std::function<Path(const QStringList &row)> path;      ///< what the last column can be chosen as
    };

    EntriesField(const QString &name, std::vector<Column> columns, Rules rules, QWidget *parent = nullptr);

    /// Rows as the settings have them: secrets are empty there, and keep what was typed here under the same
    /// first word.
    void setRows(const std::vector<QStringList> &rows);
    /// Those that are not empty; secrets are left out.
    [[nodiscard]] std::vector<QStringList> rows() const;
    /// What was typed into secret fields, by the first word of their row.
    [[nodiscard]] QHash<QString, QString> secrets() const;
    void forgetSecrets();
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    /// `whole`: a row came, went or chose otherwise; else a field is being typed in.
    void edited(bool whole);

private:
    class Row;

    void addRow(const QStringList &texts);
    void removeRow(Row *row);
    void changed(bool whole);
    void check();
    [[nodiscard]] std::vector<Row *> allRows() const;

    QString m_name;
    std::vector<Column> m_columns;
    Rules m_rules;
    QVBoxLayout *m_list;
    QToolButton *m_add;
    QLabel *m_problem;
};

}
