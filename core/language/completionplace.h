// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/stagegraph.h"
#include "language/reading.h"

#include <optional>

namespace language {

/// Where something is typed: what the builder would read if the text ended there.
struct CompletionPlace
{
    enum class Kind : quint8 {
        Nothing,
        Keyword, ///< at, or where one can start
        Comment, ///< that is, or can become, a directive or an instruction's "# check="
        Flag,
        Word,
        Heredoc ///< the body of one
    };

    Kind kind = Kind::Nothing;
    int line = -1;  ///< logical line; the line count for a new one at the end
    int stage = -1; ///< index of the stage it stands in; -1 before the first FROM
    bool afterOnbuild = false;
    qsizetype offset = 0;
    dockerfile::Keyword keyword = dockerfile::Keyword::Unknown; ///< of the instruction
    QStringList flags;                                          ///< written before this one
    QStringList words;              ///< finished before this one; of a JSON form its items
    QString word;                   ///< what is typed of this flag, word, comment or body
    bool inJson = false;            ///< within a string of a JSON form
    bool expands = true;            ///< of a heredoc's body: variables count
    QString argumentsSoFar;         ///< everything after keyword and flags
    QString after;                  ///< what follows in the row
    std::optional<Reading> reading; ///< of the instruction up to here; none elsewhere

    /// Where the last `length` characters that were typed stand, and what follows of the same piece:
    /// characters that `goesOn` takes, if anything was typed at all.
    template <class GoesOn>
    [[nodiscard]] base::TextRange piece(qsizetype length, GoesOn goesOn) const
    {
        qsizetype more = 0;
        while (length > 0 && more < after.size() && goesOn(after[more]))
            ++more;
        qsizetype start = offset - length;
        if (reading && length > 0) // it may have begun in the row above
            start = reading->range({reading->text().size() - length, length}).start;
        return {start, offset + more - start};
    }
};

CompletionPlace completionPlace(const dockerfile::Tree &tree, const graph::StageGraph &graph,
                                qsizetype offset);

/// No line before this one is anything but a directive.
bool isAmongDirectives(const dockerfile::Tree &tree, int line);

/// Index of the last stage whose FROM stands at or before the line; -1 before the first. Unlike
/// StageGraph::stageAtLine(), a comment above a FROM counts to the stage before it.
int stageIndexAt(const graph::StageGraph &graph, int line);

}
