// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engines/engineentry.h"

#include <QHash>
#include <QObject>

namespace app {

class EngineHub;

/// The places that the hub knows, and what came of asking them. Nothing is asked but on a wish, and what is
/// in use: an ssh would start, a far machine be woken.
class EngineSurvey : public QObject
{
    Q_OBJECT

public:
    explicit EngineSurvey(EngineHub &hub, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<ui::EngineEntry> &entries() const { return m_entries; }
    /// Null: there is no such place.
    [[nodiscard]] const ui::EngineEntry *entry(const QString &id) const;

    void test(const QString &id);
    /// All but the sockets that are not there.
    void testAll();

public Q_SLOTS:
    /// Reads contexts, builders and sockets again; what was answered stays.
    void lookAgain();

Q_SIGNALS:
    void changed();

private:
    struct Finding
    {
        ui::EngineEntry::State state = ui::EngineEntry::State::Untried;
        engine::PlaceAnswer answer{};
        base::Error error{};
        int asked = 0; ///< counts the questions: only the newest is answered
    };

    void ask(const engine::EnginePlace &place);
    void testUsed();
    void tell();

    EngineHub &m_hub;
    std::vector<engine::EnginePlace> m_places;
    QHash<QString, Finding> m_findings; ///< by id of the place
    std::vector<ui::EngineEntry> m_entries;
};

}
