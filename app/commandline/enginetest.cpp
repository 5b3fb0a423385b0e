// SPDX-License-Identifier: Apache-2.0
#include "commandline/enginetest.h"

#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitclient.h"

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

struct NamedAbility
{
    QString name;
    engine::Ability engine::BuildAbilities::*ability;
};

const std::vector<NamedAbility> &namedAbilities()
{
    using A = engine::BuildAbilities;
    static const std::vector<NamedAbility> all{
        {u"secrets"_s, &A::secrets},
        {u"ssh"_s, &A::ssh},
        {u"several platforms"_s, &A::severalPlatforms},
        {u"attestations"_s, &A::attestations},
        {u"cache export"_s, &A::cacheExport},
        {u"inline cache"_s, &A::inlineCache},
        {u"output to files"_s, &A::fileOutput},
        {u"output as archive"_s, &A::archiveOutput},
        {u"several outputs"_s, &A::severalOutputs},
        {u"push"_s, &A::push},
        {u"named contexts"_s, &A::namedContexts},
        {u"no-cache of stages"_s, &A::stageCache},
        {u"network mode"_s, &A::networkMode},
        {u"extra hosts"_s, &A::addHosts},
        {u"limits"_s, &A::limits},
        {u"entitlements"_s, &A::entitlements},
        {u"source date epoch"_s, &A::sourceDateEpoch},
        {u"build checks"_s, &A::checks},
        {u"outline"_s, &A::outline},
        {u"build history"_s, &A::history},
        {u"cache records"_s, &A::cacheRecords},
    };
    return all;
}

struct Answer
{
    QString product;
    QStringList facts;
    engine::BuildAbilities abilities;
    std::optional<base::Error> error;
};

Answer answerOf(const engine::EngineInfo &info)
{
    Answer answer{.product = info.product + u' ' + info.version, .abilities = engine::abilities(info)};
    answer.facts
        << tr("API %1 (%2 to %3)").arg(info.apiVersion, info.minimumApiVersion, info.engineApiVersion)
        << info.operatingSystem + u", "_s + info.osType + u'/' + info.architecture;
    answer.facts << (info.containerdStore ? tr("containerd image store")
                                          : tr("image store %1").arg(info.storageDriver));
    if (info.rootless)
        answer.facts << tr("rootless");
    answer.facts += info.warnings;
    return answer;
}

Answer answerOf(const std::vector<engine::BuildKitWorker> &workers)
{
    const QString version = workers.empty() ? QString() : workers.front().version;
    return {.product = version.isEmpty() ? u"BuildKit"_s : u"BuildKit "_s + version,
            .facts = {tr("%1 workers").arg(workers.size())},
            .abilities = engine::abilities(workers),
            .error = {}};
}

class EngineTest
{
public:
    EngineTest(const std::vector<EnginePlace> &places, bool isJson, const Console &console)
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
        const auto &place = m_places[m_at];
        if (!place.problem.isEmpty() || (!place.endpoint && !place.buildKit))
            tell({.error = base::Error{.message = place.problem, .where = place.name}});
        else if (place.endpoint)
            askEngine(*place.endpoint);
        else
            askBuildKit(*place.buildKit);
    }

private:
    void askEngine(const engine::Endpoint &endpoint)
    {
        m_client = std::make_shared<engine::Client>(endpoint);
        m_client->connectToEngine([this](const base::Result<engine::EngineInfo> &info) {
            tell(info ? answerOf(*info) : Answer{.error = info.error()});
        });
    }

    void askBuildKit(const engine::BuildKitAddress &address)
    {
        m_buildKit = std::make_unique<engine::BuildKitClient>(address);
        m_buildKit->listWorkers([this](const base::Result<std::vector<engine::BuildKitWorker>> &workers) {
            tell(workers ? answerOf(*workers) : Answer{.error = workers.error()});
        });
    }

    void tell(const Answer &answer)
    {
        const auto &place = m_places[m_at++];
        m_hasFailed = m_hasFailed || answer.error;
        if (m_isJson)
            m_json.append(json(place, answer));
        else
            print(place, answer);
        // Not from within the answer of a client that next() replaces.
        QMetaObject::invokeMethod(QCoreApplication::instance(), [this] { next(); }, Qt::QueuedConnection);
    }

    void print(const EnginePlace &place, const Answer &answer) const
    {
        m_console.out(place.name + (place.isChosen ? tr(" (chosen)") : QString()) + u'\n');
        if (answer.error) {
            m_console.out(u"    %1\n"_s.arg(answer.error->text()));
            return;
        }
        m_console.out(u"    %1: %2\n"_s.arg(answer.product, answer.facts.join(u"; "_s)));
        if (!answer.abilities.platforms.isEmpty())
            m_console.out(tr("    runs %1\n").arg(answer.abilities.platforms.join(u", "_s)));
        QStringList able;
        for (const auto &[name, member] : namedAbilities()) {
            if ((answer.abilities.*member).can)
                able.append(name);
        }
        m_console.out(tr("    can: %1\n").arg(able.join(u", "_s)));
        for (const auto &[name, member] : namedAbilities()) {
            const auto &ability = answer.abilities.*member;
            if (!ability.can)
                m_console.out(
                    tr("    cannot: %1: %2\n")
                        .arg(name, base::Error{.message = ability.reason, .hint = ability.mend}.text()));
        }
    }

    [[nodiscard]] static QJsonObject json(const EnginePlace &place, const Answer &answer)
    {
        QJsonObject object{{u"name"_s, place.name},
                           {u"address"_s, place.address},
                           {u"answers"_s, !answer.error},
                           {u"chosen"_s, place.isChosen}};
        if (answer.error) {
            object.insert(u"error"_s, answer.error->text());
            return object;
        }
        object.insert(u"product"_s, answer.product);
        object.insert(u"facts"_s, QJsonArray::fromStringList(answer.facts));
        object.insert(u"platforms"_s, QJsonArray::fromStringList(answer.abilities.platforms));
        QJsonObject abilities;
        for (const auto &[name, member] : namedAbilities()) {
            const auto &ability = answer.abilities.*member;
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

    const std::vector<EnginePlace> &m_places;
    bool m_isJson;
    const Console &m_console;
    std::size_t m_at = 0;
    bool m_hasFailed = false;
    QJsonArray m_json;
    std::shared_ptr<engine::Client> m_client;
    std::unique_ptr<engine::BuildKitClient> m_buildKit;
};

}

int testEngines(const std::vector<EnginePlace> &places, bool isJson, const Console &console)
{
    EngineTest test(places, isJson, console);
    QMetaObject::invokeMethod(QCoreApplication::instance(), [&test] { test.next(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

}
