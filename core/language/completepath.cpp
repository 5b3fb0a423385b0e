// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/views.h"
#include "graph/graphedits.h"
#include "language/proposals.h"
#include "language/text.h"

#include "base/units.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

bool endsPiece(QChar c)
{
    return c.isSpace() || c == u'"' || c == u'\'' || c == u',' || c == u'/';
}

// Names that could not stand as they are: the builder or the shell would read them as something else.
bool needsQuotes(const QString &name, bool inJson)
{
    for (const QChar c : name)
        if (c == u'$' || c == u'"' || c == u'\\' || c == u'\'' || c == u'*' || c == u'?' || c == u'[' ||
            (c.isSpace() && !inJson))
            return true;
    return false;
}

const graph::Stage *ownStage(const CompletionQuestion &question)
{
    return question.place.stage < 0 ? nullptr : &question.graph.stages[size_t(question.place.stage)];
}

// The working folder before the line, as far as the stage and those it is FROM say; empty when they do not.
QString workdirBefore(const CompletionQuestion &question)
{
    QString folder;
    const auto &stages = question.graph.stages;
    for (int index = question.place.stage; index >= 0; index = stages[size_t(index)].baseStage) {
        const auto &lines = stages[size_t(index)].instructions;
        for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
            if (*line >= question.place.line || question.tree.line(*line).keyword != Keyword::Workdir)
                continue;
            const QString part = Instruction(question.tree, *line).arguments();
            folder = folder.isEmpty() ? part : QString(part + u'/' + folder);
            if (part.startsWith(u'/') || part.startsWith(u'$'))
                return folder;
        }
    }
    return folder;
}

// Something of the context is in the stage, so that a command may name its files.
bool takesContext(const CompletionQuestion &question)
{
    const graph::Stage *stage = ownStage(question);
    if (!stage)
        return false;
    for (const graph::Edge &edge : question.graph.edges)
        if (edge.kind == graph::EdgeKind::Context && edge.to == stage->key)
            return true;
    return false;
}

void addFolders(Proposals &proposals, const CompletionQuestion &question)
{
    const QString folder = workdirBefore(question);
    proposals.add({.label = u"./"_s,
                   .kind = CompletionKind::Folder,
                   .detail = folder.isEmpty() ? Text::tr("the working folder")
                                              : Text::tr("the working folder, %1").arg(folder)});
    for (const auto &[path, meaning] : {std::pair(u"/usr/local/bin/"_s, Text::tr("programs of one's own")),
                                        std::pair(u"/"_s, Text::tr("the root")),
                                        std::pair(u"/app/"_s, QString()), std::pair(u"/etc/"_s, QString())})
        proposals.add({.label = path, .kind = CompletionKind::Folder, .detail = meaning});
}

void addOtherDestinations(Proposals &proposals, const CompletionQuestion &question)
{
    const graph::Stage *stage = ownStage(question);
    if (!stage)
        return;
    for (const int line : stage->instructions) {
        const Keyword keyword = question.tree.line(line).keyword;
        if (line == question.place.line || (keyword != Keyword::Copy && keyword != Keyword::Add))
            continue;
        const auto destination = viewCopy(Instruction(question.tree, line)).destination;
        if (destination && destination->text != "."_L1 && !destination->text.startsWith("<<"_L1))
            proposals.add({.label = destination->text,
                           .kind = CompletionKind::Folder,
                           .detail = Text::tr("destination in line %1").arg(question.tree.firstRow(line))});
    }
}

// Does another word stand behind the one that is typed?
bool hasWordBehind(const CompletionPlace &place)
{
    const qsizetype blank = place.after.indexOf(u' ');
    const QString rest = blank < 0 ? QString() : place.after.sliced(blank).trimmed();
    return !rest.isEmpty() && rest != u'\\' && rest != u'`';
}

}

Completion completeContextPath(const CompletionQuestion &question, const QString &word)
{
    const CompletionPlace &place = question.place;
    const qsizetype slash = word.lastIndexOf(u'/');
    const QString typed = word.sliced(slash + 1);
    QString folder = slash < 0 ? QString() : word.first(slash);
    while (folder.startsWith(u'/') || folder.startsWith("./"_L1))
        folder.remove(0, folder.startsWith(u'/') ? 1 : 2);
    if (folder == "."_L1)
        folder.clear();
    Proposals proposals(typed, place.piece(typed.size(), [](QChar c) { return !endsPiece(c); }));
    if (!question.facts.listFolder || folder.contains(u'$') || folder.startsWith(".."_L1))
        return proposals.take();
    const std::vector<FolderEntry> entries = question.facts.listFolder(folder);
    const auto addAll = [&](bool hidden) {
        for (const FolderEntry &entry : entries) {
            if (entry.name.startsWith(u'.') != hidden || needsQuotes(entry.name, place.inJson))
                continue;
            proposals.add({.label = entry.isFolder ? QString(entry.name + u'/') : entry.name,
                           .kind = entry.isFolder ? CompletionKind::Folder : CompletionKind::File,
                           .detail = entry.sizeBytes >= 0 && !entry.isFolder
                                         ? base::sizeInWords(entry.sizeBytes)
                                         : QString(),
                           .goesOn = entry.isFolder});
        }
    };
    addAll(false);
    if (word.isEmpty())
        proposals.add({.label = u"."_s,
                       .kind = CompletionKind::Folder,
                       .detail = Text::tr("everything in the build context")});
    addAll(true);
    return proposals.take();
}

Completion completeProducedPath(const CompletionQuestion &question, const QString &stage, const QString &word)
{
    Proposals proposals = proposalsForWord(question.place, word);
    const graph::Stage *source = question.graph.stageCalled(stage, std::max(question.place.stage, 0));
    if (source)
        for (const QString &path : graph::producedPaths(question.tree, question.graph, source->key))
            proposals.add({.label = path,
                           .kind = CompletionKind::File,
                           .detail = Text::tr("made by %1").arg(source->displayName())});
    return proposals.take();
}

Completion completeDestination(const CompletionQuestion &question, const QString &from)
{
    const CompletionPlace &place = question.place;
    const bool isOfContext =
        from.isEmpty() && place.word.contains(u'/') && !place.word.startsWith(u'/') && place.word != "./"_L1;
    if (hasWordBehind(place) || isOfContext)
        return from.isEmpty() ? completeContextPath(question, place.word)
                              : completeProducedPath(question, from, place.word);
    Proposals proposals = proposalsForWord(place, place.word);
    if (!from.isEmpty() && place.words.size() == 1)
        proposals.add({.label = place.words.front(),
                       .kind = CompletionKind::File,
                       .detail = Text::tr("the same path")});
    addFolders(proposals, question);
    addOtherDestinations(proposals, question);
    Completion completion = proposals.take();
    if (!from.isEmpty() || place.word.contains(u'/'))
        return completion;
    // Or it is one more source.
    Completion sources = completeContextPath(question, place.word);
    if (sources.range == completion.range)
        std::ranges::move(sources.items, std::back_inserter(completion.items));
    return completion;
}

Completion completeCommandPath(const CompletionQuestion &question, const QString &word)
{
    const CompletionPlace &place = question.place;
    qsizetype start = word.size();
    while (start > 0 && !QStringView(u"\"'=:,;()<>|&").contains(word[start - 1]))
        --start;
    const QString path = word.sliced(start);
    const graph::Stage *stage = ownStage(question);
    if (stage && (path.startsWith(u'/') || (path.isEmpty() && place.inJson && place.words.isEmpty()))) {
        Proposals proposals = proposalsForWord(place, path);
        for (const QString &made : graph::producedPaths(question.tree, question.graph, stage->key))
            proposals.add({.label = made, .kind = CompletionKind::File});
        return proposals.take();
    }
    const bool isPath = path.contains(u'/') || path.startsWith(u'.') || !place.words.isEmpty();
    if (isPath && takesContext(question) && !path.startsWith(u'-'))
        return completeContextPath(question, path);
    return {.range = {place.offset, 0}, .items = {}};
}

}
