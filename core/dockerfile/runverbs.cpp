// SPDX-License-Identifier: Apache-2.0
// RUN commands joined with && and split again.
#include "dockerfile/command.h"
#include "dockerfile/commandverbs.h"
#include "dockerfile/edits.h"
#include "dockerfile/runlist.h"
#include "dockerfile/text.h"

#include <QRegularExpression>

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

QString textIn(const Tree &tree, TextRange range)
{
    QString text;
    for (int line = tree.lineAt(range.start); line >= 0 && line < tree.lineCount(); ++line) {
        const TextRange lineRange = tree.lineRange(line);
        if (lineRange.start >= range.end())
            break;
        const qsizetype start = std::max(range.start, lineRange.start) - lineRange.start;
        const qsizetype end = std::min(range.end(), lineRange.end()) - lineRange.start;
        text += QStringView(tree.line(line).text).sliced(start, end - start);
    }
    return text;
}

QStringList flagTexts(const Instruction &instruction)
{
    QStringList texts;
    for (const Flag &flag : instruction.flags())
        texts.append(textIn(instruction.tree(), flag.range));
    return texts;
}

QString runHead(const Instruction &run)
{
    QStringList head = flagTexts(run);
    head.prepend(run.keywordWord().text);
    return head.join(u' ') + u' ';
}

QStringList commentsIn(const Instruction &instruction, TextRange range)
{
    QStringList comments;
    const QString &text = instruction.tree().line(instruction.line()).text;
    const qsizetype start = instruction.tree().lineRange(instruction.line()).start;
    qsizetype at = 0;
    for (const auto &[kind, length] : instruction.tree().line(instruction.line()).tokens) {
        if (kind == TokenKind::Comment && range.contains(start + at))
            comments.append(text.sliced(at, length).trimmed());
        at += length;
    }
    return comments;
}

Result<RunList> runListOf(const Instruction &run)
{
    if (run.keyword() != Keyword::Run || run.words().empty())
        return refused(Text::tr("This is no RUN with a command."));
    if (run.json())
        return refused(Text::tr("It is in JSON form."), Text::tr("Turn it into the shell form first."));
    if (!run.heredocs().empty())
        return refused(Text::tr("It holds a heredoc."), Text::tr("Turn it into commands with && first."));
    RunList list{.text = run.arguments(), .pieces = {}};
    ShellList scanned = scanShell(list.text);
    if (!scanned.error.isEmpty())
        return refused(scanned.error);
    list.pieces = std::move(scanned.pieces);
    return list;
}

namespace {

QString whyNotInLine(const RunList &list, const QString &what)
{
    for (const ShellPiece &piece : list.pieces) {
        const QString word = compoundWord(list.pieceText(piece));
        if (!word.isEmpty())
            return Text::tr("\"%1\" belongs to a command of several parts.").arg(word);
        if (!piece.before.isEmpty() && piece.before != "&&"_L1) {
            return Text::tr("Its commands are not all joined with &&: \"%1\" %2.")
                .arg(piece.before == "\n"_L1 ? Text::tr("a new row") : piece.before, what);
        }
    }
    return {};
}

QString whyKept(const QString &word)
{
    return Text::tr(
               "\"%1\" changes the shell for what comes after it, and a RUN of its own has its own shell.")
        .arg(word);
}

QString hintFor(const QString &word)
{
    if (word == "cd"_L1)
        return Text::tr("Use WORKDIR instead.");
    return word.contains(u'=') || word == "export"_L1 ? Text::tr("Use ENV or ARG instead.") : QString();
}

bool operatorsLead(const Tree &tree)
{
    static const QRegularExpression leading(uR"([\\`][ \t]*\r?\n[ \t]*&&)"_s);
    static const QRegularExpression trailing(uR"(&&[ \t]*[\\`][ \t]*\r?\n)"_s);
    const QString text = tree.text();
    return text.count(leading) > text.count(trailing);
}

int nextInstruction(const Tree &tree, int line)
{
    for (int next = line + 1; next < tree.lineCount(); ++next) {
        if (tree.line(next).kind == LineKind::Instruction)
            return next;
    }
    return -1;
}

QStringList simplePieces(const RunList &list)
{
    QStringList texts;
    for (const ShellPiece &piece : list.pieces)
        texts.append(list.pieceText(piece).toString().simplified());
    return texts;
}

QString whyNotJoined(const Instruction &first, const RunList &firstList, const Instruction &second,
                     const RunList &secondList)
{
    if (flagTexts(first) != flagTexts(second))
        return Text::tr("The two do not have the same options (mounts, network).");
    for (const ShellPiece &piece : firstList.pieces) {
        const QString word = shellChange(firstList.pieceText(piece));
        if (!word.isEmpty())
            return Text::tr("\"%1\" would then change the shell of the second as well.").arg(word);
        if (piece.before == "&"_L1)
            return Text::tr("A command of it runs in the background.");
    }
    if (firstList.text.endsWith(u';'))
        return Text::tr("The first ends with \";\", so && cannot follow.");
    return whyNotInLine(secondList, Text::tr("would no longer belong to the second alone"));
}

}

Result<TextEdit> joinWithNextRun(const Instruction &first)
{
    const Tree &tree = first.tree();
    const auto firstList = runListOf(first);
    if (!firstList)
        return std::unexpected(firstList.error());
    const int next = nextInstruction(tree, first.line());
    if (next < 0 || tree.line(next).keyword != Keyword::Run)
        return refused(Text::tr("No RUN follows that it could be joined with."));
    const Instruction second(tree, next);
    const auto secondList = runListOf(second);
    if (!secondList)
        return std::unexpected(secondList.error().in(Text::tr("the next RUN")));
    if (const QString reason = whyNotJoined(first, *firstList, second, *secondList); !reason.isEmpty())
        return refused(reason);

    const Style style = styleOf(tree);
    const bool leads = operatorsLead(tree);
    TextEdit edit;
    const qsizetype end = first.argumentsRange().end();
    edit.replace({end, first.range().end() - end}, (leads ? u" "_s : u" && "_s) + style.escape);
    for (int line = first.line() + 1; line < next; ++line) {
        if (tree.line(line).kind == LineKind::Blank)
            edit.remove(tree.lineRange(line));
    }
    QString head;
    const TextRange headRange{tree.lineRange(next).start,
                              second.argumentsRange().start - tree.lineRange(next).start};
    for (const QString &comment : commentsIn(second, headRange))
        head += comment + style.lineEnd;
    edit.replace(headRange, head + style.continuationIndent + (leads ? "&& "_L1 : ""_L1));

    const Tree after = tree.edited(edit);
    const bool isRun = after.line(first.line()).keyword == Keyword::Run;
    const auto list = isRun ? runListOf(Instruction(after, first.line())) : firstList;
    if (!list || simplePieces(*list) != simplePieces(*firstList) + simplePieces(*secondList))
        return refused(Text::tr("Joined, the commands would not be the same."));
    return edit;
}

Result<TextEdit> splitRun(const Instruction &run)
{
    const auto list = runListOf(run);
    if (!list)
        return std::unexpected(list.error());
    if (list->pieces.size() < 2)
        return refused(Text::tr("It is one command only."));
    if (const QString reason = whyNotInLine(*list, Text::tr("cannot be split")); !reason.isEmpty())
        return refused(reason);
    for (size_t i = 0; i + 1 < list->pieces.size(); ++i) {
        const QString word = shellChange(list->pieceText(list->pieces[i]));
        if (!word.isEmpty())
            return refused(whyKept(word), hintFor(word));
    }
    const ArgumentPlaces places(run);
    if (!places.isExact())
        return refused(Text::tr("The command is written in a way that cannot be split."));

    const Style style = styleOf(run.tree());
    TextEdit edit;
    for (size_t i = 1; i < list->pieces.size(); ++i) {
        const ShellPiece &before = list->pieces[i - 1];
        const ShellPiece &piece = list->pieces[i];
        const qsizetype start = places.range(before.start, before.end()).end();
        const TextRange gap{start, places.range(piece.start, piece.end()).start - start};
        QString text = style.lineEnd;
        for (const QString &comment : commentsIn(run, gap))
            text += comment + style.lineEnd;
        edit.replace(gap, text + runHead(run));
    }

    const Tree after = run.tree().edited(edit);
    int line = run.line();
    for (const QString &piece : simplePieces(*list)) {
        while (line >= 0 && line < after.lineCount() && after.line(line).kind == LineKind::Comment)
            ++line;
        const bool isRun = line < after.lineCount() && after.line(line).keyword == Keyword::Run;
        const auto one = isRun ? runListOf(Instruction(after, line)) : list;
        if (!one || simplePieces(*one) != QStringList{piece})
            return refused(Text::tr("Split, the commands would not be the same."));
        ++line;
    }
    return edit;
}

}
