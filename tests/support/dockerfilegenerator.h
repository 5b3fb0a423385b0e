// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

/// A Dockerfile whose name says what is varied in it: "cache-mount-with-id--lower-case".
struct GeneratedFile
{
    QString name;
    QString text;
};

/// A few hundred of them, always the same: what a Dockerfile may say, each in several ways of writing, and
/// each kind of mistake. They start from scratch, so that no engine needs an image for them.
std::vector<GeneratedFile> generatedDockerfiles();
