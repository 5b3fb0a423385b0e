// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/corpus.h"
#include "core/dockerfile/dumprows.h"
#include "dockerfile/treedump.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

class TestDump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What BuildKit's parser prints for a line; the rows follow its rules one by one.
    void anInstructionIsPrintedAsTheBuilderReadsIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sexp");
        for (const DumpRow &row : dumpRows())
            QTest::newRow(row.name) << QString::fromUtf16(row.text) << QString::fromUtf16(row.sexp);
    }
    void anInstructionIsPrintedAsTheBuilderReadsIt()
    {
        QFETCH(QString, text);
        QFETCH(QString, sexp);
        const auto dump = dumpSexp(parse(text));
        QVERIFY2(dump, dump ? "" : qPrintable(dump.error().text()));
        QCOMPARE(QString::fromUtf8(*dump), sexp + u'\n');
    }

    void whatTheBuilderRefusesIsAnError_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &text, int line, const QString &words) {
            QTest::newRow(name) << text << u"line %1"_s.arg(line) << words;
        };
        row("an empty file", QString(), 1, u"no instructions"_s);
        row("only comments", u"# a\n# b\n"_s, 2, u"no instructions"_s);
        row("ENV without a value", u"FROM a\n\nENV PATH\n"_s, 3, u"ENV must have two arguments"_s);
        row("LABEL without a value", u"LABEL a"_s, 1, u"LABEL must have two arguments"_s);
        row("ENV with a word that is no pair", u"FROM a\nENV a=b c"_s, 2, u"can't find = in \"c\""_s);
        row("nested JSON", u"FROM a\nCMD [ \"echo\", [ \"nested json\" ] ]"_s, 2, u"strings only"_s);
        row("JSON numbers", u"FROM a\nRUN \\\n [1]"_s, 2, u"strings only"_s);
        row("an open heredoc", u"FROM a\nRUN <<EOF\nx\n"_s, 2, u"nterminated heredoc"_s);
        // The builder's own count, which is one short here.
        row("two escapes", u"# escape=`\n# escape=\\\nFROM a"_s, 1, u"nly one escape parser directive"_s);
        row("an impossible escape", u"# escape=x\nFROM a"_s, 1, u"nvalid escape token"_s);
        row("in an ONBUILD", u"ONBUILD ENV a"_s, 1, u"ENV must have two arguments"_s);
        row("a row of 70,000 bytes", u"FROM a\nRUN "_s + QString(70000, u'x'), 1, u"65535"_s);
        row("a row of 70,000 bytes in row 4", u"FROM a\n\n\nRUN "_s + QString(70000, u'x'), 3, u"65535"_s);
        row("nothing is read from a long row on", u"RUN "_s + QString(70000, u'x') + u"\nFROM a\n"_s, 1,
            u"no instructions"_s);
        row("a long row in a heredoc", u"FROM a\nRUN <<E\n"_s + QString(70000, u'x') + u"\nE\n"_s, 2,
            u"nterminated heredoc"_s);
        row("an error before a long row", u"FROM a\nENV x\nRUN "_s + QString(70000, u'x'), 2, u"ENV must"_s);
        row("a long row before an error", u"FROM a\nRUN "_s + QString(70000, u'x') + u"\nENV x\n"_s, 1,
            u"65535"_s);
    }
    void whatTheBuilderRefusesIsAnError()
    {
        QFETCH(QString, text);
        QFETCH(QString, where);
        QFETCH(QString, words);
        const auto dump = dumpSexp(parse(text));
        QVERIFY(!dump);
        QCOMPARE(dump.error().where, where);
        QVERIFY2(dump.error().message.contains(words), qPrintable(dump.error().message));
    }

    void theCorpusIsReadAsBefore_data() { addCorpusRows(); }
    void theCorpusIsReadAsBefore()
    {
        QFETCH(int, index);
        const CorpusFile &file = corpus()[static_cast<size_t>(index)];
        const auto dump = dumpSexp(parse(file.text));
        const QByteArray got = dump ? *dump : "error: " + dump.error().text().toUtf8() + '\n';
        QFile golden(QString(file.path).replace(u".Dockerfile"_s, u".sexp"_s));
        if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
            QVERIFY(golden.open(QIODevice::WriteOnly) && golden.write(got) == got.size());
            return;
        }
        QVERIFY2(golden.open(QIODevice::ReadOnly), "run with UPDATE_GOLDEN=1 and read what it wrote");
        QCOMPARE(got, golden.readAll());
    }

    void theJsonHoldsTheWholeText_data() { addCorpusRows(); }
    void theJsonHoldsTheWholeText()
    {
        QFETCH(int, index);
        const QString &text = corpus()[static_cast<size_t>(index)].text;
        const QJsonObject json = QJsonDocument::fromJson(dumpJson(parse(text))).object();
        QString joined;
        for (const QJsonValue line : json[u"lines"].toArray())
            for (const QJsonValue token : line[u"tokens"].toArray())
                joined += token[u"text"].toString();
        QCOMPARE(joined, text);
    }
};

QTEST_GUILESS_MAIN(TestDump)
#include "tst_dump.moc"
