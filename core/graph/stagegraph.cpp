// SPDX-License-Identifier: Apache-2.0
#include "graph/stagegraph.h"

#include "graph/text.h"

#include <algorithm>

namespace graph {

QString Stage::displayName() const
{
    return name.isEmpty() ? Text::tr("stage %1").arg(index) : name;
}

const Stage *StageGraph::stage(const NodeKey &key) const
{
    const auto found = std::ranges::find(stages, key, &Stage::key);
    return found == stages.end() ? nullptr : &*found;
}

const Stage *StageGraph::stageCalled(QStringView nameOrIndex, int before) const
{
    const int count = std::clamp<int>(before, 0, int(stages.size()));
    bool isNumber = false;
    const int index = nameOrIndex.toInt(&isNumber);
    if (isNumber)
        return index >= 0 && index < count ? &stages[index] : nullptr;
    if (nameOrIndex.isEmpty())
        return nullptr;
    // Of two stages with one name the later one counts (BuildKit's map of names is overwritten).
    for (int i = count - 1; i >= 0; --i) {
        if (stages[i].name.compare(nameOrIndex, Qt::CaseInsensitive) == 0)
            return &stages[i];
    }
    return nullptr;
}

const Stage *StageGraph::stageAtLine(int line) const
{
    // Comments right above a FROM describe its stage, so the first stage that ends at or after the line is
    // it.
    const auto found = std::ranges::lower_bound(stages, line, {}, &Stage::lastLine);
    if (found == stages.end() || (found == stages.begin() && line < found->fromLine))
        return nullptr;
    return &*found;
}

}
