// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <vector>

namespace engine {

/// Cuts the engine's endless answers into JSON objects, wherever the network cut them. By object and not by
/// line: some versions send "\r\n" between them, some "\n", some a record separator, some nothing.
class JsonStream
{
public:
    /// The objects that are whole now, oldest first. Those before a place that is no JSON are returned;
    /// problem() then says what is wrong, and nothing more is read.
    std::vector<QJsonObject> feed(const QByteArray &bytes);

    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; }
    /// Whether an object has begun and not ended.
    [[nodiscard]] bool isInsideObject() const { return m_depth > 0; }

private:
    void fail(const QByteArray &around);

    QByteArray m_pending; ///< from the start of the object that is not whole yet
    qsizetype m_scanned = 0;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    std::optional<base::Error> m_problem;
};

}
