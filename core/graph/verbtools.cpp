// SPDX-License-Identifier: Apache-2.0
#include "graph/verbtools.h"

#include "dockerfile/text.h"
#include "dockerfile/validation.h"
#include "graph/stagereferences.h"

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

Error notFound(const QString &message)
{
    Error error;
    error.kind = Error::Kind::NotFound;
    error.message = message;
    return error;
}

Result<QString> imageText(const QString &reference)
{
    if (reference == "scratch"_L1)
        return refused(Text::tr("scratch is empty: there is nothing to copy from it."));
    if (reference.contains(u'$')) {
        return refused(Text::tr("COPY --from expands no variables, so it cannot name %1.").arg(reference),
                       Text::tr("Add a stage FROM it, and copy from that."));
    }
    return reference;
}

}

std::unexpected<Error> noSuchStage(const NodeKey &key)
{
    return std::unexpected(notFound(Text::tr("There is no stage \"%1\" any more.").arg(key.name)));
}

std::unexpected<Error> noSuchInstruction()
{
    return std::unexpected(notFound(Text::tr("There is no such instruction any more.")));
}

int lastLineWithText(const Tree &tree, int from, int upTo)
{
    int line = upTo;
    while (line > from && tree.line(line).kind == LineKind::Blank)
        --line;
    return line;
}

int firstLineOfStage(const Tree &tree, const Stage &stage)
{
    int first = stage.fromLine;
    while (first > 0 && tree.line(first - 1).kind == LineKind::Comment)
        --first;
    const bool opensFile = first == 0 || tree.line(first - 1).kind == LineKind::Directive;
    return opensFile ? stage.fromLine : first;
}

bool endsItsRow(const Tree &tree, int line)
{
    const QString &text = tree.line(line).text;
    return text.endsWith(u'\n') || text.endsWith(u'\r');
}

TextRange contentOf(const Tree &tree, int first, int last)
{
    const bool hasBom = first == 0 && tree.line(0).tokens.front().kind == TokenKind::Bom;
    const qsizetype start = tree.lineRange(first).start + (hasBom ? 1 : 0);
    const auto &tokens = tree.line(last).tokens;
    const bool hasEnd = !tokens.empty() && tokens.back().kind == TokenKind::Newline;
    const qsizetype end = tree.lineRange(last).end() - (hasEnd ? qsizetype(tokens.back().length) : 0);
    return {start, std::max(start, end) - start};
}

QString textOf(const Tree &tree, TextRange range)
{
    QString text;
    for (int line = tree.lineAt(range.start); line >= 0 && line < tree.lineCount(); ++line) {
        const TextRange own = tree.lineRange(line);
        if (own.start >= range.end())
            break;
        const qsizetype start = std::max(range.start, own.start);
        const qsizetype end = std::min(range.end(), own.end());
        text += QStringView(tree.line(line).text).sliced(start - own.start, end - start);
    }
    return text;
}

QString blankRows(const QString &lineEnd, int count)
{
    QString rows;
    for (int i = 0; i < count; ++i)
        rows += lineEnd;
    return rows;
}

TextEdit renumbered(const Tree &tree, const StageGraph &graph, const std::function<int(int)> &now,
                    const QSet<int> &gone)
{
    TextEdit edit;
    for (const StageReference &reference : stageReferences(tree, graph)) {
        if (reference.byIndex && now(reference.stage) != reference.stage && !gone.contains(reference.line))
            edit.replace(reference.range, QString::number(now(reference.stage)));
    }
    return edit;
}

void add(TextEdit &edit, const TextEdit &other)
{
    for (const auto &[range, text] : other.replacements())
        edit.replace(range, text);
}

QString taken(const Tree &tree, TextRange range, TextEdit &edit)
{
    TextEdit inside;
    TextEdit outside;
    for (const auto &[changed, text] : edit.replacements()) {
        if (changed.start >= range.start && changed.end() <= range.end())
            inside.replace({changed.start - range.start, changed.length}, text);
        else
            outside.replace(changed, text);
    }
    edit = outside;
    QString text = textOf(tree, range);
    inside.applyTo(text);
    return text;
}

Result<QString> sourceText(const StageGraph &graph, const NodeKey &from, const Stage &to, SourceUse use)
{
    if (from.kind == NodeKind::Context)
        return from.name;
    if (from.kind == NodeKind::Image)
        return imageText(from.name);
    const Stage *stage = graph.stage(from);
    if (!stage)
        return noSuchStage(from);
    if (stage->index == to.index)
        return refused(Text::tr("A stage cannot copy from itself."));
    if (stage->index > to.index) {
        return refused(Text::tr("\"%1\" comes after \"%2\".").arg(stage->displayName(), to.displayName()),
                       Text::tr("A stage copies from stages above it: move it up first."));
    }
    // Of two stages with one name the later one is meant, so the earlier goes by number.
    const bool isSound = dockerfile::whyNoStageName(stage->name).isEmpty(); // not half-typed
    if (!stage->name.isEmpty() && isSound && graph.stageCalled(stage->name) == stage)
        return stage->name;
    if (use == SourceUse::Mount) {
        return refused(Text::tr("A mount knows stages by name only, and %1 has none of its own.")
                           .arg(stage->displayName()),
                       Text::tr("Give the stage a name first."));
    }
    return QString::number(stage->index);
}

std::optional<NodeKey> mountSource(const StageGraph &graph, const QString &type,
                                   const std::optional<QString> &from)
{
    const bool isBind = type == "bind"_L1;
    if (!isBind && type != "cache"_L1)
        return std::nullopt;
    if (!from || from->isEmpty())
        return isBind ? std::optional(NodeKey{NodeKind::Context, {}}) : std::nullopt;
    bool isNumber = false;
    (void)from->toInt(&isNumber);
    const Stage *stage = isNumber ? nullptr : graph.stageCalled(*from);
    return stage ? stage->key : NodeKey{NodeKind::Image, *from};
}

}
