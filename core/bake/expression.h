// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/value.h"

#include <memory>

namespace bake {

struct Expression;
using ExpressionPointer = std::shared_ptr<const Expression>;

/// An expression of HCL, not yet evaluated. What `name` and `operands` hold depends on the kind.
struct Expression
{
    enum class Kind : quint8 {
        Literal,     ///< value
        Template,    ///< operands joined as text; a single one keeps its type
        Variable,    ///< name
        Member,      ///< operand.name
        Index,       ///< operand[operand]
        Splat,       ///< operand[*], followed by members: operands are the list and, maybe, what is taken of
                     ///< each element, which is called name
        Call,        ///< name(operands); isSpread: the last one is a list of arguments
        Unary,       ///< name is "-" or "!"
        Binary,      ///< name is the operator
        Conditional, ///< condition, then, else
        Tuple,       ///< [operands]
        Object,      ///< keys and values in turn
        For ///< collection, value, key or null, condition or null; name and keyName are its variables
    };

    Kind kind = Kind::Literal;
    int line = 0; ///< from 1
    Value value{};
    QString name{};
    QString keyName{};
    std::vector<ExpressionPointer> operands{};
    bool isSpread = false;
};

}
