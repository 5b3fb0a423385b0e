// SPDX-License-Identifier: Apache-2.0
#include "engine/registry/listpush.h"

#include "engine/registry/registryclient.h"
#include "engine/words.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

/// A registry that is wrong, or something on the way to it: a list must not name what nobody can pull.
base::Error notThose(const QString &digest, const QByteArray &bytes)
{
    return {.kind = base::Error::Kind::Malformed,
            .message =
                Words::tr("the registry was asked for %1 and sent %2").arg(digest, manifestDigest(bytes)),
            .where = digest,
            .hint = Words::tr("Push again. If it stays so, look for a proxy or a mirror that changes what "
                              "the registry sends."),
            .detail = QString::fromUtf8(bytes.left(400))};
}

}

ListPush::ListPush(ListOrder order, const QString &configFolder, Answer answer, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_configFolder(configFolder)
    , m_answer(std::move(answer))
{
    const RegistryName first = registryName(m_order.names.value(0));
    m_registry = std::make_unique<RegistryClient>(first, m_order.isInsecure, m_configFolder);
    QMetaObject::invokeMethod(this, [this] { readNext(); }, Qt::QueuedConnection);
}

void ListPush::readNext()
{
    if (m_read.size() < m_order.parts.size()) {
        const ListOrder::Part part = m_order.parts[m_read.size()];
        m_registry->get(part.digest, [this, part](const base::Result<RegistryClient::Manifest> &manifest) {
            if (!manifest)
                return finish(std::unexpected(manifest.error().in(Words::tr("reading what a node pushed"))));
            if (manifestDigest(manifest->bytes) != part.digest)
                return finish(std::unexpected(
                    notThose(part.digest, manifest->bytes).in(Words::tr("reading what a node pushed"))));
            m_read.push_back({.digest = part.digest,
                              .mediaType = manifest->mediaType,
                              .bytes = manifest->bytes,
                              .platform = part.platform});
            readNext();
        });
        return;
    }
    auto list = joinManifests(m_read, m_order.annotations);
    if (!list)
        return finish(std::unexpected(list.error()));
    m_list = std::move(*list);
    putNext();
}

void ListPush::putNext()
{
    if (m_order.names.isEmpty())
        return finish(m_list.digest());
    const RegistryName name = registryName(m_order.names.takeFirst());
    // The one before is the one that speaks.
    m_registry.release()->deleteLater();
    m_registry = std::make_unique<RegistryClient>(name, m_order.isInsecure, m_configFolder);
    m_registry->put(
        name.tag, {.bytes = m_list.bytes, .mediaType = m_list.mediaType},
        [this, name](const base::Result<void> &result) {
            if (!result)
                return finish(std::unexpected(result.error().in(
                    Words::tr("putting the list of images to %1:%2").arg(name.withoutTag(), name.tag))));
            putNext();
        });
}

void ListPush::finish(base::Result<QString> result)
{
    deleteLater();
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(std::move(result));
}

}
