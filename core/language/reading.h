// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/linelexer.h"
#include "dockerfile/tree.h"

namespace language {

/// An instruction's line as the builder joins it, whole or up to a place, with the way back to the document.
class Reading
{
public:
    /// `line` is of kind Instruction. What stands at `end` (in the document) and after it is left out.
    Reading(const dockerfile::Tree &tree, int line, qsizetype end);
    Reading(const dockerfile::Tree &tree, int line)
        : Reading(tree, line, tree.lineRange(line).end())
    {}

    [[nodiscard]] const QString &text() const { return m_text; } ///< the joined line
    [[nodiscard]] QStringView text(dockerfile::Span span) const { return span.in(m_text); }
    /// The instruction; of ONBUILD also the one behind it, and so on. Spans are places in text().
    [[nodiscard]] const std::vector<dockerfile::InstructionParts> &parts() const { return m_parts; }
    /// The last of them: what is done in the end.
    [[nodiscard]] const dockerfile::InstructionParts &inner() const { return m_parts.back(); }

    /// Where a part of text() stands in the document, continuations within it included.
    [[nodiscard]] base::TextRange range(dockerfile::Span span) const;
    /// The way there: the place in text() of a place in the document; within what was left out, the next.
    [[nodiscard]] qsizetype placeOf(qsizetype offset) const;

private:
    struct Piece
    {
        qsizetype start; ///< in the document
        qsizetype joined;
        qsizetype length;
    };

    QString m_text;
    std::vector<Piece> m_pieces;
    std::vector<dockerfile::InstructionParts> m_parts;
    qsizetype m_lineStart = 0;
};

}
