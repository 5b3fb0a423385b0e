// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui {

/// QUndoCommand::id() of the commands that merge: only those of one id are offered to each other.
enum class CommandId { Typing = 1, Settings };

}
