// SPDX-License-Identifier: Apache-2.0
// A word that is no instruction stops the build at once. For whom: everybody who types. Found by the keyword
// alone.
#include "lint/nearest.h"
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/edits.h"

using namespace dockerfile;

namespace lint::rules {

namespace {

QStringList allKeywords()
{
    QStringList names;
    for (int i = int(Keyword::Unknown) + 1; i <= int(Keyword::Workdir); ++i)
        names.append(keywordText(Keyword(i)));
    return names;
}

Findings check(const Input &input)
{
    Findings findings;
    const QStringList keywords = allKeywords();
    for (const Instruction &instruction : input.instructions) {
        if (instruction.keyword() != Keyword::Unknown)
            continue;
        const Word word = instruction.keywordWord();
        Finding finding = found(word.range, Text::tr("\"%1\" is no instruction.").arg(word.text.left(40)));
        if (QString meant = nearest(word.text, keywords); !meant.isEmpty()) {
            if (word.text == word.text.toLower())
                meant = meant.toLower();
            finding.hint = Text::tr("Did you mean %1?").arg(meant);
            finding.fix = replaceWord(word, meant);
            finding.fixLabel = Text::tr("Write %1").arg(meant);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}

const Rule unknownInstruction{QLatin1StringView("unknown-instruction"),
                              {},
                              Severity::Error,
                              QT_TRANSLATE_NOOP("lint", "An instruction that the builder does not know"),
                              check};

}
