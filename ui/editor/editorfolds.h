// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTextCursor>

#include <vector>

class QPlainTextEdit;

namespace ui {

/// Rows that can be hidden under their first one, by block numbers from 0.
struct FoldRows
{
    int first = 0; ///< stays in sight
    int last = 0;

    friend bool operator==(const FoldRows &, const FoldRows &) = default;
};

/// Hides rows of an editor. A fold belongs to its first row and moves with it; it opens when its rows are no
/// fold any more, and when the cursor gets into it: what is hidden is never changed unseen by a key.
class EditorFolds : public QObject
{
    Q_OBJECT

public:
    explicit EditorFolds(QPlainTextEdit &editor);

    /// What can be folded now, ordered by first row. What is folded stays so where it still can be.
    void setFoldable(std::vector<FoldRows> folds);

    [[nodiscard]] bool isFoldable(int block) const;
    [[nodiscard]] bool isFolded(int block) const;
    /// How many rows are hidden under this one.
    [[nodiscard]] int hiddenRows(int block) const;

    void setFolded(int block, bool folded);
    /// The innermost fold around the row is closed; on a closed one, it is opened.
    void toggleAround(int block);
    void foldAll();
    void unfoldAll();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] const FoldRows *foldAt(int block) const;
    [[nodiscard]] std::vector<int> foldedRows() const;
    void reveal();
    void moveCursorOut();
    void apply();

    QPlainTextEdit &m_editor;
    std::vector<FoldRows> m_folds;
    std::vector<QTextCursor> m_folded; ///< in the first row of each closed fold
};

}
