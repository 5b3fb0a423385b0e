// SPDX-License-Identifier: Apache-2.0
#include "commandline/engineconnection.h"

#include <QCoreApplication>

namespace app {

int withEngine(const Console &console, std::function<void(std::shared_ptr<engine::Client>)> job)
{
    QObject owner;
    const auto connected = [&](base::Result<std::shared_ptr<engine::Client>> client) {
        if (!client)
            QCoreApplication::exit(console.fail(client.error()));
        else
            job(std::move(*client));
    };
    // Inside the loop: exit() before it runs would be forgotten.
    QMetaObject::invokeMethod(
        &owner, [&] { engine::connectToFirst(&owner, engine::findEndpoints(), connected); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

}
