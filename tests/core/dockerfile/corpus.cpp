// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/corpus.h"

#include "dockerfile/textfile.h"

#include <QDir>
#include <QtTest>

using namespace Qt::StringLiterals;

const std::vector<CorpusFile> &corpus()
{
    static const std::vector<CorpusFile> files = [] {
        std::vector<CorpusFile> all;
        const QDir dir(QStringLiteral(TEST_DATA_DIR "/dockerfiles"));
        for (const QFileInfo &info : dir.entryInfoList({u"*.Dockerfile"_s}, QDir::Files, QDir::Name)) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("%s cannot be read", qPrintable(info.filePath()));
            const QByteArray bytes = file.readAll();
            all.push_back(
                {info.completeBaseName(), info.filePath(), bytes, dockerfile::textFromBytes(bytes)});
        }
        return all;
    }();
    return files;
}

void addCorpusRows()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < corpus().size(); ++i)
        QTest::newRow(qPrintable(corpus()[i].name)) << static_cast<int>(i);
}
