// SPDX-License-Identifier: Apache-2.0
#include "lint/suppressions.h"

using namespace Qt::StringLiterals;

namespace lint {

namespace {

/// The fields of "skip=a,b;error=true", names in lower case.
struct Check
{
    QSet<QString> skipped;
    bool isError = false;
};

Check readCheck(const QString &value)
{
    Check check;
    for (const QStringView field : QStringView(value).tokenize(u';')) {
        const QStringView name = field.left(field.indexOf(u'=')).trimmed();
        const QStringView text = field.mid(field.indexOf(u'=') + 1).trimmed();
        if (name.compare("skip"_L1, Qt::CaseInsensitive) == 0) {
            for (const QStringView rule : text.tokenize(u','))
                check.skipped.insert(rule.trimmed().toString().toLower());
        } else if (name.compare("error"_L1, Qt::CaseInsensitive) == 0) {
            check.isError = text.compare("true"_L1, Qt::CaseInsensitive) == 0 || text == "1"_L1;
        }
    }
    return check;
}

bool names(const QSet<QString> &skipped, const Rule &rule)
{
    return skipped.contains(u"all"_s) || skipped.contains(rule.id.toString()) ||
           (!rule.builderName.isEmpty() && skipped.contains(rule.builderName.toString().toLower()));
}

}

Suppressions::Suppressions(const dockerfile::Tree &tree)
    : m_tree(tree)
{
    const Check check = readCheck(tree.directive(u"check"));
    m_skipped = check.skipped;
    m_warningsAreErrors = check.isError;
}

bool Suppressions::skips(const Rule &rule) const
{
    return names(m_skipped, rule);
}

bool Suppressions::skipsAt(const Rule &rule, int line) const
{
    for (int above = line - 1; above >= 0 && m_tree.line(above).kind == dockerfile::LineKind::Comment;
         --above) {
        QStringView comment = QStringView(m_tree.line(above).text).trimmed();
        comment = comment.mid(1).trimmed();
        constexpr QLatin1StringView key("check=");
        if (comment.startsWith(key) && names(readCheck(comment.mid(key.size()).toString()).skipped, rule))
            return true;
    }
    return false;
}

}
