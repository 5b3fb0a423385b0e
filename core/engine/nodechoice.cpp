// SPDX-License-Identifier: Apache-2.0
#include "engine/nodechoice.h"

#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

enum class Fit : quint8 { No, Unknown, Emulated, Native };

Fit fitOf(const KnownNode &node, const QStringList &wanted)
{
    if (!node.place.buildKit)
        return Fit::No;
    if (wanted.isEmpty())
        return Fit::Native;
    if (node.platforms.isEmpty())
        return Fit::Unknown;
    const bool runsAll = std::ranges::all_of(wanted, [&node](const QString &one) {
        return std::ranges::any_of(node.platforms,
                                   [&one](const QString &has) { return isSamePlatform(one, has); });
    });
    if (!runsAll)
        return Fit::No;
    return isSamePlatform(wanted.front(), node.platforms.front()) ? Fit::Native : Fit::Emulated;
}

base::Error noNode(const QString &builder, const std::vector<KnownNode> &nodes, const QStringList &wanted)
{
    base::Error error{.kind = base::Error::Kind::Unsupported, .message = {}, .where = builder};
    const auto reachable =
        std::ranges::find_if(nodes, [](const KnownNode &node) { return node.place.buildKit.has_value(); });
    if (reachable == nodes.end()) {
        error.message = Words::tr("the builder \"%1\" cannot be reached from here").arg(builder);
        error.hint = nodes.empty() ? QString() : nodes.front().place.problem;
        return error;
    }
    QStringList lines;
    for (const auto &node : nodes)
        lines += u"%1: %2"_s.arg(node.place.name, node.platforms.join(u", "_s));
    error.detail = lines.join(u'\n');
    if (wanted.size() == 1) {
        error.message = Words::tr("no node of the builder \"%1\" builds for %2").arg(builder, wanted.front());
        error.hint = Words::tr("Add a node for it with \"docker buildx create --append\", or install its "
                               "emulator on a node.");
    } else {
        error.message =
            Words::tr("no node of the builder \"%1\" builds for %2 alone").arg(builder, wanted.join(u", "_s));
        error.hint = Words::tr("A build is not spread over several nodes here. Build for one platform at a "
                               "time: each goes to the node that it fits.");
    }
    return error;
}

}

bool isSamePlatform(const QString &one, const QString &other)
{
    return one == other || QString(one + u"/v8") == other || one == QString(other + u"/v8");
}

base::Result<BuildKitAddress> nodeFor(const QString &builder, const std::vector<KnownNode> &nodes,
                                      const QStringList &platforms)
{
    const auto best = std::ranges::max_element(
        nodes, {}, [&platforms](const KnownNode &node) { return fitOf(node, platforms); });
    if (best == nodes.end() || fitOf(*best, platforms) == Fit::No)
        return std::unexpected(noNode(builder, nodes, platforms));
    return *best->place.buildKit;
}

}
