// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/textedit.h"
#include "graph/stagegraph.h"

/// A text with its tree and graph, for tests of verbs.
struct VerbFile
{
    explicit VerbFile(const QString &content)
        : text(content)
        , tree(dockerfile::parse(content))
        , graph(graph::build(tree))
    {}

    [[nodiscard]] graph::NodeKey key(const QString &name) const
    {
        const graph::Stage *stage = graph.stageCalled(name);
        return stage ? stage->key : graph::NodeKey{graph::NodeKind::Stage, name};
    }

    /// The logical line that begins with these words.
    [[nodiscard]] int line(const QString &words) const
    {
        for (int i = 0; i < tree.lineCount(); ++i) {
            if (tree.line(i).text.trimmed().startsWith(words))
                return i;
        }
        return -1;
    }

    /// The text after the edit, or why it was refused.
    [[nodiscard]] QString after(const base::Result<base::TextEdit> &edit) const
    {
        if (!edit)
            return QStringLiteral("refused: ") + edit.error().message;
        QString result = text;
        const base::TextEdit inverse = edit->applyTo(result);
        QString back = result;
        inverse.applyTo(back);
        return back == text ? result : QStringLiteral("the inverse is not exact");
    }

    QString text;
    dockerfile::Tree tree;
    graph::StageGraph graph;
};
