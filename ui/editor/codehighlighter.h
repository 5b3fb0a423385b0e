// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"
#include "dockerfile/tree.h"
#include "editor/codespans.h"

#include <QTextCharFormat>

#include <memory>

class QTextBlock;
class QTextDocument;

namespace ui {

class DisplayMap;
struct ThemeColors;

/// Colours a Dockerfile by its tree, and what stands in RUN and heredocs by the definition of its language.
/// After an edit only the rows are coloured anew whose text, or the state before them, is another.
class CodeHighlighter
{
public:
    explicit CodeHighlighter(QTextDocument &document);
    ~CodeHighlighter();

    /// All of it again in these colours.
    void setColors(const ThemeColors &colors);

    /// The document shows another text.
    void showAll(const dockerfile::Tree &tree, const DisplayMap &map);
    /// The document shows the text after `edit`, which led from the tree shown before to this one.
    void showEdit(const dockerfile::Tree &tree, const DisplayMap &map, const base::TextEdit &edit);

private:
    struct LineRange
    {
        int first = 0;
        int end = 0;
    };
    struct RowMemory;
    class Embedded;

    [[nodiscard]] LineRange changedLines(const dockerfile::Tree &tree, const base::TextEdit &edit) const;
    void show(LineRange lines, const DisplayMap &map);
    void recolour();
    /// Returns whether the row looks otherwise than before.
    bool showRow(QTextBlock &block, CodeRow row, QStringView text, const RowMemory *before);
    [[nodiscard]] QTextCharFormat formatOf(CodeStyle style) const;

    QTextDocument &m_document;
    dockerfile::Tree m_tree; ///< what is shown
    std::unique_ptr<Embedded> m_embedded;
};

}
