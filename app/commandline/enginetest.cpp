// SPDX-License-Identifier: Apache-2.0
#include "commandline/enginetest.h"

#include "engine/buildkit/abilitynames.h"
#include "engine/placeprobe.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EngineTest", text);
}

QStringList factsOf(const engine::PlaceAnswer &answer)
{
    if (!answer.engine)
        return {tr("%1 workers").arg(answer.workers.size())};
    const auto &info = *answer.engine;
    QStringList facts{
        tr("API %1 (%2 to %3)").arg(info.apiVersion, info.minimumApiVersion, info.engineApiVersion),
        info.operatingSystem + u", "_s + info.osType + u'/' + info.architecture};
    facts << (info.containerdStore ? tr("containerd image store")
                                   : tr("image store %1").arg(info.storageDriver));
    if (info.rootless)
        facts << tr("rootless");
    if (!answer.buildKitError.message.isEmpty())
        facts << tr("its BuildKit does not answer: %1").arg(answer.buildKitError.text());
    return facts + info.warnings;
}

class EngineTest
{
public:
    EngineTest(const std::vector<engine::EnginePlace> &places, bool isJson, const Console &console)
        : m_places(places)
        , m_isJson(isJson)
        , m_console(console)
    {}

    void next()
    {
        if (m_at == m_places.size()) {
            if (m_isJson)
                m_console.outBytes(QJsonDocument(m_json).toJson());
            QCoreApplication::exit(m_hasFailed ? JobFailed : Done);
            return;
        }
        engine::askPlace(&m_owner, m_places[m_at], [this](const Answer &answer) { tell(answer); });
    }

private:
    using Answer = base::Result<engine::PlaceAnswer>;

    void tell(const Answer &answer)
    {
        const auto &place = m_places[m_at++];
        m_hasFailed = m_hasFailed || !answer;
        if (m_isJson)
            m_json.append(json(place, answer));
        else
            print(place, answer);
        next();
    }

    void print(const engine::EnginePlace &place, const Answer &answer) const
    {
        m_console.out(place.name + (place.isChosen ? tr(" (chosen)") : QString()) + u'\n');
        if (!answer) {
            m_console.out(u"    %1\n"_s.arg(answer.error().text()));
            return;
        }
        m_console.out(u"    %1: %2\n"_s.arg(answer->product, factsOf(*answer).join(u"; "_s)));
        if (!answer->abilities.platforms.isEmpty())
            m_console.out(tr("    runs %1\n").arg(answer->abilities.platforms.join(u", "_s)));
        QStringList able;
        for (const auto &[name, title, member] : engine::namedAbilities()) {
            if ((answer->abilities.*member).can)
                able.append(name);
        }
        m_console.out(tr("    can: %1\n").arg(able.join(u", "_s)));
        for (const auto &[name, title, member] : engine::namedAbilities()) {
            const auto &ability = answer->abilities.*member;
            if (!ability.can)
                m_console.out(
                    tr("    cannot: %1: %2\n")
                        .arg(name, base::Error{.message = ability.reason, .hint = ability.mend}.text()));
        }
    }

    [[nodiscard]] static QJsonObject json(const engine::EnginePlace &place, const Answer &answer)
    {
        QJsonObject object{{u"name"_s, place.name},
                           {u"address"_s, place.address},
                           {u"answers"_s, answer.has_value()},
                           {u"chosen"_s, place.isChosen}};
        if (!answer) {
            object.insert(u"error"_s, answer.error().text());
            return object;
        }
        object.insert(u"product"_s, answer->product);
        object.insert(u"facts"_s, QJsonArray::fromStringList(factsOf(*answer)));
        object.insert(u"platforms"_s, QJsonArray::fromStringList(answer->abilities.platforms));
        QJsonObject abilities;
        for (const auto &[name, title, member] : engine::namedAbilities()) {
            const auto &ability = answer->abilities.*member;
            QJsonObject one{{u"can"_s, ability.can}};
            if (!ability.can) {
                one.insert(u"reason"_s, ability.reason);
                one.insert(u"mend"_s, ability.mend);
            }
            abilities.insert(name, one);
        }
        object.insert(u"abilities"_s, abilities);
        return object;
    }

    const std::vector<engine::EnginePlace> &m_places;
    bool m_isJson;
    const Console &m_console;
    std::size_t m_at = 0;
    bool m_hasFailed = false;
    QJsonArray m_json;
    QObject m_owner; ///< of the questions
};

}

int testEngines(const std::vector<engine::EnginePlace> &places, bool isJson, const Console &console)
{
    EngineTest test(places, isJson, console);
    QMetaObject::invokeMethod(QCoreApplication::instance(), [&test] { test.next(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

}
