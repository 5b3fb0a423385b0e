// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/dockerignore.h"

#include "dockerfile/chars.h"
#include "dockerfile/rows.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// How a pattern is compared; the matcher that Docker uses knows the same four ways, with the same surprises:
// "a**" takes every path that starts with "a", and "**a" every one that ends with it.
struct Matcher
{
    enum class Way { Exact, Prefix, Suffix, Expression };

    Way way = Way::Exact;
    QString text;
    QRegularExpression expression;

    [[nodiscard]] bool matches(QStringView path) const
    {
        switch (way) {
        case Way::Exact:
            return path == text;
        case Way::Prefix:
            return path.startsWith(text);
        case Way::Suffix:
            return path.endsWith(text) || (text.startsWith(u'/') && path == QStringView(text).sliced(1));
        case Way::Expression:
            return expression.matchView(path).hasMatch();
        }
        return false;
    }
};

Matcher compiled(const QString &pattern)
{
    Matcher matcher{.way = Matcher::Way::Exact, .text = pattern, .expression = {}};
    QString expression = u"^"_s;
    for (qsizetype i = 0, element = 0; i < pattern.size(); ++i, ++element) {
        const QChar c = pattern[i];
        const auto next = [&] { return i + 1 < pattern.size() ? pattern[i + 1] : QChar(); };
        if (c == u'*' && next() == u'*') {
            ++i;
            if (next() == u'/')
                ++i;
            if (i + 1 < pattern.size()) {
                expression += u"(.*/)?"_s;
                matcher.way = Matcher::Way::Expression;
            } else if (matcher.way == Matcher::Way::Exact) {
                matcher.way = Matcher::Way::Prefix;
            } else {
                expression += u".*"_s;
                matcher.way = Matcher::Way::Expression;
            }
            if (element == 0)
                matcher.way = Matcher::Way::Suffix;
        } else if (c == u'*' || c == u'?') {
            expression += c == u'*' ? u"[^/]*"_s : u"[^/]"_s;
            matcher.way = Matcher::Way::Expression;
        } else if (c == u'\\' && i + 1 < pattern.size()) {
            expression += c;
            expression += pattern[++i];
            matcher.way = Matcher::Way::Expression;
        } else if (QStringView(u".+()|{}$").contains(c)) {
            expression += u'\\';
            expression += c;
        } else {
            if (c == u'[' || c == u']')
                matcher.way = Matcher::Way::Expression;
            expression += c;
        }
    }
    if (matcher.way == Matcher::Way::Prefix)
        matcher.text.chop(2);
    else if (matcher.way == Matcher::Way::Suffix)
        matcher.text.remove(0, 2);
    else if (matcher.way == Matcher::Way::Expression)
        matcher.expression = QRegularExpression(expression + u"\\z");
    return matcher;
}

// Go's path/filepath.Clean for "/" paths.
QString cleaned(QStringView path)
{
    const bool rooted = path.startsWith(u'/');
    QList<QStringView> parts;
    for (const QStringView part : path.split(u'/', Qt::SkipEmptyParts)) {
        if (part == u".")
            continue;
        if (part == u".." && !parts.isEmpty() && parts.back() != u"..")
            parts.removeLast();
        else if (part != u".." || !rooted)
            parts.append(part);
    }
    QString result = rooted ? u"/"_s : QString();
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result += u'/';
        result += parts[i];
    }
    return result.isEmpty() ? u"."_s : result;
}

// The syntax that Go's filepath.Match accepts: closed [ranges] of at least one character, nothing after a
// last backslash.
bool isValidPattern(QStringView pattern)
{
    const auto takeCharacter = [&pattern](qsizetype &at) {
        if (at >= pattern.size() || pattern[at] == u'-' || pattern[at] == u']')
            return false;
        if (pattern[at] == u'\\' && ++at >= pattern.size())
            return false;
        at += pattern[at].isHighSurrogate() ? 2 : 1;
        return at < pattern.size(); // a range is never the end
    };
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == u'\\') {
            if (++at == pattern.size())
                return false;
            continue;
        }
        if (pattern[at] != u'[')
            continue;
        ++at;
        if (at < pattern.size() && pattern[at] == u'^')
            ++at;
        for (int ranges = 0; ranges == 0 || pattern[at] != u']'; ++ranges) {
            if (!takeCharacter(at))
                return false;
            if (pattern[at] == u'-' && (++at, !takeCharacter(at)))
                return false;
        }
    }
    return true;
}

}

struct DockerIgnore::Data
{
    std::vector<Rule> rules;
    std::vector<Matcher> matchers; // one a rule
    QStringList problems;

    void addRow(QStringView row, int number)
    {
        if (row.startsWith(u'#'))
            return;
        const Span span = trimmedSpan(row, {0, row.size()});
        QStringView pattern = span.in(row);
        if (pattern.isEmpty())
            return;
        const bool negated = pattern.startsWith(u'!');
        if (negated) {
            const QStringView rest = pattern.sliced(1);
            pattern = trimmedSpan(rest, {0, rest.size()}).in(rest);
        }
        QString clean = pattern.isEmpty() ? QString() : cleaned(pattern);
        if (clean.size() > 1 && clean.startsWith(u'/'))
            clean.remove(0, 1);
        if (clean.isEmpty() || !isValidPattern(clean)) {
            problems.append(QCoreApplication::translate(
                                "dockerfile", "row %1: Docker refuses the pattern \"%2\" and stops the build")
                                .arg(number)
                                .arg(span.in(row)));
            return;
        }
        rules.push_back({clean, negated, number});
        matchers.push_back(compiled(clean));
    }
};

DockerIgnore::DockerIgnore(QStringView text)
{
    auto data = std::make_shared<Data>();
    if (text.startsWith(QChar::ByteOrderMark))
        text = text.sliced(1);
    int number = 0;
    for (qsizetype at = 0; at < text.size();) {
        const Row row = rowAt(text, at);
        data->addRow(row.content(text), ++number);
        at = row.end;
    }
    d = std::move(data);
}

const std::vector<DockerIgnore::Rule> &DockerIgnore::rules() const
{
    static const std::vector<Rule> none;
    return d ? d->rules : none;
}

QStringList DockerIgnore::problems() const
{
    return d ? d->problems : QStringList();
}

DockerIgnore::Verdict DockerIgnore::verdict(QStringView path) const
{
    Verdict verdict;
    if (path.isEmpty() || path == u".")
        return verdict; // the context itself is never left out
    for (size_t i = 0; i < rules().size(); ++i) {
        // A rule that would change nothing is not asked.
        if (d->rules[i].negated != verdict.excluded)
            continue;
        const Matcher &matcher = d->matchers[i];
        bool matches = matcher.matches(path);
        for (qsizetype slash = path.indexOf(u'/'); !matches && slash >= 0;
             slash = path.indexOf(u'/', slash + 1))
            matches = matcher.matches(path.first(slash));
        if (matches)
            verdict = {!d->rules[i].negated, static_cast<int>(i)};
    }
    return verdict;
}

bool DockerIgnore::mayReincludeBelow(QStringView folder) const
{
    // Only a rule after the one that left the folder out has a say.
    const int excludedBy = verdict(folder).rule;
    const auto names = folder.split(u'/', Qt::SkipEmptyParts);
    for (size_t i = 0; i < rules().size(); ++i) {
        if (!d->rules[i].negated || static_cast<int>(i) < excludedBy)
            continue;
        const auto parts = QStringView(d->rules[i].pattern).split(u'/');
        qsizetype depth = 0;
        while (depth < parts.size() && depth < names.size() && !parts[depth].contains(u"**") &&
               compiled(parts[depth].toString()).matches(names[depth]))
            ++depth;
        const bool wholeFolder = depth == names.size() || depth == parts.size();
        if (wholeFolder || parts[depth].contains(u"**"))
            return true;
    }
    return false;
}

}
