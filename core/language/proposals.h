// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "language/completion.h"
#include "language/completionplace.h"

namespace language {

/// What is asked, and what the answers are made of.
struct CompletionQuestion
{
    const dockerfile::Tree &tree;
    const graph::StageGraph &graph;
    const Facts &facts;
    const CompletionPlace &place;
};

/// Collects what fits the piece that was typed. Of equally good ones the first added comes first.
class Proposals
{
public:
    Proposals(const QString &typed, base::TextRange range)
        : m_typed(typed)
        , m_range(range)
    {}

    /// `insert` is the label when it is empty. Each label counts once.
    void add(CompletionItem item);
    /// The pieces below a topic of the reference.
    void addTopics(const QString &id, CompletionKind kind);

    [[nodiscard]] const QString &typed() const { return m_typed; }
    [[nodiscard]] Completion take();

private:
    struct Scored
    {
        int score;
        CompletionItem item;
    };

    QString m_typed;
    base::TextRange m_range;
    std::vector<Scored> m_found;
    QSet<QString> m_labels;
};

/// Of a word that ends at the place: its last `length` characters are the piece, which goes on until a blank.
Proposals proposalsForWord(const CompletionPlace &place, const QString &typed);

Completion completeFlag(const CompletionQuestion &question);
Completion completeWord(const CompletionQuestion &question);
Completion completeHeredoc(const CompletionQuestion &question);

/// Variables after $ or ${ at the end of what is typed; nothing where no variable is typed, or none counts.
std::optional<Completion> completeVariable(const CompletionQuestion &question);

/// Stages above, named contexts and images, as --from and from= take them.
void addSources(const CompletionQuestion &question, Proposals &proposals);
void addStages(const CompletionQuestion &question, Proposals &proposals, bool lowerCase);
void addContexts(const CompletionQuestion &question, Proposals &proposals);
void addKnownImages(const CompletionQuestion &question, Proposals &proposals);
void addImages(const CompletionQuestion &question, Proposals &proposals);

/// Paths of the build context, as far as `word` has been typed.
Completion completeContextPath(const CompletionQuestion &question, const QString &word);
/// Absolute paths that a stage, by name or index, is known to produce.
Completion completeProducedPath(const CompletionQuestion &question, const QString &stage,
                                const QString &word);
/// Where a COPY or ADD can put things; a last source too, as long as nothing follows.
Completion completeDestination(const CompletionQuestion &question, const QString &from);
/// A path in the command of RUN, CMD ...: of the stage as far as it is known.
Completion completeCommandPath(const CompletionQuestion &question, const QString &word);

}
