// SPDX-License-Identifier: Apache-2.0
// Which line of the Dockerfile made which layer. Engines do not say; history and instructions are two lists
// in the same order, so this is an alignment of the two: the best sum of likenesses, gaps allowed where they
// do occur.
#include "image/imagesizes.h"

#include <limits>
#include <optional>
#include <ranges>

namespace image {

using namespace Qt::StringLiterals;

namespace {

/// Only what both sides keep: flags, quotes, commas and blanks are written differently by every builder.
QString essence(const QString &text)
{
    QString out;
    for (const auto &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (word.startsWith(u"--"_s))
            continue;
        for (const QChar c : word)
            if (!c.isSpace() && !u"\"'[],=\\"_s.contains(c))
                out += c;
    }
    return out;
}

struct Entry
{
    QString keyword;
    QString essence;
};

/// How well a layer fits a step; below zero they cannot belong together.
int likeness(const Entry &layer, const Entry &step)
{
    if (layer.keyword != step.keyword)
        return -1;
    if (layer.essence == step.essence)
        return 6;
    if (!layer.essence.isEmpty() && !step.essence.isEmpty() &&
        (layer.essence.startsWith(step.essence) || step.essence.startsWith(layer.essence)))
        return 5;
    // Variables, digests of copied files and here-documents read differently: the keyword and the order must
    // do. Metadata of another text is more likely the base image's.
    return layer.keyword == u"RUN" || layer.keyword == u"COPY" || layer.keyword == u"ADD" ? 4 : 0;
}

/// What it costs to find no layer for a step. ONBUILD leaves no entry with BuildKit, and buildah drops more.
int missingCost(const Entry &step)
{
    return step.keyword == u"ONBUILD" || step.keyword == u"ARG" || step.keyword == u"MAINTAINER" ? 0 : 2;
}

constexpr int strangerCost = 3; ///< of a layer between two of ours that no step made

/// Aligns the newest layers with the last steps; both lists newest first.
class Alignment
{
public:
    Alignment(std::vector<Entry> layers, std::vector<Entry> steps)
        : m_layers(std::move(layers))
        , m_steps(std::move(steps))
        , m_cells((m_layers.size() + 1) * (m_steps.size() + 1))
    {
        for (std::size_t l = 0; l <= m_layers.size(); ++l)
            for (std::size_t s = 0; s <= m_steps.size(); ++s)
                if (l > 0 || s > 0)
                    fill(l, s);
    }

    /// For each layer, newest first, the step that made it; nothing for the others.
    [[nodiscard]] std::vector<std::optional<std::size_t>> pairs() const
    {
        std::vector<std::optional<std::size_t>> found(m_layers.size());
        std::size_t l = m_layers.size();
        std::size_t s = m_steps.size();
        while (l > 0 || s > 0) {
            const Move move = cell(l, s).move;
            if (move == Move::Match)
                found[l - 1] = s - 1;
            if (move != Move::SkipStep)
                --l;
            if (move != Move::SkipLayer)
                --s;
        }
        return found;
    }

private:
    enum class Move : quint8 { Match, SkipLayer, SkipStep };
    struct Cell
    {
        int score = 0;
        Move move = Move::Match;
    };

    [[nodiscard]] const Cell &cell(std::size_t l, std::size_t s) const
    {
        return m_cells[l * (m_steps.size() + 1) + s];
    }

    void fill(std::size_t l, std::size_t s)
    {
        Cell best{std::numeric_limits<int>::min(), Move::SkipLayer};
        const auto offer = [&best](int score, Move move) {
            if (score > best.score)
                best = {score, move};
        };
        const int fit = l > 0 && s > 0 ? likeness(m_layers[l - 1], m_steps[s - 1]) : -1;
        if (fit >= 0)
            offer(cell(l - 1, s - 1).score + fit, Move::Match);
        if (s > 0)
            offer(cell(l, s - 1).score - missingCost(m_steps[s - 1]), Move::SkipStep);
        if (l > 0) // what is older than the first step is the base image's, and costs nothing
            offer(cell(l - 1, s).score - (s == m_steps.size() ? 0 : strangerCost), Move::SkipLayer);
        m_cells[l * (m_steps.size() + 1) + s] = best;
    }

    std::vector<Entry> m_layers;
    std::vector<Entry> m_steps;
    std::vector<Cell> m_cells;
};

/// More than any engine keeps (127 layers): a limit for what is no real Dockerfile or image.
constexpr std::size_t mostEntries = 1000;

}

void attributeToSource(ImageSizes &sizes, const std::vector<SourceStep> &steps)
{
    std::vector<Entry> newestLayers;
    for (Layer &layer : sizes.layers | std::views::reverse) {
        layer.row = 0;
        layer.fromBase = true;
        if (newestLayers.size() < mostEntries)
            newestLayers.push_back({layer.keyword, essence(layer.instruction.mid(layer.keyword.size()))});
    }
    std::vector<Entry> lastSteps;
    for (const SourceStep &step : steps | std::views::reverse | std::views::take(mostEntries))
        lastSteps.push_back({step.keyword, essence(step.text)});

    const auto pairs = Alignment(std::move(newestLayers), std::move(lastSteps)).pairs();
    std::size_t ours = pairs.size();
    while (ours > 0 && !pairs[ours - 1])
        --ours;
    for (std::size_t i = 0; i < ours; ++i) {
        Layer &layer = sizes.layers[sizes.layers.size() - 1 - i];
        layer.fromBase = false;
        layer.row = pairs[i] ? steps[steps.size() - 1 - *pairs[i]].row : 0;
    }
}

}
