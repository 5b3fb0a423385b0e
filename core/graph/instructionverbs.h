// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "dockerfile/forms/form.h"
#include "graph/stagegraph.h"

namespace graph {

/// Verbs on one instruction, by its logical line. All but the first leave FROM lines to the verbs on stages,
/// and none makes another line mean something else: moving an ARG below its use is refused, say.

/// The line after which a new instruction of that kind stands best: its FROM for ARG, before the first CMD or
/// ENTRYPOINT for most, at the end for those.
int placeFor(const dockerfile::Tree &tree, const StageGraph &graph, const NodeKey &stage,
             dockerfile::Keyword keyword);

/// `text` is one instruction (see newInstruction). It stands after the logical line `after`, which belongs to
/// the stage; without, where placeFor says.
base::Result<base::TextEdit> addInstruction(const dockerfile::Tree &tree, const StageGraph &graph,
                                            const NodeKey &stage, const QString &text,
                                            std::optional<int> after = {});
/// As typed in a form or a line of the inspector.
base::Result<base::TextEdit> replaceInstruction(const dockerfile::Tree &tree, const StageGraph &graph,
                                                int line, const QString &text);
base::Result<base::TextEdit> editInstruction(const dockerfile::Tree &tree, const StageGraph &graph, int line,
                                             const dockerfile::Form &form);
base::Result<base::TextEdit> duplicateInstruction(const dockerfile::Tree &tree, const StageGraph &graph,
                                                  int line);
base::Result<base::TextEdit> deleteInstruction(const dockerfile::Tree &tree, const StageGraph &graph,
                                               int line);
/// `line` is an instruction.
base::Result<base::TextEdit> commentOutInstruction(const dockerfile::Tree &tree, const StageGraph &graph,
                                                   int line);
/// `line` is one of the comments that hold it.
base::Result<base::TextEdit> commentInInstruction(const dockerfile::Tree &tree, const StageGraph &graph,
                                                  int line);

/// To stand as number `position` (from 0) among the instructions of `stage`, its own or another; the
/// instruction itself is not counted. Its comments come along.
base::Result<base::TextEdit> moveInstruction(const dockerfile::Tree &tree, const StageGraph &graph, int line,
                                             const NodeKey &stage, int position);
/// Past its neighbour in the same stage, or among the ARGs above the first FROM.
base::Result<base::TextEdit> moveInstructionUp(const dockerfile::Tree &tree, const StageGraph &graph,
                                               int line);
base::Result<base::TextEdit> moveInstructionDown(const dockerfile::Tree &tree, const StageGraph &graph,
                                                 int line);

}
