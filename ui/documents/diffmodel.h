// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace ui {

/// Two texts line by line, the same lines beside each other.
class DiffModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { LeftNumber, LeftText, RightNumber, RightText, ColumnCount };
    enum Role { KindRole = Qt::UserRole };
    enum class Kind : quint8 {
        Same,
        Changed, ///< both sides have a line here
        LeftOnly,
        RightOnly
    };
    Q_ENUM(Kind)

    using QAbstractTableModel::QAbstractTableModel;

    void setTexts(const QString &left, const QString &right);
    /// For the column heads.
    void setTitles(const QString &left, const QString &right);

    /// The rows where changes begin, in ascending order.
    [[nodiscard]] const std::vector<int> &changes() const { return m_changes; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        Kind kind = Kind::Same;
        int left = -1; ///< row of the text, -1: none
        int right = -1;
    };

    [[nodiscard]] QStringView lineAt(const Row &row, bool isLeft) const;
    [[nodiscard]] QString shownText(const Row &row, bool isLeft) const;
    [[nodiscard]] QString spokenText(const Row &row, bool isLeft) const;

    QString m_left;
    QString m_right;
    QString m_titles[2];
    std::vector<QStringView> m_leftLines;
    std::vector<QStringView> m_rightLines;
    std::vector<Row> m_rows;
    std::vector<int> m_changes;
};

}
