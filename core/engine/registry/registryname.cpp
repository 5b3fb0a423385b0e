// SPDX-License-Identifier: Apache-2.0
#include "engine/registry/registryname.h"

#include "engine/buildkit/sessionservices/registrycredentials.h"
#include "engine/rest/images.h"

#include <QHostAddress>
#include <QUrl>

namespace engine {

using namespace Qt::StringLiterals;

bool RegistryName::isLoopback() const
{
    const QString name = QUrl(u"//"_s + host).host();
    return name == "localhost"_L1 || QHostAddress(name).isLoopback();
}

RegistryName registryName(const QString &reference)
{
    const NameAndTag parts = splitReference(reference);
    RegistryName name{
        .registry = registryOf(parts.name), .host = {}, .repository = parts.name, .tag = parts.tag};
    if (const QString prefix = name.registry + u'/'; name.repository.startsWith(prefix))
        name.repository.remove(0, prefix.size());
    const bool isHub = name.registry == "docker.io"_L1 || name.registry == "index.docker.io"_L1;
    name.host = isHub ? u"registry-1.docker.io"_s : name.registry;
    if (isHub) {
        name.registry = u"docker.io"_s;
        if (!name.repository.contains(u'/'))
            name.repository.prepend("library/"_L1);
    }
    return name;
}

}
