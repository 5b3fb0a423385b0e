// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/form.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace ui {

/// What a form may offer to choose from.
struct FormFacts
{
    QStringList stages;    ///< names that COPY --from and FROM may take here
    QStringList images;    ///< local ones and recommended bases
    QStringList platforms; ///< of the engine
    friend bool operator==(const FormFacts &, const FormFacts &) = default;
};

/// One field: how it is called, what it offers, where its value is in the form, and what may be wrong with
/// it.
struct FieldSpec
{
    enum class Kind : quint8 { Line, Switch, List, Command, Mounts, Pairs };

    Kind kind = Kind::Line;
    QString label;
    QString placeholder;
    QStringList choices;
    std::function<QString(const dockerfile::Form &)> get; ///< lists: a value a line
    std::function<void(dockerfile::Form &, const QString &)> set;
    std::function<QString(const QString &)> whyNot; ///< of the value, or of each line; may be empty
    QString toolTip;
};

/// The fields of a form in the order in which the instruction writes them.
std::vector<FieldSpec> fieldsOf(const dockerfile::Form &form, const FormFacts &facts);

}
