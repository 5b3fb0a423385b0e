// SPDX-License-Identifier: Apache-2.0
// ADD unpacks archives and downloads; for plain files COPY says what happens. Told only where COPY does the
// very same: local sources, none of them an archive or a pattern that may match one, no flag that only ADD
// has.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/edits.h"
#include "dockerfile/views.h"

#include <QRegularExpression>

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

bool needsAdd(const QString &source)
{
    static const QRegularExpression special(
        uR"(\.(tar|tgz|tbz2?|txz|tzst|gz|bz2|xz|zst)$|^[a-z][a-z0-9+.-]*://|^git@|\$|[*?\[]|^<<)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return special.match(source).hasMatch();
}

Findings check(const Input &input)
{
    Findings findings;
    for (const Instruction &instruction : input.instructions) {
        if (instruction.keyword() != Keyword::Add)
            continue;
        const Copy copy = viewCopy(instruction);
        const auto isOwn = [](const Flag &flag) {
            return flag.name == "checksum"_L1 || flag.name == "keep-git-dir"_L1 || flag.name == "unpack"_L1;
        };
        if (copy.sources.empty() || !copy.destination || std::ranges::any_of(instruction.flags(), isOwn) ||
            std::ranges::any_of(copy.sources, needsAdd, &Word::text))
            continue;
        const Word keyword = instruction.keywordWord();
        Finding finding =
            found(keyword.range, Text::tr("ADD copies plain files here."),
                  Text::tr("COPY does the same, and cannot surprise with unpacking or downloading."));
        finding.fix = replaceWord(keyword, keyword.text == keyword.text.toLower() ? u"copy"_s : u"COPY"_s);
        finding.fixLabel = Text::tr("Write COPY");
        findings.push_back(std::move(finding));
    }
    return findings;
}

}

const Rule addInsteadOfCopy{QLatin1StringView("add-instead-of-copy"),
                            {},
                            Severity::Advice,
                            QT_TRANSLATE_NOOP("lint", "ADD where COPY does"),
                            check};

}
