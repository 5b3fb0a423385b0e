// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "language/completion.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ui {

/// What can be put at the cursor, the best first.
class CompletionModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<language::CompletionItem> items);
    [[nodiscard]] const std::vector<language::CompletionItem> &items() const { return m_items; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<language::CompletionItem> m_items;
};

/// What kind of thing it is, in a word.
QString completionKindText(language::CompletionKind kind);

/// Its icon, the label with the typed letters bold, the detail at the right.
class CompletionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

}
