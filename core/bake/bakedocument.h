// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"
#include "bake/orderedjson.h"

namespace bake {

/// docker-bake.json as a person edits it: what is not touched stays as it was, in its order, with the keys
/// that we do not know. What is set is written so that `docker buildx bake --print` reads the same.
class BakeDocument
{
public:
    BakeDocument();
    /// `name` is for messages. An empty text is an empty document.
    static base::Result<BakeDocument> parse(const QString &text, const QString &name);

    [[nodiscard]] QString text() const;
    [[nodiscard]] QStringList targetNames() const; ///< in the order of the file
    [[nodiscard]] QStringList groupNames() const;

    /// Adds the target, or replaces what it says: keys of Target that are empty now are taken away, others
    /// are kept where they stand. Values are meant as they are: "${" is escaped where buildx would read a
    /// variable.
    void setTarget(const Target &target);
    void removeTarget(const QString &name); ///< and from the groups that hold it
    /// Groups, heirs and contexts that name it follow.
    void renameTarget(const QString &name, const QString &newName);
    void setGroup(const Group &group);
    void removeGroup(const QString &name);
    /// The default that the environment may override.
    void setVariable(const QString &name, const QString &value);

private:
    Json &section(const QString &name);

    Json m_root;
};

}
