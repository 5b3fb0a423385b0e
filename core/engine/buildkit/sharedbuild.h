// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/buildkitbuild.h"
#include "engine/buildkit/sharedplan.h"
#include "engine/nodechoice.h"

namespace engine {

/// One build by several nodes of a builder at once, each for its own platforms: their steps go to one board,
/// with the node in their ids and a platform at each; what they push is put together under its names in the
/// end. When one fails the others are stopped. Deleting it ends the build without an answer.
class SharedBuild : public QObject
{
public:
    using Answer = BuildKitBuild::Answer;

    SharedBuild(Client *client, const std::vector<NodeShare> &nodes, StepBoard *board,
                const BuildRequest &request, Answer answer, QObject *parent);
    ~SharedBuild() override;

    void start();
    /// All nodes are told to stop; the answer does not come any more.
    void cancel();

private:
    struct Part
    {
        NodeShare share;
        StepBoard board;
        SharedPush push;
        std::unique_ptr<BuildKitBuild> build;
        std::optional<std::chrono::milliseconds> lag; ///< of this machine's clock against the node's
        bool hasEnded = false;
    };

    void join(Part &part);
    [[nodiscard]] BuildStep tagged(Part &part, const BuildStep &step) const;
    void handleEnd(Part &part, const BuildOutcome &outcome);
    void pushList();
    void finish(const BuildOutcome &outcome);

    Client *m_client;
    StepBoard *m_board;
    BuildRequest m_request;
    Answer m_answer;
    std::vector<std::unique_ptr<Part>> m_parts;
    std::vector<BuildWarning> m_warnings;
};

}
