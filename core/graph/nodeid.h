// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

namespace graph {

enum class NodeKind : quint8 {
    Stage,   ///< FROM ... up to the next FROM
    Image,   ///< an image that comes from outside the file
    Context  ///< the build context, or a named one
};

/// Identity of a node across edits: selection and places survive a keystroke by it. A stage is known by its name
/// (lower case, as the builder compares), an unnamed one by its position: "2". A second stage of the same name
/// gets "#2" behind it. An image is known by its reference as resolved, a context by its name ("" = the main one).
struct NodeKey
{
    NodeKind kind = NodeKind::Stage;
    QString name;

    friend bool operator==(const NodeKey &, const NodeKey &) = default;
    friend auto operator<=>(const NodeKey &, const NodeKey &) = default;
    friend size_t qHash(const NodeKey &key, size_t seed = 0)
    {
        return qHashMulti(seed, int(key.kind), key.name);
    }
};

}
