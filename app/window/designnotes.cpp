// SPDX-License-Identifier: Apache-2.0
#include "window/designnotes.h"

#include "base/units.h"
#include "build/sourcemap.h"
#include "widgets/shorttime.h"
#include "window/stepnotes.h"

#include <QCoreApplication>

#include <array>

namespace app {

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;
using NodeState = ui::NodeNote::State;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DesignNotes", text);
}

// The steps of one stage for one platform.
struct StageRun
{
    QString platform;
    std::vector<const engine::BuildStep *> steps;

    [[nodiscard]] int count(State state) const
    {
        return int(std::ranges::count(steps, state, [](const auto *step) { return step->state; }));
    }
    [[nodiscard]] const engine::BuildStep *first(State state) const
    {
        const auto found = std::ranges::find(steps, state, [](const auto *step) { return step->state; });
        return found == steps.end() ? nullptr : *found;
    }
    // Looking up the base takes no time to speak of, and says nothing about the stage's own work.
    [[nodiscard]] bool hasWorked() const
    {
        return std::ranges::any_of(steps, [](const auto *step) {
            return step->state == State::Done && !step->instruction.startsWith("FROM "_L1);
        });
    }

    [[nodiscard]] NodeState state() const
    {
        if (count(State::Failed) > 0)
            return NodeState::Failed;
        if (count(State::Running) > 0)
            return NodeState::Running;
        if (count(State::Cancelled) > 0)
            return NodeState::Cancelled;
        if (count(State::Waiting) > 0)
            return count(State::Done) + count(State::Cached) > 0 ? NodeState::Running : NodeState::Waiting;
        return hasWorked() ? NodeState::Done : NodeState::Cached;
    }

    [[nodiscard]] QString runningInWords(const QDateTime &now) const
    {
        const auto *step = first(State::Running);
        if (!step)
            return tr("%1 of %2 steps").arg(count(State::Done) + count(State::Cached)).arg(steps.size());
        return tr("%1 of %2: %3").arg(step->position).arg(step->count).arg(stepInWords(*step, now));
    }

    [[nodiscard]] QString words(const QDateTime &now) const
    {
        switch (state()) {
        case NodeState::None:
            return {};
        case NodeState::Waiting:
            return tr("waiting");
        case NodeState::Running:
            return runningInWords(now);
        case NodeState::Cached:
            return tr("cached");
        case NodeState::Done: {
            std::chrono::nanoseconds duration{0};
            for (const auto *step : steps)
                duration += step->duration;
            return ui::shortTime(duration);
        }
        case NodeState::Failed: {
            // The engine's sentence ends with what matters: "... did not complete successfully: exit code: 1"
            const QString error = first(State::Failed)->error.section(u"successfully: "_s, -1).simplified();
            return error.isEmpty() ? tr("failed") : tr("failed: %1").arg(error);
        }
        case NodeState::Cancelled:
            return tr("not finished");
        }
        Q_UNREACHABLE_RETURN({});
    }
};

// One platform's state stands for the stage: what needs a person first, then what still goes on.
NodeState worse(NodeState first, NodeState second)
{
    static constexpr std::array order{NodeState::None,      NodeState::Cached,  NodeState::Done,
                                      NodeState::Cancelled, NodeState::Waiting, NodeState::Running,
                                      NodeState::Failed};
    return std::ranges::find(order, first) < std::ranges::find(order, second) ? second : first;
}

ui::NodeNote noteOf(const std::vector<StageRun> &runs, const QDateTime &now)
{
    ui::NodeNote note;
    QStringList texts;
    for (const auto &run : runs) {
        note.state = worse(note.state, run.state());
        const QString words = run.words(now);
        texts.append(runs.size() > 1 ? QString(shortPlatform(run.platform) + u' ' + words) : words);
        if (const auto *failed = run.first(State::Failed))
            note.tooltip = failed->name + u'\n' + failed->error;
    }
    note.text = texts.join(u" · "_s);
    if (note.tooltip.isEmpty() && runs.size() > 1)
        note.tooltip = texts.join(u'\n');
    return note;
}

// By stage, in the order of the platforms' first steps.
QHash<graph::NodeKey, std::vector<StageRun>> stageRuns(const DesignFacts &facts)
{
    QHash<graph::NodeKey, std::vector<StageRun>> all;
    for (const auto &step : facts.steps) {
        const auto *stage = stageOfStep(facts.built.graph, step);
        if (!stage)
            continue;
        auto &runs = all[stage->key];
        auto run = std::ranges::find(runs, step.platform, &StageRun::platform);
        if (run == runs.end())
            run = runs.insert(runs.end(), {.platform = step.platform, .steps = {}});
        run->steps.push_back(&step);
    }
    return all;
}

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
    const auto runs = stageRuns(facts);
    for (const auto &[key, stage] : runs.asKeyValueRange())
        notes.nodes.insert(key, noteOf(stage, facts.now));
    const auto &graph = facts.built.graph;
    if (facts.sizes && graph.target >= 0)
        addSize(notes.nodes[graph.stages[std::size_t(graph.target)].key], *facts.sizes);
    return notes;
}

}
