// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/chars.h"

#include <QStringList>

#include <vector>

namespace dockerfile {

/// The arguments of an instruction read as a JSON list of strings, strictly as Go's encoding/json does.
struct JsonList
{
    enum class Form {
        None,      ///< no JSON list: the builder takes the words as they are
        Strings,   ///< a valid list of strings
        NotStrings ///< valid JSON, but with something else than strings in it: the builder refuses it
    };
    Form form = Form::None;
    QStringList items;
    std::vector<Span> spans; ///< of each item, between its quotes, from the start of `text`
};

JsonList readJsonList(QStringView text);

/// Only what it is, without the items.
JsonList::Form jsonForm(QStringView text);

}
