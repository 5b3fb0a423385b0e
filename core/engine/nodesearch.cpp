// SPDX-License-Identifier: Apache-2.0
#include "engine/nodesearch.h"

#include "engine/placeprobe.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// Dies with its owner, or after the answer.
class NodeSearch : public QObject
{
public:
    NodeSearch(QObject *owner, base::Result<std::vector<KnownNode>> nodes,
               Client::Answer<std::vector<KnownNode>> answer)
        : QObject(owner)
        , m_nodes(std::move(nodes))
        , m_answer(std::move(answer))
    {
        QMetaObject::invokeMethod(this, [this] { start(); }, Qt::QueuedConnection);
    }

private:
    void start()
    {
        for (std::size_t i = 0; m_nodes && m_nodes->size() > 1 && i < m_nodes->size(); ++i) {
            const KnownNode &node = (*m_nodes)[i];
            if (!node.place.buildKit || !node.platforms.isEmpty())
                continue;
            ++m_open;
            askPlace(this, node.place, [this, i](const base::Result<PlaceAnswer> &answer) {
                KnownNode &asked = (*m_nodes)[i];
                if (answer)
                    asked.platforms = answer->abilities.platforms;
                else
                    asked.place.problem = answer.error().text();
                if (--m_open == 0)
                    finish();
            });
        }
        if (m_open == 0)
            finish();
    }

    void finish()
    {
        deleteLater();
        std::exchange(m_answer, nullptr)(std::move(m_nodes));
    }

    base::Result<std::vector<KnownNode>> m_nodes;
    Client::Answer<std::vector<KnownNode>> m_answer;
    int m_open = 0; ///< questions without an answer yet
};

}

base::Result<std::vector<KnownNode>> nodesOf(const QString &builder)
{
    std::vector<KnownNode> nodes;
    QStringList names{u"default"_s};
    for (const auto &place : enginePlaces()) {
        if (place.builder == builder && !builder.isEmpty())
            nodes.push_back({.place = place, .platforms = place.platforms});
        if (!place.builder.isEmpty() && !names.contains(place.builder))
            names += place.builder;
    }
    if (!nodes.empty() || builder == "default"_L1)
        return nodes;
    return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                       .message = Words::tr("there is no builder \"%1\"").arg(builder),
                                       .where = {},
                                       .hint = Words::tr("There are: %1.").arg(names.join(u", "_s))});
}

void askNodes(QObject *owner, const QString &builder, Client::Answer<std::vector<KnownNode>> answer)
{
    new NodeSearch(owner, nodesOf(builder), std::move(answer));
}

}
