// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "project/gomodule.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace recipes {

/// What a person chooses for a new design. Defaults are the best practice of today.
struct Choices
{
    QString goVersion;                         ///< "1.24"; empty: the plain tag
    bool alpineBuilder = true;                 ///< golang:1.24-alpine, else golang:1.24
    QString base = QStringLiteral("scratch");  ///< an entry of bases(), or any image reference
    QString mainPackage = QStringLiteral("."); ///< folder of the main package
    QString binaryName = QStringLiteral("app");
    int port = 0; ///< 0: none
    bool cgo = false;
    bool stripSymbols = true; ///< -ldflags="-s -w"
    bool trimPath = true;
    bool cacheMounts = true;
    bool bindMounts = true;    ///< go.mod, go.sum and the sources mounted instead of copied
    bool certificates = false; ///< CA certificates in the final stage
    QString timeZone;          ///< "Asia/Shanghai": that zone's data and TZ; empty: none
    bool nonRoot = true;
    QString versionVariable;  ///< "main.Version": -X main.Version=$VERSION; empty: none
    bool crossCompile = true; ///< on the machine's own platform for any other; not with cgo
};

/// A base image for the final stage.
struct BaseChoice
{
    QString id;        ///< "scratch", "alpine", "distroless", "debian"
    QString reference; ///< what FROM says
    QString title;
    QString description;     ///< one sentence: what it brings and what it costs
    qint64 typicalBytes = 0; ///< for orientation before anything was measured; source: the articles' tables
};
std::vector<BaseChoice> bases();

/// Choices that fit the module: its Go version, first main package, port, cgo.
Choices choicesFor(const project::GoModule &module);

/// The Dockerfile. Errors: choices that contradict (cgo on scratch without static linking ...) name the mend.
base::Result<QString> generate(const project::GoModule &module, const Choices &choices);
/// A .dockerignore that fits.
QString generateDockerIgnore(const project::GoModule &module);

/// One rung of the ladder: a design of the sample with its lesson.
struct Rung
{
    QString id; ///< "1-single-stage"
    QString title;
    QString lesson;      ///< one or two sentences
    QString dockerfile;  ///< text
    QString source;      ///< where the design comes from
    QString articleSize; ///< what the article measured ("314 MB"); empty when it has none
};

/// The rungs of resources/recipes, in order.
std::vector<Rung> ladder();

/// Writes the sample project (go.mod, hello.go, Dockerfile of the last rung, the others as designs/) into
/// `folder`. Files that exist are left alone. Errors: a folder that cannot be written.
base::Result<void> writeSample(const QString &folder);

}
