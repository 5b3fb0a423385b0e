// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/tree.h"
#include "graph/stagegraph.h"

/// A Dockerfile with a place in it, written as "¦".
struct Placed
{
    QString text;
    qsizetype offset = 0;
    dockerfile::Tree tree;
    graph::StageGraph graph;

    explicit Placed(QString marked)
        : text(std::move(marked))
        , offset(text.indexOf(u'¦'))
    {
        if (offset >= 0)
            text.remove(offset, 1);
        tree = dockerfile::parse(text);
        graph = graph::build(tree);
    }
};
