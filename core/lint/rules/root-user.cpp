// SPDX-License-Identifier: Apache-2.0
// The program runs as root when neither the stage that is built nor its bases say USER. Images called
// "nonroot" have a user of their own; of others the file cannot know, so it is advice.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/views.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

bool isRoot(const QString &user)
{
    const QString name = user.section(u':', 0, 0);
    return name == "root"_L1 || name == "0"_L1;
}

Findings check(const Input &input)
{
    if (input.graph.target < 0)
        return {};
    const graph::Stage &target = input.graph.stages[size_t(input.graph.target)];
    const auto chain = input.withBases(target);
    for (const graph::Stage *stage : chain) {
        const auto instructions = input.of(*stage);
        for (auto step = instructions.rbegin(); step != instructions.rend(); ++step) {
            if ((*step)->keyword() != Keyword::User)
                continue;
            if (!isRoot((*step)->arguments().trimmed()))
                return {};
            return {found((*step)->range(), Text::tr("The program runs as root."),
                          Text::tr("Switch to another user at the end, with USER 65532 for instance."))};
        }
    }
    const QString &base = chain.back()->resolvedBase;
    if (base.isEmpty() || base.contains(u'$') || base.contains("nonroot"_L1))
        return {};
    const From from = viewFrom(input.at(target.fromLine));
    return {found(from.image ? from.image->range : input.at(target.fromLine).range(),
                  Text::tr("The program runs as root: there is no USER."),
                  Text::tr("Add USER 65532, or take a \"nonroot\" image."))};
}

}

const Rule rootUser{QLatin1StringView("root-user"),
                    {},
                    Severity::Advice,
                    QT_TRANSLATE_NOOP("lint", "The program runs as root"),
                    check};

}
