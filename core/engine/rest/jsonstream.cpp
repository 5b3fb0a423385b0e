// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/jsonstream.h"
#include "engine/words.h"

#include <QJsonDocument>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

// One line of a trace carries at most a few hundred kilobytes of log; an object beyond this is no engine's.
constexpr qsizetype largestObject = 64 * 1024 * 1024;

bool isBetweenObjects(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\x1e';
}

}

std::vector<QJsonObject> JsonStream::feed(const QByteArray &bytes)
{
    std::vector<QJsonObject> objects;
    if (m_problem)
        return objects;
    m_pending += bytes;
    qsizetype start = 0;
    for (; m_scanned < m_pending.size(); ++m_scanned) {
        const char c = m_pending.at(m_scanned);
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (m_depth == 0 && c != '{') {
            if (!isBetweenObjects(c)) {
                fail(m_pending.mid(m_scanned, 80));
                return objects;
            }
            start = m_scanned + 1;
            continue;
        }
        if (c == '"')
            m_inString = true;
        else if (c == '{')
            ++m_depth;
        else if (c == '}' && --m_depth == 0) {
            const QByteArray text = m_pending.mid(start, m_scanned + 1 - start);
            const QJsonDocument document = QJsonDocument::fromJson(text);
            if (!document.isObject()) {
                fail(text.left(80));
                return objects;
            }
            objects.push_back(document.object());
            start = m_scanned + 1;
        }
    }
    m_pending.remove(0, start);
    m_scanned -= start;
    if (m_pending.size() > largestObject)
        fail(m_pending.left(80));
    return objects;
}

void JsonStream::fail(const QByteArray &around)
{
    m_problem = base::Error{.kind = base::Error::Kind::Malformed,
                            .message = Words::tr("the engine answered something that is no JSON"),
                            .where = {},
                            .hint = Words::tr("Check that the address is an engine's, and restart it."),
                            .detail = QString::fromUtf8(around)};
    m_pending.clear();
    m_scanned = 0;
}

}
