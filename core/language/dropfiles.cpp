// SPDX-License-Identifier: Apache-2.0
#include "language/dropfiles.h"

#include "dockerfile/edits.h"
#include "dockerfile/views.h"
#include "language/completionplace.h"
#include "language/text.h"

#include <QMap>

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

std::unexpected<Error> refused(const QString &message, const QString &hint)
{
    Error error;
    error.kind = Error::Kind::Refused;
    error.message = message;
    error.hint = hint;
    return std::unexpected(error);
}

// As the builder must read it to find that very file: patterns and variables mean nothing.
QString written(const QString &path, QChar escape)
{
    QString text;
    for (const QChar c : path) {
        if (c == u'[' || c == u'*' || c == u'?')
            text += u"["_s + c + u']';
        else if (c == u'$' || c == u'"' || c == u'\'' || c == escape)
            text += QString(escape) + c;
        else
            text += c;
    }
    return text.startsWith("--"_L1) || text.startsWith("<<"_L1) ? QString(u"./"_s + text) : text;
}

bool hasBlank(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isSpace(); });
}

QString jsonString(QString text)
{
    return u'"' + text.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1) + u'"';
}

QString copyLine(const Style &style, const QStringList &sources, const QString &destination)
{
    QStringList words = sources;
    words.append(destination);
    const QString keyword = styledKeyword(style, Keyword::Copy) + u' ';
    if (!std::ranges::any_of(words, hasBlank))
        return keyword + words.join(u' ');
    for (QString &word : words)
        word = jsonString(word);
    return keyword + u'[' + words.join(", "_L1) + u']';
}

// Files together by the folder they are in, which is kept; each folder on its own.
QStringList copyLines(const Tree &tree, const std::vector<DroppedPath> &paths)
{
    const Style style = styleOf(tree);
    QMap<QString, QStringList> files;
    QStringList lines;
    for (const DroppedPath &path : paths)
        if (!path.isFolder)
            files[path.path.contains(u'/') ? path.path.section(u'/', 0, -2) : QString()].append(
                written(path.path, tree.escape()));
    for (const auto &[folder, sources] : std::as_const(files).asKeyValueRange()) {
        const QString destination =
            folder.isEmpty() ? u"./"_s : QString(u"./"_s + written(folder, tree.escape()) + u'/');
        lines.append(copyLine(style, sources, destination));
    }
    for (const DroppedPath &path : paths) {
        if (!path.isFolder)
            continue;
        const bool isAll = path.path.isEmpty() || path.path == "."_L1;
        const QString source = isAll ? u"."_s : written(path.path, tree.escape());
        lines.append(copyLine(style, {source}, isAll ? u"."_s : QString(u"./"_s + source + u'/')));
    }
    return lines;
}

// The COPY or ADD at the line, if the paths can become further sources of it without changing what it does.
std::optional<TextEdit> asFurtherSources(const Tree &tree, int line, const std::vector<DroppedPath> &paths)
{
    if (tree.line(line).kind != LineKind::Instruction ||
        (tree.line(line).keyword != Keyword::Copy && tree.line(line).keyword != Keyword::Add) ||
        std::ranges::any_of(paths, &DroppedPath::isFolder))
        return std::nullopt;
    const Instruction instruction(tree, line);
    const Copy copy = viewCopy(instruction);
    const bool takesSeveral =
        copy.destination && (copy.destination->text.endsWith(u'/') || copy.destination->text == "."_L1);
    if (copy.from || !takesSeveral)
        return std::nullopt;
    const bool isJson = instruction.json().has_value();
    QString text;
    for (const DroppedPath &path : paths) {
        const QString source = written(path.path, tree.escape());
        if (!isJson && hasBlank(source))
            return std::nullopt;
        text += isJson ? QString(jsonString(source) + ", "_L1) : QString(source + u' ');
    }
    // The places of JSON items are between their quotes.
    return TextEdit({copy.destination->range.start - (isJson ? 1 : 0), 0}, text);
}

}

Result<TextEdit> dropFiles(const Tree &tree, const graph::StageGraph &graph, qsizetype offset,
                           const std::vector<DroppedPath> &paths)
{
    if (paths.empty())
        return refused(Text::tr("Nothing was dropped."), {});
    for (const DroppedPath &path : paths) {
        if (path.path.startsWith(u'/') || path.path == ".."_L1 || path.path.startsWith("../"_L1))
            return refused(Text::tr("\"%1\" is outside of the build context.").arg(path.path),
                           Text::tr("COPY takes what is below the context folder only."));
    }
    const int line = tree.lineAt(offset);
    if (line < 0 || stageIndexAt(graph, line) < 0)
        return refused(Text::tr("A COPY belongs to a stage."), Text::tr("Drop it below a FROM."));
    if (auto edit = asFurtherSources(tree, line, paths))
        return std::move(*edit);
    const Line &here = tree.line(line);
    if (here.unterminated && std::ranges::contains(here.tokens, TokenKind::HeredocBody, &Token::kind))
        return refused(Text::tr("Line %1 is not finished.").arg(tree.firstRow(line)),
                       Text::tr("Its heredoc needs an end first."));
    const QString text = copyLines(tree, paths).join(styleOf(tree).lineEnd);
    if (here.kind == LineKind::Blank && offset < tree.lineRange(line).end()) {
        // The blank row itself takes the first of them.
        const QStringView row = here.text;
        qsizetype length = row.size();
        while (length > 0 && (row[length - 1] == u'\n' || row[length - 1] == u'\r'))
            --length;
        return TextEdit({tree.lineRange(line).start, length}, text);
    }
    return insertLineAfter(tree, line, text);
}

}
