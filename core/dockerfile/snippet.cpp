// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/snippet.h"

#include "dockerfile/text.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dockerfile {

Snippet readSnippet(const QString &text, QChar escape)
{
    if (escape == u'\\')
        return {.tree = parse(text), .start = 0, .firstLine = 0};
    const QString header = u"# escape="_s + escape + u'\n';
    return {.tree = parse(header + text), .start = header.size(), .firstLine = 1};
}

QString plainRows(const QString &text)
{
    QString rows = text;
    rows.replace(u"\r\n"_s, u"\n"_s);
    return rows.replace(u'\r', u'\n');
}

QString withLineEnds(const QString &text, const QString &lineEnd)
{
    QString rows = plainRows(text);
    while (rows.endsWith(u'\n'))
        rows.chop(1);
    if (lineEnd != "\n"_L1)
        rows.replace(u"\n"_s, lineEnd);
    return rows;
}

base::TextEdit rowChanges(const QString &written, const QString &wanted, const QString &lineEnd)
{
    // Where each character of the plain rows stands in what is written.
    std::vector<qsizetype> places;
    for (qsizetype i = 0; i < written.size(); ++i) {
        const bool isPair = written[i] == u'\r' && i + 1 < written.size() && written[i + 1] == u'\n';
        places.push_back(i);
        i += isPair ? 1 : 0;
    }
    places.push_back(written.size());
    base::TextEdit edit;
    const base::TextEdit changes = base::TextEdit::between(plainRows(written), plainRows(wanted));
    for (const auto &[range, text] : changes.replacements()) {
        const qsizetype start = places[size_t(range.start)];
        QString rows = text;
        if (lineEnd != "\n"_L1)
            rows.replace(u"\n"_s, lineEnd);
        edit.replace({start, places[size_t(range.end())] - start}, rows);
    }
    return edit;
}

base::TextEdit insertRowsAfter(const Tree &tree, int after, const QString &rows)
{
    const QString lineEnd = styleOf(tree).lineEnd;
    if (after < 0 || tree.lineCount() == 0) {
        const bool hasBom = tree.lineCount() > 0 && tree.line(0).tokens.front().kind == TokenKind::Bom;
        return {{hasBom ? 1 : 0, 0}, rows + lineEnd};
    }
    const qsizetype end = tree.lineRange(after).end();
    const bool endsRow = tree.line(after).text.endsWith(u'\n');
    return endsRow ? base::TextEdit({end, 0}, rows + lineEnd) : base::TextEdit({end, 0}, lineEnd + rows);
}

QString whyNothingCanFollow(const Tree &tree, int line)
{
    if (line >= 0 && line < tree.lineCount() && tree.line(line).unterminated)
        return Text::tr("Line %1 is not finished: what comes after it would become part of it.")
            .arg(tree.firstRow(line));
    return {};
}

QString whyHarmful(const Tree &before, const Tree &after)
{
    for (const QString &name : {u"syntax"_s, u"escape"_s, u"check"_s}) {
        if (before.directive(name) != after.directive(name))
            return Text::tr("It would change the parser directive \"%1\" at the top of the file.").arg(name);
    }
    QHash<QString, int> known;
    for (const Problem &problem : before.problems())
        ++known[problem.message];
    for (const Problem &problem : after.problems()) {
        if (--known[problem.message] < 0)
            return Text::tr("The file would have a mistake then: %1").arg(problem.message);
    }
    return {};
}

}
