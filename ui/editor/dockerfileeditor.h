// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "editor/rownote.h"
#include "lint/finding.h"

#include <QHash>
#include <QPlainTextEdit>
#include <QTextCursor>

#include <memory>

class QMenu;

namespace ui {

class CodeHighlighter;
class EditorFolds;
class EditorGutter;
class EditorNotes;

/// The exact text behind what the editor shows. Copying takes it from there, and pasting goes there, because
/// the widget itself does not keep every character.
class EditorText
{
public:
    virtual ~EditorText() = default;
    [[nodiscard]] virtual QString textOf(base::TextRange display) const = 0;
    virtual void replaceText(base::TextRange display, const QString &text) = 0;
};

/// Shows a Dockerfile: highlighted, with row numbers, folds, findings underlined and marked in the gutter,
/// and notes of the last build in a column at the right. It knows positions of its own display only;
/// EditorBinding joins it with the document. Undo and redo are wishes to the outside.
class DockerfileEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DockerfileEditor(QWidget *parent = nullptr);
    ~DockerfileEditor() override;

    /// Not owned; null for a plain widget.
    void setTextSource(EditorText *source) { m_source = source; }

    /// Something to underline, at a range of the display. It moves with the text until the next call.
    struct Mark
    {
        base::TextRange range;
        lint::Severity severity = lint::Severity::Warning;
        QString message;
        QString hint;
        bool isBroken = false; ///< the builder cannot read this place: its rows get a ground of their own
        bool hasFix = false;
    };
    void setMarks(const std::vector<Mark> &marks);
    /// By row, from 1. They move with their rows until the next call.
    void setRowNotes(const QHash<int, RowNote> &notes);
    /// The rows of the selected stage get a band at their left; an empty band with first = 0.
    void setBand(int firstRow, int lastRow);

    /// What a search found, ascending. They stay where they are until the next call.
    void setHits(std::vector<base::TextRange> hits);
    [[nodiscard]] const std::vector<base::TextRange> &hits() const { return m_hits; }
    /// Where alone is searched; empty for everywhere.
    void setSearchedPart(const QTextCursor &part);
    /// Places that belong together: the uses of a name. They move with the text.
    void setOccurrences(const std::vector<base::TextRange> &places);
    /// What a click would follow; empty for nothing.
    void setLink(base::TextRange place);

    [[nodiscard]] EditorFolds &folds() { return *m_folds; }
    [[nodiscard]] CodeHighlighter &highlighter() { return *m_highlighter; }

    void setWhitespaceShown(bool shown);
    void zoomBy(int steps);
    void resetZoom();

    [[nodiscard]] int cursorRow() const;
    /// The column counts characters, from 1; one past the row's end is its end.
    void goToRow(int row, int column = 1);
    void selectDisplay(base::TextRange range);

    /// The worst finding of each row that has one, by row from 1.
    [[nodiscard]] QHash<int, lint::Severity> severitiesByRow() const;
    [[nodiscard]] QHash<int, RowNote> rowNotes() const;
    /// The findings and the note of a row, for a tooltip; empty without any.
    [[nodiscard]] QString tooltipOfRow(int row) const;
    /// Where a row is painted in the viewport, which may be out of sight.
    [[nodiscard]] QRectF rowRect(int row) const;
    [[nodiscard]] bool isRowShown(int row) const;
    /// Whether a finding of this row can be mended at once.
    [[nodiscard]] bool hasFix(int row) const;
    /// What is known of the findings at a point of the viewport, as rich text.
    [[nodiscard]] QString tooltipAt(QPoint position) const;

Q_SIGNALS:
    void cursorRowChanged(int row);
    void rowActivated(int row); ///< its number was clicked
    void undoRequested();
    void redoRequested();
    void typed(const QString &text);                     ///< a key has put it into the document
    void fixesRequested(int row);                        ///< the light bulb was clicked
    void contextMenuShown(QMenu *menu, QPoint position); ///< to add to it; `position` in the viewport

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    friend class EditorGutter;

    struct PlacedMark
    {
        QTextCursor cursor;
        Mark mark;
    };

    void applyTheme();
    void showMarks();
    void layOutColumns();
    [[nodiscard]] QTextCursor cursorOver(base::TextRange range) const;
    [[nodiscard]] bool takesKey(const QKeyEvent &key) const;

    // editorpaint.cpp
    void paintGrounds(QPainter &painter);
    void paintBand(QPainter &painter);
    void paintHits(QPainter &painter);
    void paintWhitespace(QPainter &painter);
    void paintFoldPills(QPainter &painter);
    [[nodiscard]] std::vector<QTextBlock> shownBlocks() const;
    [[nodiscard]] QRectF placeInRow(const QTextBlock &block, qsizetype start, qsizetype end) const;
    [[nodiscard]] QRectF foldPill(const QTextBlock &block) const;
    [[nodiscard]] static QString foldText(int rows);

    std::unique_ptr<CodeHighlighter> m_highlighter;
    EditorFolds *m_folds = nullptr;
    EditorGutter *m_gutter = nullptr;
    EditorNotes *m_notes = nullptr;
    EditorText *m_source = nullptr;
    std::vector<PlacedMark> m_marks;
    std::vector<QTextCursor> m_occurrences;
    std::vector<base::TextRange> m_hits;
    QTextCursor m_searchedPart;
    QTextCursor m_link;
    QTextCursor m_band;
    qreal m_ownPointSize = 0; ///< before any zoom
    int m_cursorRow = 1;
    int m_changes = 0; ///< of the text, counted
    bool m_showsWhitespace = false;
};

}
