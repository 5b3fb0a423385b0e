// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/linelexer.h"
#include "dockerfile/tree.h"

namespace dockerfile {

/// A run of consecutive lines with the sums that answer "where". Immutable and shared between trees, so that
/// an edit copies the few chunks it touches and a list of pointers to the others.
struct Chunk
{
    std::vector<LinePtr> lines;
    std::vector<qsizetype> starts; ///< of each line from the chunk's start, and the chunk's length
    std::vector<int> rows;         ///< LFs before each line within the chunk, and those of the whole chunk
    int instructions = 0;
    int suspects = 0;
    int unterminated = 0;

    explicit Chunk(std::vector<LinePtr> chunkLines);
    [[nodiscard]] int size() const { return static_cast<int>(lines.size()); }
    [[nodiscard]] qsizetype length() const { return starts.back(); }
};
using ChunkPtr = std::shared_ptr<const Chunk>;

/// What the parser directives at the top say.
struct Header
{
    QChar escape = u'\\';
    std::vector<Directive> directives; ///< one a line, from the first line on

    /// Adds what the next line, a directive, says.
    void add(QStringView lineText);
};

struct Tree::Data
{
    struct Place ///< sums before a chunk
    {
        int line = 0;
        int rows = 0;
        qsizetype offset = 0;
    };

    std::vector<ChunkPtr> chunks;
    std::vector<Place> places; ///< one a chunk, and one for the end
    Header header;

    explicit Data(std::vector<ChunkPtr> allChunks);

    [[nodiscard]] const Place &end() const { return places.back(); }
    [[nodiscard]] size_t chunkOfLine(int line) const;
    [[nodiscard]] size_t chunkAtOffset(qsizetype offset) const;
    [[nodiscard]] size_t chunkAtRow(int rowsBefore) const;
    [[nodiscard]] const LinePtr &line(int index) const;
    [[nodiscard]] qsizetype lineStart(int index) const; ///< `index` may be the line count
    [[nodiscard]] int lineAt(qsizetype offset) const;
    [[nodiscard]] QString textOfLines(int from, int to) const;
};

/// Makes trees: of a whole text, and of a tree and an edit.
class TreeBuilder
{
public:
    using Data = Tree::Data;
    enum class Part { File, Instruction }; ///< what stands after ONBUILD has neither directives nor a BOM

    static Tree parse(const QString &text, Part part = Part::File, QChar escape = u'\\');
    static Tree edited(const Tree &tree, const base::Replacement &replacement);

    static const Data &data(const Tree &tree) { return *tree.d; }

private:
    static Tree make(std::vector<ChunkPtr> chunks, Header header);
};

/// Makes the immutable forms of lexed lines. Those of a whole file get their memory together, some at a time:
/// few enough that a line which outlives its neighbours keeps little of it.
class LineMaker
{
public:
    enum class Amount { Few, Many };

    explicit LineMaker(Amount amount)
        : m_amount(amount)
    {}

    /// `lexed` was read from `text`.
    LinePtr make(QStringView text, const LexedLine &lexed);

private:
    std::shared_ptr<Line> newLine();

    static constexpr qsizetype together = 16;
    Amount m_amount;
    std::shared_ptr<Line[]> m_lines;
    qsizetype m_used = together;
};

/// Cuts lines into chunks of a good size and appends them.
void appendChunks(std::vector<ChunkPtr> &chunks, std::vector<LinePtr> lines);

}
