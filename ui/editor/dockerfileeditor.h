// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "editor/rownote.h"
#include "lint/finding.h"

#include <QHash>
#include <QPlainTextEdit>

#include <memory>

namespace KSyntaxHighlighting {
class Repository;
class SyntaxHighlighter;
}

namespace ui {

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

/// Shows a Dockerfile: highlighted, with row numbers, findings underlined and marked in the gutter, and notes
/// of the last build in a column at the right. It knows positions of its own display only; EditorBinding
/// joins it with the document. Undo and redo are wishes to the outside.
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
    };
    void setMarks(const std::vector<Mark> &marks);
    /// By row, from 1. They move with their rows until the next call.
    void setRowNotes(const QHash<int, RowNote> &notes);
    /// The rows of the selected stage get a band at their left; an empty band with first = 0.
    void setBand(int firstRow, int lastRow);

    [[nodiscard]] int cursorRow() const;
    void goToRow(int row);
    void selectDisplay(base::TextRange range);

    /// The worst finding of each row that has one, by row from 1.
    [[nodiscard]] QHash<int, lint::Severity> severitiesByRow() const;
    [[nodiscard]] QHash<int, RowNote> rowNotes() const;
    /// The findings and the note of a row, for a tooltip; empty without any.
    [[nodiscard]] QString tooltipOfRow(int row) const;
    /// Where a row is painted in the viewport, which may be out of sight.
    [[nodiscard]] QRectF rowRect(int row) const;

Q_SIGNALS:
    void cursorRowChanged(int row);
    void rowActivated(int row); ///< its number was clicked
    void undoRequested();
    void redoRequested();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
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
    void zoomBy(int steps);
    void layOutColumns();
    void paintBands(QPainter &painter);
    [[nodiscard]] QString tooltipAt(QPoint position) const;

    std::unique_ptr<KSyntaxHighlighting::Repository> m_repository;
    KSyntaxHighlighting::SyntaxHighlighter *m_highlighter = nullptr;
    EditorGutter *m_gutter = nullptr;
    EditorNotes *m_notes = nullptr;
    EditorText *m_source = nullptr;
    std::vector<PlacedMark> m_marks;
    QTextCursor m_band;
    int m_cursorRow = 1;
};

}
