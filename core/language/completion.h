// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textrange.h"
#include "graph/stagegraph.h"
#include "language/facts.h"

namespace language {

enum class CompletionKind : quint8 {
    Instruction,
    Directive,
    Flag,  ///< --from, or a field of --mount
    Value, ///< of a flag, a field, a directive; a signal, a port
    Stage,
    Image,
    Context, ///< a named build context
    Variable,
    File,
    Folder,
    User
};

/// One proposal.
struct CompletionItem
{
    QString label;  ///< what the list shows
    QString insert; ///< what replaces Completion::range
    CompletionKind kind = CompletionKind::Value;
    QString detail;                 ///< a line to show beside the label: a value, a size, a short meaning
    QString topic;                  ///< of its page, for topicText(); may be empty
    std::vector<qsizetype> matched; ///< letters of the label that were typed, to be shown bold
    bool goesOn = false; ///< more can be completed right after it (a folder, "--from="): ask again at once

    friend bool operator==(const CompletionItem &, const CompletionItem &) = default;
};

/// What can stand at a place. The items fit what was typed there, the best first.
struct Completion
{
    base::TextRange
        range; ///< to be replaced; starts at or before the place asked for and ends at or after it
    std::vector<CompletionItem> items;

    friend bool operator==(const Completion &, const Completion &) = default;
};

/// Cheap enough to be asked again for every key. `graph` must be built from `tree`.
Completion complete(const dockerfile::Tree &tree, const graph::StageGraph &graph, qsizetype offset,
                    const Facts &facts = {});

/// Whether the list should open by itself after `typed` was put before `offset`: at the start of an
/// instruction's word, after $, --, =, / and the like, never within a comment.
bool opensByItself(const dockerfile::Tree &tree, qsizetype offset, QChar typed);

}
