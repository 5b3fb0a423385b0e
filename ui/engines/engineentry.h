// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/placeprobe.h"

#include <QIcon>

namespace ui {

/// A line of the list of engines: a place, and what came of asking it.
struct EngineEntry
{
    enum class State : quint8 { Untried, Testing, Answers, Refused };

    engine::EnginePlace place{};
    State state = State::Untried;
    engine::PlaceAnswer answer{}; ///< Answers
    base::Error error{};          ///< Refused
    bool isUsed = false;          ///< builds run there
    bool isOwn = false;           ///< a person added it
};

/// "Answers: Docker Engine 26.1.5", for a list.
QString stateInWords(const EngineEntry &entry);
/// Icon of resources/icons and a tint for it.
QIcon stateIcon(const EngineEntry &entry);

}
