// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace project {

/// A "package main" of the module.
struct MainPackage
{
    QString folder;     ///< relative to the module's root; "." for the root itself
    QString binaryName; ///< what `go build` would call it
    friend bool operator==(const MainPackage &, const MainPackage &) = default;
};

/// What the folder of a Go module says. Read from go.mod and the .go files' package and import clauses alone:
/// no go command is needed.
struct GoModule
{
    QString folder;    ///< absolute
    QString path;      ///< "example.org/hello"
    QString goVersion; ///< of the go line: "1.24"; empty without
    QString toolchain; ///< of the toolchain line: "go1.24.4"; empty without
    bool hasGoSum = false;
    bool hasVendor = false;
    bool hasRequirements = false; ///< go.mod requires other modules
    bool usesCgo = false;         ///< some file imports "C"
    QStringList embeds;           ///< patterns of //go:embed
    std::vector<MainPackage> mains;
    QList<int> ports;              ///< guessed from string literals like ":8080", likeliest first
    bool usesTls = false;          ///< imports net/http, crypto/tls or gRPC: wants CA certificates
    QStringList localReplacements; ///< folders that go.mod puts in place of modules, as written
    QStringList notes;             ///< what was left unread, and why
};

/// Errors: no such folder, not readable, no go.mod (hint: go mod init), go.mod without a module line.
base::Result<GoModule> loadGoModule(const QString &folder);

}
