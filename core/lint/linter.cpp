// SPDX-License-Identifier: Apache-2.0
#include "lint/linter.h"

#include "lint/rules/rules.h"
#include "lint/ruleset.h"
#include "lint/suppressions.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lint {

namespace {

Findings parserFindings(const dockerfile::Tree &tree)
{
    Findings findings;
    for (const dockerfile::Problem &problem : tree.problems()) {
        Finding finding = found(problem.range, problem.message, problem.hint);
        finding.rule = u"syntax"_s;
        finding.severity =
            problem.severity == dockerfile::Problem::Severity::Error ? Severity::Error : Severity::Warning;
        finding.row = tree.rowAt(problem.range.start);
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// The parser tells of an unknown instruction too; the rule says it with a fix. Where it is skipped, the
/// parser's stays.
void dropRepeated(Findings &findings)
{
    QSet<qsizetype> told;
    for (const Finding &finding : findings) {
        if (finding.rule == rules::unknownInstruction.id)
            told.insert(finding.range.start);
    }
    std::erase_if(findings, [&told](const Finding &finding) {
        return finding.rule == "syntax"_L1 && told.contains(finding.range.start);
    });
}

}

Findings run(const dockerfile::Tree &tree, const graph::StageGraph &graph, const Facts &facts,
             std::stop_token stop)
{
    Findings findings = parserFindings(tree);
    const Suppressions suppressions(tree);
    const Input input(tree, graph, facts);
    for (const Rule *rule : allRules()) {
        if (stop.stop_requested())
            return {};
        if (suppressions.skips(*rule))
            continue;
        for (Finding &finding : rule->check(input)) {
            const int line = tree.lineAt(finding.range.start);
            if (line >= 0 && suppressions.skipsAt(*rule, line))
                continue;
            finding.rule = rule->id;
            finding.severity = rule->severity;
            if (finding.severity == Severity::Warning && suppressions.warningsAreErrors())
                finding.severity = Severity::Error;
            finding.row = tree.rowAt(finding.range.start);
            findings.push_back(std::move(finding));
        }
    }
    dropRepeated(findings);
    std::ranges::stable_sort(findings, {}, [](const Finding &finding) { return finding.range.start; });
    return findings;
}

}
