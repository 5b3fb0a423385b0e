// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"

#include <QString>

#include <vector>

namespace ui {

/// A document's exact text, and how a QTextDocument shows it. The widget cannot hold every text: it has one
/// kind of line end, and no place for a NUL. So each character is shown by one of the widget's, except that
/// CRLF is one line end there and a BOM at the start is not shown. Positions translate both ways, and
/// characters that nobody touched are never read back from the widget.
class DisplayMap
{
public:
    explicit DisplayMap(QString text = {});

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] qsizetype displayLength() const;

    [[nodiscard]] qsizetype toText(qsizetype displayPosition) const;
    /// Inside CRLF: the place before it.
    [[nodiscard]] qsizetype toDisplay(qsizetype textPosition) const;
    [[nodiscard]] base::TextRange toText(base::TextRange display) const;
    [[nodiscard]] base::TextRange toDisplay(base::TextRange text) const;

    /// What the widget shows for these display positions; '\n' between blocks.
    [[nodiscard]] QString display(base::TextRange display) const;

    /// Changes the text; returns the change of the display, in coordinates of the display before, without
    /// what stayed the same. It may be empty where only invisible characters changed (LF to CRLF).
    base::Replacement apply(const base::Replacement &change);

    /// The change of the text that a change of the display means: '\n' becomes the line end used nearby.
    [[nodiscard]] base::Replacement textChange(const base::Replacement &displayChange) const;

private:
    [[nodiscard]] QString lineEndNear(base::TextRange replaced) const;

    QString m_text;
    qsizetype m_bom = 0;
    std::vector<qsizetype> m_crlf; ///< display positions of the line ends that are CRLF, ascending
};

}
