// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>

#include <utility>
#include <vector>

namespace bake {

/// JSON that keeps what QJsonDocument forgets: the order of members, the spelling of numbers, lines.
struct Json
{
    enum class Type : quint8 { Null, Bool, Number, String, Array, Object };

    Type type = Type::Null;
    bool flag = false;
    QString text{}; ///< of a string, unescaped; of a number, as it was written
    std::vector<Json> items{};
    std::vector<std::pair<QString, Json>> members{};
    int line = 0; ///< where it begins, from 1; 0 when it was not read from a file

    static Json ofString(const QString &text);
    static Json ofBool(bool flag);
    static Json ofStrings(const QStringList &texts);
    static Json object();

    [[nodiscard]] const Json *find(QStringView key) const; ///< null when it is not there
    [[nodiscard]] Json *find(QStringView key);
    void set(const QString &key, Json value); ///< in its place, or at the end
    void remove(QStringView key);
};

/// Refuses what is no JSON, with its line; `file` is for the message.
base::Result<Json> parseJson(const QString &text, const QString &file);

/// Indented by two blanks, with a line end; escaped as Go's encoding/json does (<, > and & too).
QString jsonText(const Json &json);
QString compactJsonText(const Json &json); ///< on one line, without blanks

}
