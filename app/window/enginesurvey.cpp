// SPDX-License-Identifier: Apache-2.0
#include "window/enginesurvey.h"

#include "window/enginehub.h"

namespace app {

using State = ui::EngineEntry::State;

EngineSurvey::EngineSurvey(EngineHub &hub, QObject *parent)
    : QObject(parent)
    , m_hub(hub)
{
    connect(&m_hub, &EngineHub::placesChanged, this, &EngineSurvey::lookAgain);
    connect(&m_hub, &EngineHub::stateChanged, this, [this] {
        testUsed();
        tell();
    });
    connect(&m_hub, &EngineHub::trying, this, [this](const engine::EnginePlace &place) {
        m_findings[place.id].state = State::Testing;
        tell();
    });
    connect(&m_hub, &EngineHub::used, this, &EngineSurvey::ask);
    connect(&m_hub, &EngineHub::refused, this,
            [this](const engine::EnginePlace &place, const base::Error &error) {
                auto &finding = m_findings[place.id];
                finding.state = State::Refused;
                finding.error = error;
                tell();
            });
    lookAgain();
    testUsed();
}

const ui::EngineEntry *EngineSurvey::entry(const QString &id) const
{
    const auto found = std::ranges::find_if(
        m_entries, [&id](const ui::EngineEntry &candidate) { return candidate.place.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

void EngineSurvey::lookAgain()
{
    m_places = m_hub.places();
    tell();
}

void EngineSurvey::test(const QString &id)
{
    const auto found = std::ranges::find(m_places, id, &engine::EnginePlace::id);
    if (found != m_places.end())
        ask(*found);
}

void EngineSurvey::testAll()
{
    lookAgain(); // a socket may have appeared
    for (const auto &place : m_places) {
        if (!place.isAbsent && (place.endpoint || place.buildKit))
            ask(place);
    }
}

void EngineSurvey::testUsed()
{
    for (const auto &place : m_places) {
        if (m_hub.isUsed(place) && m_findings.value(place.id).state == State::Untried)
            ask(place);
    }
}

void EngineSurvey::ask(const engine::EnginePlace &place)
{
    auto &finding = m_findings[place.id];
    finding.state = State::Testing;
    const int number = ++finding.asked;
    engine::askPlace(this, place, [this, id = place.id, number](base::Result<engine::PlaceAnswer> answer) {
        auto &asked = m_findings[id];
        if (asked.asked != number)
            return;
        asked.state = answer ? State::Answers : State::Refused;
        asked.answer = answer ? std::move(*answer) : engine::PlaceAnswer();
        asked.error = answer ? base::Error() : answer.error();
        tell();
    });
    tell();
}

void EngineSurvey::tell()
{
    const auto own = m_hub.ownAddresses();
    m_entries.clear();
    for (const auto &place : m_places) {
        const auto finding = m_findings.value(place.id);
        m_entries.push_back({.place = place,
                             .state = finding.state,
                             .answer = finding.answer,
                             .error = finding.error,
                             .isUsed = m_hub.isUsed(place),
                             .isOwn = own.contains(place.id)});
    }
    Q_EMIT changed();
}

}
