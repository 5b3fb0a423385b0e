// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// A multi-stage Dockerfile of about `rows` rows with mounts, heredocs, continuations and copies between stages: what
/// the peers' numbers in the notes were measured on (103, 1,013 and 5,003 rows).
QString generatedDockerfile(int rows);
