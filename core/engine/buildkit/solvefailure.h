// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "engine/buildkit/buildkitvalues.h"
#include "engine/buildkit/servercall.h"

#include <optional>

namespace engine {

/// What the typed details of a failed call say (engines from 23 on; nothing before).
struct FailureDetails
{
    QString file; ///< whose rows these are
    RowRange rows;
    QString vertex; ///< digest of the step
    std::optional<int> exitCode;
};

/// Never fails: what cannot be read is left out.
FailureDetails readFailureDetails(const QByteArray &details);

/// A failed question as an Error for a person: prefixes stripped, the kind from the code.
base::Error callFailure(const GrpcStatus &status, const Endpoint &endpoint);

}
