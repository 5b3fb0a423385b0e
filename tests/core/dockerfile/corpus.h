// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

/// One file of tests/data/dockerfiles, which every law is tried on.
struct CorpusFile
{
    QString name; ///< without ".Dockerfile"
    QString path;
    QByteArray bytes;
    QString text;
};
const std::vector<CorpusFile> &corpus();

/// A column "index" into corpus() and a row a file: for the _data function of a law.
void addCorpusRows();
