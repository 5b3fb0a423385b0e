// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/registry/manifestlist.h"

#include <QObject>

#include <functional>

namespace engine {

/// What the nodes of a builder have pushed, each under its digest, and the names for all of it together.
struct ListOrder
{
    struct Part
    {
        QString digest;
        QString platform; ///< if it is a single one
        friend bool operator==(const Part &, const Part &) = default;
    };
    std::vector<Part> parts;
    QStringList names; ///< "host:5000/a/b:tag"; each repository has all parts
    std::vector<std::pair<QString, QString>> annotations{};
    bool isInsecure = false; ///< see RegistryClient
};

/// Reads the parts back from the registry, joins them to one list, and puts that under each name. Answers
/// once with the list's digest, then deletes itself; deleting it ends it without an answer.
class ListPush : public QObject
{
public:
    using Answer = std::function<void(base::Result<QString>)>;

    ListPush(ListOrder order, const QString &configFolder, Answer answer, QObject *parent);

private:
    void readNext();
    void putNext();
    void finish(base::Result<QString> result);

    ListOrder m_order;
    QString m_configFolder;
    Answer m_answer;
    std::vector<PushedManifest> m_read;
    ManifestList m_list;
    std::unique_ptr<class RegistryClient> m_registry; ///< of the name that is worked on
};

}
