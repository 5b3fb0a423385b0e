// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QStringList>

#include <chrono>
#include <vector>

namespace ui {

/// A target or a group of a bake file, and how its newest build stands.
struct Variant
{
    enum class State : quint8 { None, Waiting, Running, Succeeded, Failed, Cancelled };

    QString name;
    QStringList members; ///< of a group; a target has none
    QString changes;     ///< what tells it from the others: "target debug · linux/arm64 · VERSION=2"
    QString description;
    bool isGroup = false;
    bool isEditable = false; ///< it stands in the file that is written here
    State state = State::None;
    QDateTime started;
    std::chrono::nanoseconds duration{0};
    qint64 sizeBytes = 0; ///< of the image; 0: not known
    QString error;        ///< why it failed

    friend bool operator==(const Variant &, const Variant &) = default;
};

/// The variants of a design as a table.
class VariantsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ChangesColumn, StateColumn, TimeColumn, SizeColumn, ColumnCount };
    enum Role { NameRole = Qt::UserRole, StateRole, SortRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows of the same names stay where they are.
    void setVariants(const std::vector<Variant> &variants);
    /// The time of what runs goes on.
    void tick();

    [[nodiscard]] const Variant *variant(const QModelIndex &index) const;
    [[nodiscard]] const std::vector<Variant> &variants() const { return m_variants; }
    [[nodiscard]] QModelIndex indexOf(const QString &name) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString stateInWords(Variant::State state);

private:
    [[nodiscard]] QVariant text(const Variant &variant, int column) const;

    std::vector<Variant> m_variants;
};

}
