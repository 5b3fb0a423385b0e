// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/expression.h"
#include "base/result.h"

namespace bake {

struct Attribute
{
    QString name;
    ExpressionPointer expression;
    int line = 0;
};

struct Block;

/// What a bake file says, whether it was written as HCL or as JSON.
struct Body
{
    std::vector<Attribute> attributes; ///< in the order written
    std::vector<Block> blocks;

    [[nodiscard]] const Attribute *attribute(QStringView name) const; ///< null when it is not there
};

/// target "app" { ... }
struct Block
{
    QString type;
    QStringList labels;
    Body body;
    QString file; ///< for messages
    int line = 0;
};

/// Reads docker-bake.hcl. What of HCL we do not read is refused by name and line.
base::Result<Body> bodyFromHcl(const QString &text, const QString &file);

/// Reads docker-bake.json; its strings are templates, as everywhere in HCL's JSON.
base::Result<Body> bodyFromJson(const QString &text, const QString &file);

}
