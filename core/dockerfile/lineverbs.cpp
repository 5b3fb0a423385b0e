// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/lineverbs.h"

#include "dockerfile/instruction.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

bool isInstruction(const Tree &tree, int line)
{
    return line >= 0 && line < tree.lineCount() && tree.line(line).kind == LineKind::Instruction;
}

std::unexpected<base::Error> noInstruction()
{
    return refused(Text::tr("There is no instruction here any more."));
}

base::Result<base::TextEdit> checked(const Tree &tree, base::TextEdit edit)
{
    if (const QString reason = whyHarmful(tree, tree.edited(edit)); !reason.isEmpty())
        return refused(reason);
    return edit;
}

bool hasBom(const Tree &tree, int line)
{
    return line == 0 && tree.line(0).tokens.front().kind == TokenKind::Bom;
}

}

int firstLineOf(const Tree &tree, int line)
{
    int first = line;
    while (first > 0 && tree.line(first - 1).kind == LineKind::Comment)
        --first;
    // What opens the file, directives included, speaks of the file.
    const bool opensFile = first == 0 || tree.line(first - 1).kind == LineKind::Directive;
    return opensFile ? line : first;
}

QString whyNotOneInstruction(const Tree &tree, const QString &text)
{
    const Snippet snippet = readSnippet(text, tree.escape());
    const int count = snippet.tree.lineCount() - snippet.firstLine;
    if (count <= 0 || text.trimmed().isEmpty())
        return Text::tr("An instruction is needed here.");
    const Line &line = snippet.tree.line(snippet.firstLine);
    if (line.kind != LineKind::Instruction)
        return Text::tr("The text does not start with an instruction.");
    if (line.keyword == Keyword::Unknown) {
        const QString word = Instruction(snippet.tree, snippet.firstLine).keywordWord().text;
        return Text::tr("\"%1\" is no instruction.").arg(word);
    }
    if (line.unterminated)
        return Text::tr("The instruction is not finished.");
    if (count > 1)
        return Text::tr("The text is more than one instruction.");
    for (const Problem &problem : snippet.tree.problems()) {
        if (problem.severity == Problem::Severity::Error)
            return problem.message;
    }
    return {};
}

base::Result<base::TextEdit> replaceInstruction(const Tree &tree, int line, const QString &text)
{
    if (!isInstruction(tree, line))
        return noInstruction();
    const QString wanted = plainRows(text.trimmed());
    const base::TextRange range = Instruction(tree, line).range();
    const QString written =
        tree.line(line).text.sliced(range.start - tree.lineRange(line).start, range.length);
    const base::TextEdit changes = rowChanges(written, wanted, styleOf(tree).lineEnd);
    if (changes.isEmpty())
        return changes;
    if (const QString reason = whyNotOneInstruction(tree, wanted); !reason.isEmpty())
        return refused(reason);
    base::TextEdit edit;
    for (const auto &[changed, replacement] : changes.replacements())
        edit.replace({range.start + changed.start, changed.length}, replacement);
    return checked(tree, std::move(edit));
}

base::Result<base::TextEdit> duplicateInstruction(const Tree &tree, int line)
{
    if (!isInstruction(tree, line))
        return noInstruction();
    if (const QString reason = whyNothingCanFollow(tree, line); !reason.isEmpty())
        return refused(reason);
    const bool bom = hasBom(tree, line);
    QString rows = tree.line(line).text.sliced(bom ? 1 : 0);
    while (rows.endsWith(u'\n') || rows.endsWith(u'\r'))
        rows.chop(1);
    return insertRowsAfter(tree, line, rows);
}

base::Result<base::TextEdit> deleteInstruction(const Tree &tree, int line)
{
    if (!isInstruction(tree, line))
        return noInstruction();
    const int first = firstLineOf(tree, line);
    const qsizetype start = tree.lineRange(first).start + (hasBom(tree, first) ? 1 : 0);
    return checked(tree, {{start, tree.lineRange(line).end() - start}, {}});
}

}
