// SPDX-License-Identifier: Apache-2.0
#include "editor/editorfolds.h"

#include <QPlainTextEdit>
#include <QTextBlock>

#include <algorithm>

namespace ui {

EditorFolds::EditorFolds(QPlainTextEdit &editor)
    : QObject(&editor)
    , m_editor(editor)
{
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, &EditorFolds::reveal);
}

void EditorFolds::setFoldable(std::vector<FoldRows> folds)
{
    if (m_folds == folds && m_folded.empty())
        return;
    m_folds = std::move(folds);
    if (!m_folded.empty())
        apply();
    Q_EMIT changed();
}

const FoldRows *EditorFolds::foldAt(int block) const
{
    const auto found = std::ranges::lower_bound(m_folds, block, {}, &FoldRows::first);
    return found != m_folds.end() && found->first == block ? &*found : nullptr;
}

std::vector<int> EditorFolds::foldedRows() const
{
    std::vector<int> rows;
    for (const auto &cursor : m_folded)
        rows.push_back(cursor.blockNumber());
    std::ranges::sort(rows);
    return rows;
}

bool EditorFolds::isFoldable(int block) const
{
    return foldAt(block) != nullptr;
}

bool EditorFolds::isFolded(int block) const
{
    return std::ranges::any_of(m_folded,
                               [block](const QTextCursor &cursor) { return cursor.blockNumber() == block; });
}

int EditorFolds::hiddenRows(int block) const
{
    const auto *fold = foldAt(block);
    return fold && isFolded(block) ? fold->last - fold->first : 0;
}

void EditorFolds::setFolded(int block, bool folded)
{
    if (folded == isFolded(block) || (folded && !isFoldable(block)))
        return;
    if (folded)
        m_folded.emplace_back(m_editor.document()->findBlockByNumber(block));
    else
        std::erase_if(m_folded, [block](const QTextCursor &cursor) { return cursor.blockNumber() == block; });
    apply();
    moveCursorOut();
    Q_EMIT changed();
}

void EditorFolds::toggleAround(int block)
{
    if (isFolded(block)) {
        setFolded(block, false);
        return;
    }
    const FoldRows *innermost = nullptr;
    for (const auto &fold : m_folds)
        if (fold.first <= block && block <= fold.last)
            innermost = &fold;
    if (innermost)
        setFolded(innermost->first, true);
}

void EditorFolds::foldAll()
{
    m_folded.clear();
    for (const auto &fold : m_folds)
        m_folded.emplace_back(m_editor.document()->findBlockByNumber(fold.first));
    apply();
    moveCursorOut();
    Q_EMIT changed();
}

void EditorFolds::unfoldAll()
{
    if (m_folded.empty())
        return;
    m_folded.clear();
    apply();
    m_editor.ensureCursorVisible();
    Q_EMIT changed();
}

// Opens what hides the cursor, and the other end of the selection.
void EditorFolds::reveal()
{
    const QTextCursor cursor = m_editor.textCursor();
    const int block = cursor.blockNumber();
    if (m_folded.empty() || cursor.block().isVisible())
        return;
    std::erase_if(m_folded, [&](const QTextCursor &folded) {
        const auto *fold = foldAt(folded.blockNumber());
        return fold && fold->first < block && block <= fold->last;
    });
    // Rows that an edit brought here may belong to no fold yet.
    for (auto hidden = cursor.block(); hidden.isValid() && !hidden.isVisible(); hidden = hidden.previous())
        hidden.setVisible(true);
    apply();
    Q_EMIT changed();
}

void EditorFolds::moveCursorOut()
{
    QTextCursor cursor = m_editor.textCursor();
    auto block = cursor.block();
    if (block.isVisible())
        return;
    while (block.isValid() && !block.isVisible())
        block = block.previous();
    cursor.setPosition(block.position() + block.length() - 1);
    m_editor.setTextCursor(cursor);
}

void EditorFolds::apply()
{
    std::erase_if(m_folded, [this](const QTextCursor &cursor) { return !foldAt(cursor.blockNumber()); });
    const std::vector<int> folded = foldedRows();

    bool isChanged = false;
    int hiddenTo = -1;
    auto next = folded.begin();
    int number = 0;
    for (auto block = m_editor.document()->begin(); block.isValid(); block = block.next(), ++number) {
        const bool isVisible = number > hiddenTo;
        for (; next != folded.end() && *next == number; ++next)
            hiddenTo = std::max(hiddenTo, foldAt(number)->last);
        if (block.isVisible() == isVisible && block.lineCount() == (isVisible ? 1 : 0))
            continue;
        block.setVisible(isVisible);
        block.setLineCount(isVisible ? 1 : 0);
        isChanged = true;
    }
    if (!isChanged)
        return;
    auto *layout = static_cast<QPlainTextDocumentLayout *>(m_editor.document()->documentLayout());
    layout->requestUpdate();
    Q_EMIT layout->documentSizeChanged(layout->documentSize());
    m_editor.viewport()->update();
}

}
