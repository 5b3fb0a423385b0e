// SPDX-License-Identifier: Apache-2.0
#include "graph/edgedraft.h"

#include "graph/text.h"

namespace graph {

void EdgeDraft::add(const Section::Taken &taken, int firstLine)
{
    const int line = firstLine + taken.offset;
    if (lines.empty() || lines.back() != line)
        lines.push_back(line);
    for (const QString &path : taken.source.paths) {
        if (paths == 0)
            firstPath = path;
        if (paths == 0 || path != firstPath)
            ++paths;
    }
}

QString EdgeDraft::label() const
{
    return paths > 1 ? Text::tr("%n paths", nullptr, paths) : firstPath;
}

EdgeKind kindOf(const Source &source)
{
    if (!source.from)
        return EdgeKind::Context;
    return source.kind == Source::Kind::Copy ? EdgeKind::CopyFrom : EdgeKind::Mount;
}

// No variable is expanded there; the builder refuses it (dockerfile2llb, toCommand: "variable expansion is
// not supported for --from").
int stageOf(const Source &source, int stages, const QHash<QString, int> &byName)
{
    bool isNumber = false;
    const int index = source.from->toInt(&isNumber);
    if (!isNumber)
        return byName.value(source.from->toLower(), -1);
    const bool byIndex = source.kind == Source::Kind::Copy; // mounts know names only
    return byIndex && index >= 0 && index < stages ? index : -1;
}

}
