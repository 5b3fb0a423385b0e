// SPDX-License-Identifier: Apache-2.0
#include "build/stepstate.h"

namespace app {

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;

QString stateName(State state)
{
    switch (state) {
    case State::Waiting:
        return u"waiting"_s;
    case State::Running:
        return u"running"_s;
    case State::Done:
        return u"done"_s;
    case State::Cached:
        return u"cached"_s;
    case State::Failed:
        return u"failed"_s;
    case State::Cancelled:
        return u"cancelled"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

bool hasEnded(State state)
{
    return state != State::Waiting && state != State::Running;
}

}
