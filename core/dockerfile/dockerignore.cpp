// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/dockerignore.h"

#include "base/pathpattern.h"
#include "dockerfile/chars.h"
#include "dockerfile/rows.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dockerfile {

struct DockerIgnore::Data
{
    std::vector<Rule> rules;
    base::PathRules matchers; // one a rule
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
        QByteArray clean = pattern.isEmpty() ? QByteArray() : base::cleanedPath(pattern.toUtf8());
        if (clean.size() > 1 && clean.startsWith('/'))
            clean.remove(0, 1);
        if (!matchers.add(clean, negated)) {
            problems.append(QCoreApplication::translate(
                                "dockerfile", "row %1: Docker refuses the pattern \"%2\" and stops the build")
                                .arg(number)
                                .arg(span.in(row)));
            return;
        }
        rules.push_back({QString::fromUtf8(clean), negated, number});
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

namespace {

DockerIgnore::Verdict asVerdict(base::PathRules::Verdict verdict)
{
    return {verdict.matched, verdict.rule};
}

}

DockerIgnore::Verdict DockerIgnore::verdict(QStringView path) const
{
    if (!d || path.isEmpty() || path == u".")
        return {}; // the context itself is never left out
    return asVerdict(d->matchers.verdict(path.toUtf8()));
}

DockerIgnore::Verdict DockerIgnore::verdict(QByteArrayView path, const Trail &parent, Trail *own) const
{
    return d ? asVerdict(d->matchers.verdict(path, parent, own)) : Verdict();
}

bool DockerIgnore::mayReincludeBelow(QStringView folder) const
{
    // Only a rule after the one that left the folder out has a say.
    return d && d->matchers.mayMatchBelow(folder.toUtf8(), true, verdict(folder).rule);
}

bool DockerIgnore::mayReincludeBelow(QByteArrayView folder, Verdict ofFolder) const
{
    return d && d->matchers.mayMatchBelow(folder, true, ofFolder.rule);
}

}
