// SPDX-License-Identifier: Apache-2.0
#include "base/pathrules.h"

namespace base {

bool PathRules::add(const QByteArray &cleaned, bool negated)
{
    auto pattern = PathPattern::compiled(cleaned);
    if (!pattern)
        return false;
    Rule rule{.pattern = std::move(*pattern), .negated = negated};
    for (const QByteArray &part : cleaned.split('/')) {
        // A part may be half an escape ("\/"): then nothing can be said from there on.
        auto compiled = part.contains("**") ? std::nullopt : PathPattern::compiled(part);
        if (!compiled) {
            rule.isOpen = true;
            break;
        }
        rule.parts.push_back(std::move(*compiled));
    }
    m_rules.push_back(std::move(rule));
    return true;
}

bool PathRules::addList(const QByteArrayList &patterns, QByteArray *refused)
{
    for (const QByteArray &pattern : patterns) {
        const QByteArray trimmed = pattern.trimmed();
        if (trimmed.isEmpty())
            continue;
        const QByteArray cleaned = cleanedPath(trimmed);
        const bool negated = cleaned.startsWith('!');
        if (!add(negated ? cleaned.sliced(1) : cleaned, negated)) {
            if (refused)
                *refused = pattern;
            return false;
        }
    }
    return true;
}

PathRules::Verdict PathRules::verdict(QByteArrayView path) const
{
    Verdict verdict;
    for (size_t i = 0; i < m_rules.size(); ++i) {
        // A rule that would change nothing is not asked.
        if (m_rules[i].negated != verdict.matched)
            continue;
        const PathPattern &pattern = m_rules[i].pattern;
        bool matches = pattern.matches(path);
        for (qsizetype slash = path.indexOf('/'); !matches && slash >= 0;
             slash = path.indexOf('/', slash + 1))
            matches = pattern.matches(path.first(slash));
        if (matches)
            verdict = {!m_rules[i].negated, static_cast<int>(i)};
    }
    return verdict;
}

PathRules::Verdict PathRules::verdict(QByteArrayView path, const Trail &parent, Trail *own) const
{
    Q_ASSERT(parent.empty() || parent.size() == m_rules.size());
    Verdict verdict;
    if (own)
        own->assign(m_rules.size(), false);
    for (size_t i = 0; i < m_rules.size(); ++i) {
        const Rule &rule = m_rules[i];
        bool matches = !parent.empty() && parent[i];
        if (!matches && rule.negated == verdict.matched)
            matches = rule.pattern.matches(path);
        if (!matches)
            continue;
        if (own)
            (*own)[i] = true;
        verdict = {!rule.negated, static_cast<int>(i)};
    }
    return verdict;
}

bool PathRules::mayMatchBelow(QByteArrayView folder, bool negated, int from) const
{
    for (size_t i = static_cast<size_t>(std::max(0, from)); i < m_rules.size(); ++i) {
        if (m_rules[i].negated == negated && mayMatchBelow(m_rules[i], folder))
            return true;
    }
    return false;
}

bool PathRules::mayMatchBelow(const Rule &rule, QByteArrayView folder)
{
    qsizetype at = 0;
    for (const PathPattern &part : rule.parts) {
        if (at > folder.size())
            return true; // the folder leads to what the rule names
        qsizetype end = folder.indexOf('/', at);
        if (end < 0)
            end = folder.size();
        if (!part.matches(folder.sliced(at, end - at)))
            return false;
        at = end + 1;
    }
    return true; // the rule names the folder or one above it, or goes on with **
}

}
