// SPDX-License-Identifier: Apache-2.0
#include "engine/nodechoice.h"

#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

enum class Fit : quint8 { No, Unknown, Emulated, Native };

bool isOneOf(const QStringList &platforms, const QString &wanted)
{
    return std::ranges::any_of(platforms, [&](const QString &it) { return isSamePlatform(it, wanted); });
}

Fit fitOf(const KnownNode &node, const QStringList &wanted)
{
    if (!node.place.buildKit)
        return Fit::No;
    if (wanted.isEmpty())
        return Fit::Native;
    if (node.platforms.isEmpty())
        return Fit::Unknown;
    if (!std::ranges::all_of(wanted, [&node](const QString &it) { return isOneOf(node.platforms, it); }))
        return Fit::No;
    // What a person gave a node is its own, whatever it runs by itself.
    const bool isGiven = isOneOf(node.place.platforms, wanted.front());
    return isGiven || isSamePlatform(wanted.front(), node.platforms.front()) ? Fit::Native : Fit::Emulated;
}

/// The first of those that fit best; the end when none does.
auto bestOf(const std::vector<KnownNode> &nodes, const QStringList &wanted)
{
    const auto best =
        std::ranges::max_element(nodes, {}, [&wanted](const KnownNode &node) { return fitOf(node, wanted); });
    return best == nodes.end() || fitOf(*best, wanted) == Fit::No ? nodes.end() : best;
}

NodeShare shareOf(const KnownNode &node, const QString &builder, const QStringList &platforms)
{
    const QString prefix = builder + u'/';
    const QString name =
        node.place.name.startsWith(prefix) ? node.place.name.sliced(prefix.size()) : node.place.name;
    return {.node = name, .address = *node.place.buildKit, .platforms = platforms};
}

base::Error noNode(const QString &builder, const std::vector<KnownNode> &nodes, const QString &wanted)
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
        lines += u"%1: %2"_s.arg(node.place.name, node.platforms.isEmpty() ? node.place.problem
                                                                           : node.platforms.join(u", "_s));
    error.detail = lines.join(u'\n');
    error.message = Words::tr("no node of the builder \"%1\" builds for %2").arg(builder, wanted);
    error.hint = Words::tr("Add a node for it with \"docker buildx create --append\", or install its "
                           "emulator on a node.");
    return error;
}

base::Error cannotShare(const QString &message, const QString &hint)
{
    return {.kind = base::Error::Kind::Unsupported, .message = message, .where = {}, .hint = hint};
}

bool isPushed(const TypedAttributes &output, bool pushesAll)
{
    const QString push = output.value(u"push");
    return output.type == "registry"_L1 ||
           (output.type == "image"_L1 && (pushesAll || push == "true"_L1 || push == "1"_L1));
}

}

bool isSamePlatform(const QString &one, const QString &other)
{
    return one == other || QString(one + u"/v8") == other || one == QString(other + u"/v8");
}

std::optional<base::Error> whyNotShared(const SolveOptions &options)
{
    const QString instead = Words::tr("Push the image (--push), write its files to a folder (--output "
                                      "type=local,dest=FOLDER), or build for one platform at a time.");
    if (options.outputs.empty() && !options.push)
        return cannotShare(Words::tr("an image that several nodes build together cannot be loaded into the "
                                     "engine"),
                           instead);
    int pushed = 0;
    for (const auto &output : options.outputs) {
        pushed += isPushed(output, options.push) ? 1 : 0;
        const bool isArchive =
            output.type == "oci"_L1 || output.type == "docker"_L1 || output.type == "tar"_L1;
        if (isArchive || output.type == "moby"_L1)
            return cannotShare(
                Words::tr("the output \"%1\" cannot be put together from several nodes").arg(output.type),
                instead);
        const QString isSplit = output.value(u"platform-split");
        if (output.type == "local"_L1 && (isSplit == "false"_L1 || isSplit == "0"_L1))
            return cannotShare(Words::tr("several nodes would write over each other's files"),
                               Words::tr("Leave out platform-split=false: each platform gets a folder."));
    }
    if (pushed > 1)
        return cannotShare(Words::tr("several nodes can push one image together, not several"),
                           Words::tr("Leave one of the outputs that push."));
    for (const auto &cache : options.cacheTo) {
        if (cache.type == "local"_L1)
            return cannotShare(Words::tr("several nodes would write over each other's cache"),
                               Words::tr("Keep it in a registry (type=registry,ref=...)."));
    }
    return std::nullopt;
}

base::Result<std::vector<NodeShare>> sharesOf(const QString &builder, const std::vector<KnownNode> &nodes,
                                              const QStringList &platforms, const SolveOptions &options)
{
    std::vector<NodeShare> shares;
    if (nodes.empty())
        return shares;
    std::vector<decltype(nodes.begin())> takers;
    for (const QString &platform : platforms.isEmpty() ? QStringList{QString()} : platforms) {
        const auto best = bestOf(nodes, platform.isEmpty() ? QStringList() : QStringList{platform});
        if (best == nodes.end())
            return std::unexpected(noNode(builder, nodes, platform));
        const auto known = std::ranges::find(takers, best);
        if (known == takers.end()) {
            takers.push_back(best);
            shares.push_back(shareOf(*best, builder, {}));
        }
        if (!platform.isEmpty())
            shares[std::size_t(std::ranges::find(takers, best) - takers.begin())].platforms += platform;
    }
    const auto hindrance = shares.size() > 1 ? whyNotShared(options) : std::nullopt;
    if (!hindrance)
        return shares;
    const auto alone = bestOf(nodes, platforms);
    if (alone == nodes.end() || fitOf(*alone, platforms) == Fit::Unknown) {
        base::Error error = *hindrance;
        error.where = builder;
        return std::unexpected(error);
    }
    return std::vector{shareOf(*alone, builder, platforms)};
}

}
