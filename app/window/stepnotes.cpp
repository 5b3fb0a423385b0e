// SPDX-License-Identifier: Apache-2.0
#include "window/stepnotes.h"

#include "base/units.h"
#include "build/buildmodel.h"
#include "widgets/shorttime.h"

namespace app {

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;
using Kind = ui::RowNote::Kind;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("StepNotes", text);
}

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() ? second : second.isEmpty() ? first : first + u" · "_s + second;
}

Kind kindOf(State state)
{
    switch (state) {
    case State::Waiting:
    case State::Cached:
    case State::Cancelled:
        return Kind::Quiet;
    case State::Running:
        return Kind::Running;
    case State::Done:
        return Kind::Done;
    case State::Failed:
        return Kind::Failed;
    }
    Q_UNREACHABLE_RETURN(Kind::Quiet);
}

// What one wants to know first when a line runs for several platforms.
int urgency(Kind kind)
{
    switch (kind) {
    case Kind::Quiet:
        return 0;
    case Kind::Done:
        return 1;
    case Kind::Warning:
        return 2;
    case Kind::Running:
        return 3;
    case Kind::Failed:
        return 4;
    }
    Q_UNREACHABLE_RETURN(0);
}

void addStep(ui::RowNote &note, const engine::BuildStep &step, const QString &words, bool withPlatform)
{
    const QString platform = withPlatform ? shortPlatform(step.platform) : QString();
    const QString told = platform.isEmpty() ? words : platform + u' ' + words;
    const bool isFirst = note.text.isEmpty();
    note.text = joined(note.text, told);
    const QString error = step.error.isEmpty() ? QString() : QString(u'\n' + step.error);
    note.tooltip += (note.tooltip.isEmpty() ? QString() : u"\n"_s) + step.name + error;
    if (isFirst || urgency(kindOf(step.state)) > urgency(note.kind))
        note.kind = kindOf(step.state);
}

}

QString stepInWords(const engine::BuildStep &step, const QDateTime &now)
{
    switch (step.state) {
    case State::Waiting:
        return tr("waiting");
    case State::Running: {
        // It may have begun a moment ahead of our clock.
        const auto elapsed = std::chrono::milliseconds(
            step.started.isValid() ? std::max<qint64>(0, step.started.msecsTo(now)) : 0);
        const QString time = ui::shortTime(elapsed);
        return joined(tr("running %1").arg(time), ui::BuildModel::progressInWords(step));
    }
    case State::Cached:
        return tr("cached");
    case State::Done:
        return step.instruction.startsWith("FROM "_L1) ? QString() : ui::shortTime(step.duration);
    case State::Failed:
        return tr("failed");
    case State::Cancelled:
        return tr("not finished");
    }
    Q_UNREACHABLE_RETURN({});
}

QString shortPlatform(const QString &platform)
{
    const QString target = platform.section(u"->"_s, -1).trimmed();
    return target.startsWith("linux/"_L1) ? target.mid(6) : target;
}

bool hasSeveralPlatforms(const std::vector<engine::BuildStep> &steps)
{
    QString first;
    return std::ranges::any_of(steps, [&first](const engine::BuildStep &step) {
        if (first.isEmpty())
            first = step.platform;
        return !step.platform.isEmpty() && step.platform != first;
    });
}

QHash<int, ui::RowNote> rowNotes(const RowFacts &facts)
{
    QHash<int, ui::RowNote> notes;
    const bool several = hasSeveralPlatforms(facts.steps);
    for (const auto &step : facts.steps) {
        const int row = facts.rows.value(step.id);
        const QString words =
            row == 0 || step.state == State::Waiting ? QString() : stepInWords(step, facts.now);
        if (!words.isEmpty())
            addStep(notes[row], step, words, several);
    }
    for (const auto &miss : facts.misses) {
        if (miss.row == 0)
            continue;
        auto &note = notes[miss.row];
        note.text = joined(note.text, tr("ran again"));
        note.tooltip = miss.text + (note.tooltip.isEmpty() ? QString() : u"\n"_s + note.tooltip);
    }
    if (!facts.sizes)
        return notes;
    for (const auto &layer : facts.sizes->layers) {
        if (layer.row == 0 || layer.isEmpty)
            continue;
        auto &note = notes[layer.row];
        note.text = joined(base::sizeInWords(layer.sizeBytes), note.text);
        const QString exact = tr("%1 in the image").arg(base::exactSize(layer.sizeBytes));
        note.tooltip = exact + (note.tooltip.isEmpty() ? QString() : u"\n"_s + note.tooltip);
    }
    return notes;
}

}
