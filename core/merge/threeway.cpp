// SPDX-License-Identifier: Apache-2.0
#include "merge/threeway.h"

#include "merge/linediff.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace merge {

namespace {

using Lines = std::vector<QStringView>;

// The changes of one side, walked in step with the base.
struct Side
{
    Lines lines;
    std::vector<Change> changes;
    size_t next = 0;
    int row = 0;   ///< of the side, up to where chunks were made
    int shift = 0; ///< row of the side minus row of the base, behind the changes taken so far

    [[nodiscard]] bool hasNext() const { return next < changes.size(); }
    [[nodiscard]] const Change &nextChange() const { return changes[next]; }

    QString takeUpTo(int baseRow)
    {
        QString text;
        for (const int end = baseRow + shift; row < end; ++row)
            text += lines[size_t(row)];
        return text;
    }
};

QString textBetween(const Lines &lines, int start, int end)
{
    QString text;
    for (int row = start; row < end; ++row)
        text += lines[size_t(row)];
    return text;
}

// Takes every change that starts up to `end`, which grows with them.
bool takeTouching(Side &side, int &end)
{
    bool tookAny = false;
    while (side.hasNext() && side.nextChange().oldStart <= end) {
        const auto &change = side.changes[side.next++];
        end = std::max(end, change.oldEnd());
        side.shift = change.newEnd() - change.oldEnd();
        tookAny = true;
    }
    return tookAny;
}

Chunk::Kind kindOf(bool mineChanged, bool theirsChanged, const Chunk &chunk)
{
    if (!mineChanged)
        return Chunk::Kind::Theirs;
    if (!theirsChanged)
        return Chunk::Kind::Mine;
    return chunk.mine == chunk.theirs ? Chunk::Kind::Same : Chunk::Kind::Conflict;
}

}

QString Chunk::text(Choice choice) const
{
    if (kind == Kind::Theirs || (kind == Kind::Conflict && choice == Choice::Theirs))
        return theirs;
    if (kind != Kind::Conflict || choice == Choice::Mine)
        return mine;
    // A last line without an end would run into what follows.
    const bool needsEnd = !mine.isEmpty() && !mine.endsWith(u'\n') && !theirs.isEmpty();
    return mine + (needsEnd ? lineEnd : QString()) + theirs;
}

std::vector<Chunk> threeWay(QStringView base, QStringView mineText, QStringView theirsText)
{
    const Lines baseLines = linesOf(base);
    Side mine{.lines = linesOf(mineText)};
    Side theirs{.lines = linesOf(theirsText)};
    mine.changes = diff(baseLines, mine.lines);
    theirs.changes = diff(baseLines, theirs.lines);

    std::vector<Chunk> chunks;
    const QString lineEnd = !baseLines.empty() && baseLines.front().endsWith(u"\r\n") ? u"\r\n"_s : u"\n"_s;
    int row = 0; // of the base
    const auto unchangedUpTo = [&](int end) {
        if (end > row)
            chunks.push_back({.kind = Chunk::Kind::Unchanged,
                              .base = textBetween(baseLines, row, end),
                              .mine = mine.takeUpTo(end),
                              .theirs = theirs.takeUpTo(end)});
        row = end;
    };
    while (mine.hasNext() || theirs.hasNext()) {
        const int start = !mine.hasNext() ? theirs.nextChange().oldStart
                          : !theirs.hasNext()
                              ? mine.nextChange().oldStart
                              : std::min(mine.nextChange().oldStart, theirs.nextChange().oldStart);
        unchangedUpTo(start);
        int end = start;
        bool mineChanged = false;
        bool theirsChanged = false;
        for (bool grew = true; grew;) {
            const bool byMine = takeTouching(mine, end);
            const bool byTheirs = takeTouching(theirs, end);
            mineChanged = mineChanged || byMine;
            theirsChanged = theirsChanged || byTheirs;
            grew = byMine || byTheirs;
        }
        Chunk chunk{.base = textBetween(baseLines, start, end),
                    .mine = mine.takeUpTo(end),
                    .theirs = theirs.takeUpTo(end)};
        chunk.lineEnd = lineEnd;
        chunk.kind = kindOf(mineChanged, theirsChanged, chunk);
        chunks.push_back(std::move(chunk));
        row = end;
    }
    unchangedUpTo(int(baseLines.size()));
    return chunks;
}

int conflictCount(const std::vector<Chunk> &chunks)
{
    return int(std::ranges::count(chunks, Chunk::Kind::Conflict, &Chunk::kind));
}

}
