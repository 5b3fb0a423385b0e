// SPDX-License-Identifier: Apache-2.0
#include "commandline/engineconnection.h"

#include "engine/nodesearch.h"

#include <QCoreApplication>
#include <QTimer>

namespace app {

using namespace Qt::StringLiterals;

int withEngine(const Console &console, std::function<void(std::shared_ptr<engine::Client>)> job)
{
    QObject owner;
    // An engine may stay silent for half a minute before it is given up.
    QTimer patience;
    patience.setSingleShot(true);
    QObject::connect(&patience, &QTimer::timeout, &owner, [&] {
        console.err(QCoreApplication::translate("CommandLine", "Waiting for the engine to answer ...") +
                    u'\n');
    });
    patience.start(std::chrono::seconds(2));
    const auto connected = [&](base::Result<std::shared_ptr<engine::Client>> client) {
        patience.stop();
        if (!client)
            QCoreApplication::exit(console.fail(client.error()));
        else
            job(std::move(*client));
    };
    // Inside the loop: exit() before it runs would be forgotten.
    QMetaObject::invokeMethod(
        &owner, [&] { engine::connectToFirst(&owner, engine::findEndpoints(), connected); },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}

void withNodes(QObject *owner, const Arguments &options, const Console &console,
               std::function<void(const std::vector<engine::KnownNode> &)> job)
{
    if (!options.has(u"builder"_s))
        return job({});
    engine::askNodes(
        owner, options.value(u"builder"_s),
        [job = std::move(job), &console](const base::Result<std::vector<engine::KnownNode>> &nodes) {
            if (!nodes)
                QCoreApplication::exit(console.fail(nodes.error()));
            else
                job(*nodes);
        });
}

}
