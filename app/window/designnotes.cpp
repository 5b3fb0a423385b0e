// SPDX-License-Identifier: Apache-2.0
#include "window/designnotes.h"

#include "base/units.h"
#include "build/sourcemap.h"
#include "widgets/shorttime.h"

#include <QCoreApplication>

namespace app {

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;
using NodeState = ui::NodeNote::State;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DesignNotes", text);
}

struct StageSum
{
    int waiting = 0, running = 0, cached = 0, done = 0, failed = 0, cancelled = 0;
    std::chrono::nanoseconds duration{0};

    void add(const engine::BuildStep &step)
    {
        switch (step.state) {
        case State::Waiting:
            ++waiting;
            break;
        case State::Running:
            ++running;
            break;
        case State::Cached:
            ++cached;
            break;
        // Looking up the base takes no time to speak of, and says nothing about the stage's own work.
        case State::Done:
            ++(step.instruction.startsWith("FROM "_L1) ? cached : done);
            break;
        case State::Failed:
            ++failed;
            break;
        case State::Cancelled:
            ++cancelled;
            break;
        }
        duration += step.duration;
    }

    [[nodiscard]] NodeState state() const
    {
        if (failed > 0)
            return NodeState::Failed;
        if (running > 0)
            return NodeState::Running;
        if (cancelled > 0)
            return NodeState::Cancelled;
        if (waiting > 0)
            return done + cached > 0 ? NodeState::Running : NodeState::Waiting;
        return done > 0 ? NodeState::Done : NodeState::Cached;
    }

    [[nodiscard]] QString words() const
    {
        switch (state()) {
        case NodeState::None:
            return {};
        case NodeState::Waiting:
            return tr("waiting");
        case NodeState::Running:
            return tr("running");
        case NodeState::Cached:
            return tr("cached");
        case NodeState::Done:
            return ui::shortTime(duration);
        case NodeState::Failed:
            return tr("failed");
        case NodeState::Cancelled:
            return tr("not finished");
        }
        Q_UNREACHABLE_RETURN({});
    }
};

// The image is what the target's stage came to: its size belongs on that card.
void addSize(ui::NodeNote &note, const image::ImageSizes &sizes)
{
    note.text =
        base::sizeInWords(sizes.totalBytes) + (note.text.isEmpty() ? QString() : u" · "_s + note.text);
    note.tooltip = tr("The image: %1").arg(base::exactSize(sizes.totalBytes));
}

void addEngineImages(ui::GraphNotes &notes, const std::vector<engine::ImageSummary> &images)
{
    for (const auto &image : images) {
        for (const auto &tag : image.tags) {
            QStringList names{tag};
            if (tag.endsWith(":latest"_L1))
                names.append(tag.chopped(7)); // FROM alpine means alpine:latest
            for (const auto &name : std::as_const(names)) {
                notes.imageSizes.insert(name, base::sizeInWords(image.sizeBytes));
                if (image.isStandIn)
                    notes.standIns.insert(name);
            }
        }
    }
}

}

ui::GraphNotes graphNotes(const DesignFacts &facts)
{
    ui::GraphNotes notes;
    notes.findings = facts.findings;
    addEngineImages(notes, facts.images);
    QHash<graph::NodeKey, StageSum> sums;
    for (const auto &step : facts.steps) {
        if (const auto *stage = stageOfStep(facts.built.graph, step))
            sums[stage->key].add(step);
    }
    for (auto sum = sums.cbegin(); sum != sums.cend(); ++sum)
        notes.nodes.insert(sum.key(), {.state = sum->state(), .text = sum->words()});
    const auto &graph = facts.built.graph;
    if (facts.sizes && graph.target >= 0)
        addSize(notes.nodes[graph.stages[std::size_t(graph.target)].key], *facts.sizes);
    return notes;
}

}
