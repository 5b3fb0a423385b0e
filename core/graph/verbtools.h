// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"
#include "graph/text.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace graph {

/// What the verbs of this library have in common.

std::unexpected<base::Error> noSuchStage(const NodeKey &key);
std::unexpected<base::Error> noSuchInstruction();

/// `line`, or the first line above it that is not blank; not below `from`.
int lastLineWithText(const dockerfile::Tree &tree, int from, int upTo);
/// The first line of the stage's block: the comments directly above its FROM, unless they open the file.
int firstLineOfStage(const dockerfile::Tree &tree, const Stage &stage);
bool endsItsRow(const dockerfile::Tree &tree, int line);
/// The characters of whole lines without the line end of the last one.
base::TextRange contentOf(const dockerfile::Tree &tree, int first, int last);
QString textOf(const dockerfile::Tree &tree, base::TextRange range);
/// Blank rows, each with its line end.
QString blankRows(const QString &lineEnd, int count);

/// References by index (--from=0) as they must read when stage i is the stage `now(i)`; lines in `gone` are
/// left out.
base::TextEdit renumbered(const dockerfile::Tree &tree, const StageGraph &graph,
                          const std::function<int(int)> &now, const QSet<int> &gone = {});
/// Adds the replacements of another edit of the same text.
void add(base::TextEdit &edit, const base::TextEdit &other);
/// The text of a range after what `edit` does within it; `edit` loses that part.
QString taken(const dockerfile::Tree &tree, base::TextRange range, base::TextEdit &edit);

/// What --from= says to mean the node; empty for the build context. For a mount's from= names only.
enum class SourceUse { Copy, Mount };
base::Result<QString> sourceText(const StageGraph &graph, const NodeKey &from, const Stage &to,
                                 SourceUse use);

/// Where a mount takes from; nothing for those that take from nowhere.
std::optional<NodeKey> mountSource(const StageGraph &graph, const QString &type,
                                   const std::optional<QString> &from);

/// Removes what makes the edges, none of them a FROM: COPY and ADD lines with their comments, which are added
/// to `gone`, and mounts of RUN lines, which are added to `changed`.
base::Result<base::TextEdit> withoutEdges(const dockerfile::Tree &tree, const StageGraph &graph,
                                          const std::vector<Edge> &edges, QSet<int> &gone,
                                          QSet<int> &changed);

/// Logical lines that are instructions.
std::vector<int> instructionLines(const dockerfile::Tree &tree);

/// What a verb promises to leave as it is.
struct Promise
{
    /// Of the new text's instructions, in order, which line each was before; -1 for new ones.
    std::vector<int> lines;
    /// Which stage stands for an old one, where its FROM does not tell: old index -> new index.
    QHash<int, int> stages;
    QSet<int> changed;           ///< old lines that may take from elsewhere than before
    bool keepsReferences = true; ///< all others take from the same stages and images
    bool keepsVariables = true;  ///< the names that they use have the same values
};
/// All references and values stay.
Promise promiseOf(std::vector<int> lines);
/// The edit, or why the promise would be broken: a new mistake, a line that would mean something else.
base::Result<base::TextEdit> ifKept(const dockerfile::Tree &tree, const base::TextEdit &edit,
                                    const Promise &promise);

}
