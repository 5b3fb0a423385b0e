// SPDX-License-Identifier: Apache-2.0
// An image without a tag, or with :latest, is another one tomorrow: the same file no longer builds the same
// image.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/views.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

bool moves(const QString &reference)
{
    if (reference.contains(u'@'))
        return false;
    const QString last = reference.section(u'/', -1); // a colon before is a registry's port
    return !last.contains(u':') || last.endsWith(":latest"_L1);
}

base::TextRange placeOf(const Input &input, const graph::Edge &edge)
{
    const Instruction &instruction = input.at(edge.lines.front());
    if (instruction.keyword() == Keyword::From) {
        if (const auto image = viewFrom(instruction).image)
            return image->range;
    } else if (const auto from = viewCopy(instruction).from; from && edge.kind == graph::EdgeKind::CopyFrom) {
        return from->valueRange;
    }
    for (const Mount &mount : viewRun(instruction).mounts) {
        if (edge.kind == graph::EdgeKind::Mount && mount.from == edge.from.name)
            return mount.fromRange;
    }
    return instruction.range();
}

Findings check(const Input &input)
{
    Findings findings;
    for (const graph::ExternalImage &image : input.graph.images) {
        if (image.isScratch || image.undefined || image.reference.contains(u'$') || !moves(image.reference))
            continue;
        for (const graph::Edge &edge : input.graph.edges) {
            if (edge.from != image.key)
                continue;
            findings.push_back(found(placeOf(input, edge),
                                     Text::tr("\"%1\" is another image tomorrow.").arg(image.reference),
                                     Text::tr("Name a version, as in alpine:3.22, or a digest.")));
            break;
        }
    }
    return findings;
}

}

const Rule movingTag{QLatin1StringView("moving-tag"),
                     {},
                     Severity::Advice,
                     QT_TRANSLATE_NOOP("lint", "An image without a fixed version"),
                     check};

}
