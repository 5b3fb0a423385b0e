// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/stepname.h"

namespace engine {

using namespace Qt::StringLiterals;

void readStepName(BuildStep &step)
{
    step.stage.clear();
    step.platform.clear();
    step.position = 0;
    step.count = 0;
    step.instruction = step.name;
    const qsizetype end = step.name.indexOf(u']');
    if (!step.name.startsWith(u'[') || end < 0)
        return;
    step.instruction = step.name.sliced(end + 1).trimmed();
    QStringList words = step.name.sliced(1, end - 1).split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return;
    // The last word is "3/5" for steps of a stage; "internal", "auth" and the like have no such word.
    const QStringList numbers = words.takeLast().split(u'/');
    bool hasPosition = false;
    bool hasCount = false;
    if (numbers.size() != 2)
        return;
    const int position = numbers.at(0).toInt(&hasPosition);
    const int count = numbers.at(1).toInt(&hasCount);
    if (!hasPosition || !hasCount)
        return;
    step.position = position;
    step.count = count;
    if (!words.isEmpty() &&
        words.first().contains(u'/')) // no stage's name has a slash, and every platform has one
        step.platform = words.takeFirst();
    step.stage = words.isEmpty() ? u"stage-0"_s : words.join(u' ');
}

}
