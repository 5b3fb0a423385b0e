// SPDX-License-Identifier: Apache-2.0
#include "commandline/buildoutput.h"

#include "base/units.h"
#include "build/secretvalues.h"
#include "build/sourcemap.h"
#include "build/stepstate.h"
#include "image/comparison.h"
#include "image/texttable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = engine::BuildStep::State;

namespace {

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

QJsonObject stepJson(const BuildInput &input, const engine::BuildStep &step)
{
    return {{u"name"_s, step.name},
            {u"stage"_s, step.stage},
            {u"state"_s, stateName(step.state)},
            {u"seconds"_s, seconds(step.duration)},
            {u"row"_s, rowOfStep(input.snapshot, step)}};
}

}

void BuildProgressText::show(const engine::BuildStep &step)
{
    m_names.insert(step.id, step.name);
    const bool isPull = step.name.startsWith("pull "_L1);
    if (isPull && step.state == State::Running)
        announce(step.id);
    if (!hasEnded(step.state))
        return;
    // A vertex may end several times, first of all after its cache look-up: told again is what is news.
    const auto told = m_ended.constFind(step.id);
    const bool isNews = told == m_ended.cend() || step.duration - told->duration >= 1s ||
                        (told->state != step.state && step.state != State::Cached);
    if (!isNews)
        return;
    m_ended.insert(step.id, {step.state, step.duration});
    if (const QString rest = m_partialLines.take(step.id); !rest.isEmpty())
        writeLogLine(step.id, rest);
    // The engine's own steps are worth a line when they broke, or when somebody waited for them.
    if (step.isInternal() && !isPull && step.state != State::Failed && step.duration < 1s)
        return;
    const bool isWorthATime = step.state == State::Done && step.duration >= 10ms;
    writeState(step.state, step.name, isWorthATime ? base::durationInWords(step.duration) : QString());
}

void BuildProgressText::showLog(const QString &stepId, const QString &text)
{
    announce(stepId);
    QStringList lines = QString(m_partialLines.take(stepId) + text).split(u'\n');
    const QString rest = lines.takeLast();
    if (!rest.isEmpty())
        m_partialLines.insert(stepId, rest);
    for (const auto &line : lines)
        writeLogLine(stepId, line);
}

void BuildProgressText::showNote(const engine::BuildWarning &warning)
{
    if (warning.firstRow == 0)
        m_console.err(m_prefix + u"%1 "_s.arg(QCoreApplication::translate("BuildOutput", "note"), -9) +
                      warning.message + u'\n');
}

void BuildProgressText::showSilence(std::chrono::seconds time)
{
    const bool isSilent = time > 0s;
    if (std::exchange(m_isSilent, isSilent) == isSilent)
        return;
    const QString words =
        isSilent ? QCoreApplication::translate(
                       "BuildOutput", "the engine has said nothing for %1 s: waiting for it, Ctrl+C cancels")
                       .arg(time.count())
                 : QCoreApplication::translate("BuildOutput", "the engine speaks again: the build goes on");
    m_console.err(m_prefix + words + u'\n');
}

void BuildProgressText::announce(const QString &stepId)
{
    if (m_announced.contains(stepId))
        return;
    m_announced.insert(stepId);
    writeState(State::Running, m_names.value(stepId), {});
}

void BuildProgressText::writeState(State state, const QString &name, const QString &time)
{
    constexpr int nameColumns = 100;
    const QString gap = time.isEmpty() ? QString() : u"  "_s;
    m_console.err(m_prefix + u"%1 "_s.arg(stateName(state), -9) +
                  image::elided(name.simplified(), nameColumns) + gap + time + u'\n');
}

void BuildProgressText::writeLogLine(const QString &stepId, const QString &line)
{
    m_lastLogged = stepId;
    m_console.err(m_prefix + u"    | "_s + line + u'\n');
}

QString failedLinesText(const BuildInput &input, const engine::BuildOutcome &outcome)
{
    constexpr int most = 12;
    const auto &tree = input.snapshot.tree;
    const int line = outcome.errorRow > 0 ? tree.lineAtRow(outcome.errorRow) : -1;
    if (line < 0)
        return {};
    QString text;
    const int end = std::min(tree.lastRow(line) + 1, tree.firstRow(line) + most);
    for (int row = tree.firstRow(line); row < end; ++row) {
        QStringView content = QStringView(input.snapshot.text).sliced(tree.rowStart(row));
        content = content.first(std::min(content.size(), std::max<qsizetype>(0, content.indexOf(u'\n'))));
        text += u"%1 | %2\n"_s.arg(row, 5).arg(content.trimmed().isEmpty() ? QString() : content.toString());
    }
    return SecretValues().hidden(text); // a token in an address
}

QByteArray buildReportJson(const BuildInput &input, const BuildReport &report)
{
    QJsonObject root{{u"succeeded"_s, report.outcome.succeeded()},
                     {u"image"_s, report.outcome.imageId},
                     {u"tags"_s, QJsonArray::fromStringList(input.tags)},
                     {u"seconds"_s, seconds(report.outcome.duration)},
                     {u"notes"_s, QJsonArray::fromStringList(report.notes)}};
    QJsonArray steps;
    for (const auto &step : report.steps)
        steps.append(stepJson(input, step));
    root.insert(u"steps"_s, steps);
    QJsonArray misses;
    for (const auto &miss : report.misses)
        misses.append(QJsonObject{{u"text"_s, miss.text}, {u"row"_s, miss.row}});
    root.insert(u"cacheMisses"_s, misses);
    if (const auto &error = report.outcome.error) {
        QJsonObject object{{u"message"_s, error->message},
                           {u"where"_s, error->where},
                           {u"hint"_s, error->hint},
                           {u"detail"_s, error->detail},
                           {u"row"_s, report.outcome.errorRow},
                           {u"lastRow"_s, report.outcome.errorLastRow}};
        if (report.outcome.exitCode)
            object.insert(u"exitCode"_s, *report.outcome.exitCode);
        root.insert(u"error"_s, object);
    }
    if (report.sizes)
        root.insert(u"sizes"_s, QJsonDocument::fromJson(image::toJson(*report.sizes)).object());
    return QJsonDocument(root).toJson();
}

QByteArray buildMetadataJson(const BuildInput &input, const BuildReport &report)
{
    QJsonObject root;
    if (!report.outcome.imageId.isEmpty())
        root.insert(u"containerimage.digest"_s, report.outcome.imageId);
    if (!input.tags.isEmpty())
        root.insert(u"image.name"_s, input.tags.join(u','));
    return QJsonDocument(root).toJson();
}

QString buildReportText(const BuildInput &input, const BuildReport &report)
{
    QString text;
    if (report.sizes)
        text += u'\n' + image::toText(*report.sizes);
    // A base image is always there once the build runs: what is worth telling is which instructions ran
    // again.
    const auto isWork = [](const engine::BuildStep &step) {
        return !step.isInternal() && !step.instruction.startsWith("FROM "_L1);
    };
    const auto cached = std::ranges::count_if(report.steps, [&](const engine::BuildStep &step) {
        return isWork(step) && step.state == State::Cached;
    });
    text +=
        u'\n' +
        QCoreApplication::translate("BuildOutput", "Built %1 in %2, %3 of %4 instructions from the cache.")
            .arg(input.tags.value(0, report.outcome.imageId.left(19)),
                 base::durationInWords(report.outcome.duration))
            .arg(cached)
            .arg(std::ranges::count_if(report.steps, isWork)) +
        u'\n';
    for (const auto &miss : report.misses)
        text += miss.text + u'\n';
    if (report.sizes && report.before) {
        text += QCoreApplication::translate("BuildOutput", "The build before: %1 (%2).")
                    .arg(base::sizeInWords(report.before->totalBytes),
                         base::sizeDifference(report.before->totalBytes, report.sizes->totalBytes)) +
                u'\n';
    }
    return text;
}

}
