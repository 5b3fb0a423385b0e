// SPDX-License-Identifier: Apache-2.0
// A RUN with && as a heredoc, and back.
#include "dockerfile/command.h"
#include "dockerfile/commandverbs.h"
#include "dockerfile/edits.h"
#include "dockerfile/runlist.h"
#include "dockerfile/text.h"

#include <QRegularExpression>

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// As it stands in the file, if a shell joins its rows as the builder does; else on one row.
QString rowsOf(const Instruction &run, const RunList &list, const ShellPiece &piece,
               const ArgumentPlaces &places)
{
    const QString joined = list.pieceText(piece).toString();
    const TextRange range = places.range(piece.start, piece.end());
    const QString written = textIn(run.tree(), range);
    static const QRegularExpression blankAfterEscape(uR"(\\[ \t]+\r?\n)"_s);
    const bool isSame = run.tree().escape() == u'\\' && commentsIn(run, range).isEmpty() &&
                        !written.contains(blankAfterEscape) && !written.contains(u'\'');
    return isSame ? written : joined;
}

QString freeMark(const QStringList &rows)
{
    QString mark = u"EOF"_s;
    for (int i = 2; rows.contains(mark); ++i)
        mark = u"EOF"_s + QString::number(i);
    return mark;
}

// The row that ends the heredoc could end one above that has no end yet.
bool keepsOtherLines(const Tree &tree, int line, const TextEdit &edit)
{
    const Tree after = tree.edited(edit);
    bool isSame = after.lineCount() == tree.lineCount();
    for (int i = 0; isSame && i < tree.lineCount(); ++i) {
        const LinePtr other = after.sharedLine(i);
        isSame = i == line || tree.sharedLine(i) == other || tree.line(i).text == other->text;
    }
    return isSame;
}

struct Body
{
    struct Row
    {
        QString text;
        bool isComment = false;
    };
    std::vector<Row> rows;
    QString error;
    QString hint;

    void fail(const QString &reason, const QString &next = {})
    {
        error = reason;
        hint = next;
    }
    [[nodiscard]] QStringList commands() const
    {
        QStringList texts;
        for (const Row &row : rows) {
            if (!row.isComment)
                texts.append(row.text);
        }
        return texts;
    }
};

bool isContinued(const QString &row)
{
    qsizetype slashes = 0;
    while (slashes < row.size() && row[row.size() - 1 - slashes] == u'\\')
        ++slashes;
    return slashes % 2 == 1;
}

Body readBody(const QString &text, bool stripsTabs)
{
    Body body;
    QString open; // rows that a backslash continues
    const QStringList rows = text.split(u'\n');
    for (QString row : rows) {
        while (row.endsWith(u'\r'))
            row.chop(1);
        while (stripsTabs && row.startsWith(u'\t'))
            row.remove(0, 1);
        if (open.isEmpty()) {
            row = row.trimmed();
            if (row.startsWith("#!"_L1) && body.rows.empty())
                body.fail(Text::tr("Its first row names a program of its own to run it."));
            if (row.isEmpty())
                continue;
            if (row.startsWith(u'#')) {
                body.rows.push_back({row, true});
                continue;
            }
        }
        open += row;
        if (isContinued(row)) {
            open += u'\n';
            continue;
        }
        body.rows.push_back({std::exchange(open, {}), false});
    }
    if (!open.isEmpty())
        body.fail(Text::tr("Its last row is continued."));
    return body;
}

QString joinedRow(QString row)
{
    return row.replace(u"\\\n"_s, QString());
}

void judge(Body &body)
{
    static const QRegularExpression stopping(uR"(\Aset -[a-zA-Z]*e)"_s);
    const QStringList commands = body.commands();
    if (commands.isEmpty())
        return body.fail(Text::tr("There is no command in it."));
    for (const QString &command : commands) {
        const QString text = joinedRow(command);
        const ShellList list = scanShell(text);
        if (!list.error.isEmpty())
            return body.fail(list.error);
        for (const ShellPiece &piece : list.pieces) {
            const QString word = compoundWord(QStringView(text).sliced(piece.start, piece.length));
            if (!word.isEmpty())
                return body.fail(Text::tr("\"%1\" belongs to a command of several parts.").arg(word));
            if (!piece.before.isEmpty() && piece.before != "&&"_L1)
                return body.fail(Text::tr("A row of it holds \"%1\".").arg(piece.before));
        }
        if (text.endsWith(u';'))
            return body.fail(Text::tr("A row of it ends with \";\"."));
    }
    if (commands.size() > 1 && !commands.front().contains(stopping)) {
        body.fail(Text::tr("Its rows go on after one that fails, and with && they would not."),
                  Text::tr("Begin it with a row \"set -e\"."));
    }
}

// "set -e" is what && does anyway.
void dropStop(Body &body)
{
    if (body.commands().size() < 2 || body.commands().front() != "set -e"_L1)
        return;
    const auto row = std::ranges::find(body.rows, false, &Body::Row::isComment);
    body.rows.erase(row);
}

QString withOperators(const Body &body, const Style &style)
{
    qsizetype left = body.commands().size();
    QString text;
    bool isFirst = true;
    for (const Body::Row &row : body.rows) {
        if (row.isComment) {
            if (isFirst)
                text += style.escape + style.lineEnd;
            isFirst = false;
            text += left > 0 ? QString(row.text + style.lineEnd) : QString(style.lineEnd + row.text);
            continue;
        }
        QString command = row.text;
        QString escapedEnd = style.escape + style.lineEnd;
        command.replace(u"\\\n"_s, escapedEnd);
        text += (isFirst ? QString() : style.continuationIndent) + command;
        isFirst = false;
        if (--left > 0)
            text += u" && "_s + escapedEnd;
    }
    return text;
}

}

Result<TextEdit> toHeredoc(const Instruction &run)
{
    const auto list = runListOf(run);
    if (!list)
        return std::unexpected(list.error());
    const Style style = styleOf(run.tree());
    // BuildKit keeps the CR of each row of the body, and sh says "set: illegal option -" (tests/engine). Rows
    // that end with LF alone would do, until the next tool that writes the file makes all its ends the same.
    if (style.lineEnd != "\n"_L1) {
        return refused(
            Text::tr("The rows end with CR LF, and a shell takes the CR for a part of its command."),
            Text::tr("Give the file LF line ends first (Edit, Line Ends LF)."));
    }
    if (const QString reason = whyOtherShell(run, {u"&&"_s}); !reason.isEmpty())
        return refused(reason);
    for (const ShellPiece &piece : list->pieces) {
        if (!piece.before.isEmpty() && piece.before != "&&"_L1)
            return refused(Text::tr("Its commands are not all joined with &&."));
        if (const QString word = compoundWord(list->pieceText(piece)); !word.isEmpty())
            return refused(Text::tr("\"%1\" belongs to a command of several parts.").arg(word));
    }
    const ArgumentPlaces places(run);
    if (!places.isExact())
        return refused(Text::tr("The command is written in a way that cannot be followed."));

    QStringList rows;
    if (list->pieces.size() > 1)
        rows.append(u"set -e"_s);
    qsizetype at = run.argumentsRange().start;
    for (const ShellPiece &piece : list->pieces) {
        const TextRange range = places.range(piece.start, piece.end());
        rows += commentsIn(run, {at, range.start - at});
        rows += rowsOf(run, *list, piece, places).split(u'\n');
        at = range.end();
    }
    const QString mark = freeMark(rows);
    const QString text = u"<<"_s + mark + u'\n' + rows.join(u'\n') + u'\n' + mark;
    TextEdit edit({run.argumentsRange().start, run.range().end() - run.argumentsRange().start}, text);
    const auto after = readAfter(run, edit);
    if (!after || after->heredocs().size() != 1 || after->arguments() != QString(u"<<"_s + mark) ||
        !keepsOtherLines(run.tree(), run.line(), edit))
        return refused(Text::tr("As a heredoc the command would not be the same."));
    return edit;
}

Result<TextEdit> fromHeredoc(const Instruction &run)
{
    if (run.keyword() != Keyword::Run || run.heredocs().size() != 1)
        return refused(Text::tr("This is no RUN with one heredoc."));
    const Heredoc &heredoc = run.heredocs().front();
    if (!heredoc.terminated)
        return refused(Text::tr("The heredoc has no end yet."));
    if (run.words().size() != 1 || heredoc.wordRange != run.words().front().range)
        return refused(Text::tr("The heredoc is the input of a command."));
    Body body = readBody(textIn(run.tree(), heredoc.bodyRange), heredoc.stripsTabs);
    if (body.error.isEmpty())
        judge(body);
    if (!body.error.isEmpty())
        return refused(body.error, body.hint);
    if (const QString reason = whyOtherShell(run, {u"&&"_s}); !reason.isEmpty())
        return refused(reason);
    dropStop(body);

    const QString text = withOperators(body, styleOf(run.tree()));
    if (text.startsWith(u'[')) // a list to the builder
        return refused(Text::tr("With && the commands would not be the same."));
    const qsizetype start = run.argumentsRange().start;
    TextEdit edit({start, run.range().end() - start}, text);
    QStringList expected;
    for (const QString &command : body.commands())
        expected.append(joinedRow(command));
    const Tree after = run.tree().edited(edit);
    const auto list = after.line(run.line()).keyword == Keyword::Run
                          ? runListOf(Instruction(after, run.line()))
                          : refused(QString());
    if (!list || list->text.simplified() != expected.join(u" && "_s).simplified())
        return refused(Text::tr("With && the commands would not be the same."));
    return edit;
}

}
